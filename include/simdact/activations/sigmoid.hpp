#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/fast_logistic.hpp"
#include "../core/logistic.hpp"

namespace simdact {

/// Logistic sigmoid: f(x) = 1/(1 + e^-x).
///
/// f'(x) = f(x) (1 - f(x)) = e^-|x|/(1 + e^-|x|)^2. Range [0, 1].
/// Special values: f(+-0) = 1/2, f(-inf) = +0, f(+inf) = 1, f'(+-inf) = 0, NaN gives NaN.
/// Source: Verhulst 1838; the stable form is evaluated from e^-|x|.
template <class T = float, class Accuracy = Precise>
struct Sigmoid {
  using value_type = T;
  static constexpr std::string_view name = "sigmoid";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_logistic(x, x);
    } else {
      return core::narrow<V>(core::logistic(core::widen(core::within_exp_limit(x))).value());
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_logistic_slope(x);
    } else {
      return core::narrow<V>(core::logistic(core::widen(core::within_exp_limit(x))).derivative());
    }
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
