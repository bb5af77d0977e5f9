#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/exception.hpp"
#include "../core/fast_normal.hpp"
#include "../core/normal.hpp"

namespace simdact {

/// Gaussian error linear unit: f(x) = x Phi(x) = x/2 (1 + erf(x/sqrt 2)), Phi the normal distribution.
///
/// f'(x) = Phi(x) + x phi(x), phi the normal density. Least value -0.1699712... at x = -0.7517915...
/// Special values: f(+-0) = +-0, f(-inf) = -0, f(+inf) = +inf, f'(-inf) = -0, f'(+inf) = 1, NaN gives
/// NaN.
/// Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
template <class T = float, class Accuracy = Precise>
struct GELU {
  using value_type = T;
  static constexpr std::string_view name = "gelu";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_normal_gate(x);
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(x);
      const auto tail = core::normal_tail(d);
      const auto left = tail.cumulative();
      const auto negative = d < D(0.0);
      // Clamped where the tail has vanished, so that -inf * 0 is -0.
      const D finite = core::at_least(d, -tail.t_max);
      if constexpr (core::is_wide<D>) {
        const D cumulative = core::where(negative, left, D(1.0) - left);
        return core::with_sign_of(core::narrow<V>(core::half_line(finite, cumulative)), x);
      } else {
        const auto right = core::plus(1.0, core::negated(left));
        const D y = core::rounded_product(finite, core::where(negative, left, right));
        const D lifted = core::where(negative, tail.exponent, D(0.0));
        // Where Phi is 1, since inf times a low part of 0 is NaN.
        const D open = core::where(d > D(tail.t_max), d, core::unlift(y, lifted));
        return core::with_sign_of(open, x);
      }
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_normal_gate_slope(x);
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(x);
      const auto tail = core::normal_tail(d);
      const D left = tail.cumulative_minus_t_density();
      const D both = core::where(d < D(0.0), core::unlift(left, tail.exponent), D(1.0) - left);
      const V rounded = core::narrow<V>(both);
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
