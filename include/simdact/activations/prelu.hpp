#pragma once

#include <array>
#include <string_view>

#include "../concepts.hpp"
#include "../core/negative_slope.hpp"
#include "../core/primitives.hpp"

namespace simdact {

/// Parametric rectified linear unit: f(x) = x for x > 0, else weight x, the weight being learned.
///
/// Parameter: weight, any finite value, default 0.25.
/// f'(x) = 1 for x > 0, else weight; f'(0) = weight. Maximum error 0.5 ULP (one product); f' exact.
/// df/dweight = min(x, 0), exact.
/// Special values: f(+-0) = +-0, f(-inf) = -inf for a positive weight, f(+inf) = +inf, NaN gives NaN.
/// Source: He et al., "Delving deep into rectifiers", 2015.
template <class T = float, class Accuracy = Precise>
struct PReLU {
  using value_type = T;
  static constexpr std::string_view name = "prelu";

  T weight = T(0.25);
  static constexpr std::array parameters = {&PReLU::weight};

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return core::negative_slope(x, weight);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return core::stepped(x, V(weight));
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    return {forward(x), derivative(x)};
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE std::array<V, 1> parameter_derivatives(V x) const noexcept {
    return {core::at_most(x, T(0))};
  }

  // With a weight for each lane, the struct's own unused.

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x, V weights) const noexcept {
    return core::negative_slope(x, weights);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x, V weights) const noexcept {
    return core::stepped(x, weights);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE std::array<V, 1> parameter_derivatives(V x, V) const noexcept {
    return parameter_derivatives(x);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }
};

}  // namespace simdact
