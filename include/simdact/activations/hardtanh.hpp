#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/primitives.hpp"

namespace simdact {

/// Hard tanh: f(x) = min(max(x, min_val), max_val).
///
/// Parameters: min_val < max_val, defaults -1 and 1.
/// f'(x) = 1 for min_val < x < max_val, else 0; at both ends 0. Range [min_val, max_val]. Both exact.
/// Special values: f(+-0) = +-0 at the defaults, f(-inf) = min_val, f(+inf) = max_val, NaN gives NaN.
/// Source: Collobert, "Large scale machine learning", 2004. ONNX calls it Clip, with other defaults.
template <class T = float, class Accuracy = Precise>
struct Hardtanh {
  using value_type = T;
  static constexpr std::string_view name = "hardtanh";

  T min_val = T(-1);
  T max_val = T(1);

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return core::at_most(core::at_least(x, min_val), max_val);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return core::between(x, V(min_val), V(max_val), V(1));
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
