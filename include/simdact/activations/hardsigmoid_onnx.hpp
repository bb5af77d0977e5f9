#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/line.hpp"

namespace simdact {

/// ONNX's HardSigmoid: f(x) = max(0, min(1, alpha x + beta)).
///
/// Parameters: alpha > 0 and beta, finite, defaults 1/6 (rounded to T) and 1/2: Hardsigmoid but for
/// roundings. ONNX's own default of alpha is 0.2.
/// f'(x) = alpha for 0 < alpha x + beta < 1, else 0, exact where 1 - beta is. Range [0, 1].
/// Special values: f(+-0) = beta for beta in [0, 1], f(-inf) = +0, f(+inf) = 1, NaN gives NaN in both.
/// Source: ONNX operator HardSigmoid, version 22.
template <class T = float, class Accuracy = Precise>
struct HardsigmoidONNX {
  using value_type = T;
  static constexpr std::string_view name = "hardsigmoid_onnx";

  T alpha = T(1.0 / 6.0);
  T beta = T(0.5);

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return core::at_most(core::at_least(core::line(x, alpha, beta), T(0)), T(1));
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    const V above_0 = core::line(x, alpha, beta), below_1 = core::line(x, -alpha, T(1) - beta);
    return core::where_positive(core::smaller(above_0, below_1), V(alpha));
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
