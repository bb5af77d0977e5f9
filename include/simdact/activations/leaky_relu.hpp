#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/negative_slope.hpp"
#include "../core/primitives.hpp"

namespace simdact {

/// Leaky rectified linear unit: f(x) = x for x > 0, else negative_slope x.
///
/// Parameter: negative_slope, any finite value, default 0.01 (rounded to T).
/// f'(x) = 1 for x > 0, else negative_slope; f'(0) = negative_slope.
/// Maximum error 0.5 ULP (one product); f' exact.
/// Special values: f(+-0) = +-0, f(-inf) = -inf for a positive slope, -0 for slope 0, f(+inf) = +inf, NaN gives NaN.
/// Source: Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models",
/// 2013. PyTorch's RReLU in evaluation mode is this function with the mean slope.
template <class T = float, class Accuracy = Precise>
struct LeakyReLU {
  using value_type = T;
  static constexpr std::string_view name = "leaky_relu";

  T negative_slope = T(0.01);

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return core::negative_slope(x, negative_slope);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return core::stepped(x, V(negative_slope));
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
