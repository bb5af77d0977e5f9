#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/fast_softplus.hpp"
#include "../core/logistic.hpp"
#include "../core/softplus.hpp"

namespace simdact {

/// Logarithm of the logistic sigmoid: f(x) = log(1/(1 + e^-x)) = -softplus(-x).
///
/// f'(x) = 1/(1 + e^x). Range (-inf, 0].
/// Special values: f(+-0) = -log 2, f(-inf) = -inf, f(+inf) = -0, f'(-inf) = 1, f'(+inf) = 0, NaN gives
/// NaN.
/// Source: PyTorch's nn.LogSigmoid.
template <class T = float, class Accuracy = Precise>
struct LogSigmoid {
  using value_type = T;
  static constexpr std::string_view name = "log_sigmoid";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::at_most(x, T(-0.0)) - core::fast_softplus_tail(x);
    } else {
      const auto d = core::widen(core::negated(x));
      return core::narrow<V>(core::negated(core::softplus(d)));
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_logistic_of_opposite(x);
    } else {
      const V v = core::within_exp_limit(core::negated(x));
      return core::narrow<V>(core::logistic(core::widen(v)).value());
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    if constexpr (!core::is_fast<T, Accuracy> && core::for_floats<V>) {
      return {forward(x), core::softplus_slope(core::negated(x))};
    } else {
      return {forward(x), derivative(x)};
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }
};

}  // namespace simdact
