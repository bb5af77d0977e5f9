#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/primitives.hpp"

namespace simdact {

/// Squared rectified linear unit: f(x) = max(x, 0)^2.
///
/// f'(x) = 2 max(x, 0). Range [0, inf]: +inf from 1.8447e19 on in float. Maximum error 0.5 ULP (one
/// product); f' exact, but +inf above half of the largest number.
/// Special values: f(x) = +0 for x <= 0, f(+inf) = f'(+inf) = +inf, NaN gives NaN in both.
/// Source: So et al., "Primer: searching for efficient transformers", 2021.
template <class T = float, class Accuracy = Precise>
struct SquaredReLU {
  using value_type = T;
  static constexpr std::string_view name = "squared_relu";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    const V positive = core::at_least(x, T(0));
    return positive * positive;
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    const V positive = core::at_least(x, T(0));
    return core::fmadd(positive, V(2), V(0));  // -0 + 0 = +0
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
