#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/primitives.hpp"

namespace simdact {

/// Rectified linear unit: f(x) = max(x, 0).
///
/// f'(x) = 1 for x > 0, else 0; f'(0) = 0. Range [0, inf). Both exact.
/// Special values: f(+-0) = +0, f(-inf) = +0, f(+inf) = +inf, NaN gives NaN in both.
/// Source: Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.
template <class T = float, class Accuracy = Precise>
struct ReLU {
  using value_type = T;
  static constexpr std::string_view name = "relu";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return core::at_least(x, T(0)) + T(0);  // -0 + 0 = +0
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return core::stepped(x, V(0));
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
