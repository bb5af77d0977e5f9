#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/primitives.hpp"

namespace simdact {

/// Soft shrinkage: f(x) = x - lambda for x > lambda, x + lambda for x < -lambda, else 0.
///
/// Parameter: lambda, finite and >= 0, default 0.5.
/// f'(x) = 1 for |x| > lambda, else 0; f'(+-lambda) = 0. Maximum error 0.5 ULP (one sum); f' exact. f is
/// odd bit for bit.
/// Special values: f(x) = -0 for -lambda <= x < 0, f(+-0) = +-0, f(+-inf) = +-inf, NaN gives NaN in both.
/// Source: Donoho, "De-noising by soft-thresholding", 1995.
template <class T = float, class Accuracy = Precise>
struct Softshrink {
  using value_type = T;
  static constexpr std::string_view name = "softshrink";

  T lambda = T(0.5);

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    const V shrunk = core::at_least(core::magnitude(x) - V(lambda), T(0));
    return core::with_flipped_sign(shrunk, x);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return core::above(core::magnitude(x), V(lambda));
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
