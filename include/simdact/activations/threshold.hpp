#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/primitives.hpp"

namespace simdact {

/// Threshold: f(x) = x for x > threshold, else value.
///
/// Parameters: threshold, finite, and value, any number, defaults 0 and 0 (PyTorch has none; these make it
/// ReLU).
/// f'(x) = 1 for x > threshold, else 0; f'(threshold) = 0. Both exact.
/// Special values: f(-inf) = value, f(+inf) = +inf, NaN gives NaN in both.
/// Source: PyTorch's nn.Threshold; with value 0, ONNX's ThresholdedRelu.
template <class T = float, class Accuracy = Precise>
struct Threshold {
  using value_type = T;
  static constexpr std::string_view name = "threshold";

  T threshold = T(0);
  T value = T(0);

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return core::where(x <= V(threshold), V(value), x);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return core::above(x, V(threshold));
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
