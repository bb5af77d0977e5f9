#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/double_exp.hpp"
#include "../core/fast.hpp"
#include "../core/fast_exp.hpp"
#include "../core/scaled_argument.hpp"

namespace simdact {

/// Continuously differentiable exponential linear unit: f(x) = x for x > 0, else
/// alpha (e^(x/alpha) - 1).
///
/// Parameter: alpha > 0, default 1.
/// f'(x) = 1 for x > 0, else e^(x/alpha); f'(0) = 1. Range (-alpha, inf).
/// Special values: f(+-0) = +-0, f(-inf) = -alpha, f(+inf) = +inf, f'(-inf) = 0, NaN gives NaN.
/// Source: Barron, "Continuously differentiable exponential linear units", 2017.
template <class T = float, class Accuracy = Precise>
struct CELU {
  using value_type = T;
  static constexpr std::string_view name = "celu";

  T alpha = T(1);

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::where(x < V(0), core::fast_expm1_of_negative(x, alpha), x);
    } else {
      using D = core::working_t<V>;
      const auto scaled = core::quotient(core::widen(x), double(alpha));
      const D left = core::times(core::expm1_with_low(scaled.high, scaled.low), double(alpha));
      return core::where(x < V(0), core::narrow<V>(left), x);
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V left = core::fast_exp_of_negative(x * V(T(1) / alpha), 1.0f);
      return core::stepped_from(x, left);
    } else {
      using D = core::working_t<V>;
      const auto scaled = core::quotient(core::widen(x), double(alpha));
      const D left = core::exp_of_negative(scaled.high, 1.0, scaled.low);
      return core::stepped_from(x, core::narrow<V>(left));
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
