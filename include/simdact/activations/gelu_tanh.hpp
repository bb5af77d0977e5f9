#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/crossing.hpp"
#include "../core/exception.hpp"
#include "../core/fast_gelu_tanh.hpp"
#include "../core/gelu_tanh_argument.hpp"
#include "../core/logistic.hpp"

namespace simdact {

/// Gaussian error linear unit, tanh form: f(x) = x/2 (1 + tanh(u)) = x/(1 + e^(-2u)),
/// u = sqrt(2/pi) (x + 0.044715 x^3), with the exact sqrt(2/pi) and the decimal 0.044715.
///
/// f'(x) = s (1 + 2 x u' (1 - s)), s = 1/(1 + e^(-2u)). Least value -0.1700407... at x = -0.7524614...
/// Special values: f(+-0) = +-0, f(-inf) = -0, f(+inf) = +inf, f'(-inf) = -0, f'(+inf) = 1, NaN gives
/// NaN.
/// Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
template <class T = float, class Accuracy = Precise>
struct GELUTanh {
  using value_type = T;
  static constexpr std::string_view name = "gelu_tanh";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_gelu_tanh(x);
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(core::at_least(x, T(-core::gelu_tanh_limit<V>)));
      const auto argument = core::gelu_tanh_argument(core::at_most(d, core::gelu_tanh_limit<D>));
      const D y = core::logistic(argument.high, argument.low).times(d);
      const V rounded = core::with_sign_of(core::narrow<V>(y), x);
      return core::exception(x, rounded, 0x1.6148dep-16f, 0x1.614a62p-17f);
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_gelu_tanh_slope(x);
    } else {
      using D = core::working_t<V>;
      const D open = core::widen(core::at_least(x, T(-core::gelu_tanh_limit<V>)));
      const D d = core::at_most(open, core::gelu_tanh_limit<D>);
      const auto argument = core::gelu_tanh_argument(d);
      const auto slope = core::logistic(argument.high, argument.low)
                             .gate_derivative(argument.one_plus_slope, argument.one_plus_slope_low);
      const V rounded =
          core::narrow<V>(core::through_zero(d, core::Exact{}, core::gelu_tanh_crossing, slope));
      return core::gelu_slope_exceptions(x, rounded);
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
