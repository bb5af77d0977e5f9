// An activation of one's own, for custom_activation.cpp.
#pragma once

#include <simdact/simdact.hpp>
#include <string_view>

namespace custom {

// SiLU that turns up again on the left: f(x) = x (s - hook (1 - s)), s = 1/(1 + e^-x).
//
// Smooth, and bounded below, by -0.18025 at x = -0.87914. The gradient does not vanish:
// f'(x) = silu'(x) - hook (1 - silu'(x)) goes from -hook at -inf to 1 at +inf, and is 0 only at that point, where
// the function turns.
//
// Parameter: hook, above 0; a power of two makes its product exact, and then it does not matter to the
// result whether a compiler fuses it with the difference.
template <class T = float>
struct HookedSiLU {
  using value_type = T;
  static constexpr std::string_view name = "hooked_silu";

  T hook = T(0.125);

  // V is T, or a batch of T.
  template <simdact::LanesOf<T> V>
  V forward(V x) const noexcept {
    return x * bent(simdact::Sigmoid<T>{}(x));
  }

  template <simdact::LanesOf<T> V>
  V derivative(V x) const noexcept {
    return bent(simdact::SiLU<T>{}.derivative(x));
  }

 private:
  // 0 becomes -hook, 1 stays 1.
  template <class V>
  V bent(V s) const noexcept {
    return s - V(hook) * (V(T(1)) - s);
  }
};

}  // namespace custom
