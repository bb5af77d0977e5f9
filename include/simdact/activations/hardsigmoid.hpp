#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/fast.hpp"
#include "../core/quotient.hpp"

namespace simdact {

/// Hard sigmoid: f(x) = min(max(x + 3, 0), 6)/6.
///
/// f'(x) = 1/6 for -3 < x < 3, else 0; f'(+-3) = 0. Range [0, 1].
/// Special values: f(+-0) = 1/2, f(x) = +0 for x <= -3, f(x) = 1 for x >= 3, NaN gives NaN in both.
/// Source: Courbariaux, Bengio and David, "BinaryConnect", 2015, with PyTorch's slope of 1/6.
template <class T = float, class Accuracy = Precise>
struct Hardsigmoid {
  using value_type = T;
  static constexpr std::string_view name = "hardsigmoid";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V line = core::fmadd(x, V(T(1.0 / 6.0)), V(0.5f));
      return core::at_most(core::at_least(line, T(0)), T(1));
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(core::at_most(core::at_least(x, T(-3)), T(3)));
      return core::narrow<V>(core::divided_by(d + D(3.0), 6.0));
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    const V inside = core::with_nan_of(V(T(1.0 / 6.0)), x);
    return core::where(core::magnitude(x) >= V(3), V(0), inside);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    return {forward(x), derivative(x)};
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }
};

}  // namespace simdact
