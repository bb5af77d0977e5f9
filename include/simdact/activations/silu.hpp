#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/crossing.hpp"
#include "../core/fast_logistic.hpp"
#include "../core/logistic.hpp"

namespace simdact {

/// Sigmoid linear unit: f(x) = x/(1 + e^-x).
///
/// f'(x) = s (1 + x (1 - s)), s = 1/(1 + e^-x). Range [-0.2784645..., inf), least at x = -1.2784645...
/// Special values: f(+-0) = +-0, f(-inf) = -0, f(+inf) = +inf, f'(-inf) = -0, f'(+inf) = 1, NaN gives
/// NaN.
/// Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
template <class T = float, class Accuracy = Precise>
struct SiLU {
  using value_type = T;
  static constexpr std::string_view name = "silu";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_gate(x);
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(core::at_least(x, T(-core::exp_limit<V>)));
      const D y = core::logistic(core::at_most(d, core::exp_limit<D>)).times(d);
      return core::with_sign_of(core::narrow<V>(y), x);
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_gate_slope(x);
    } else {
      using D = core::working_t<V>;
      const D open = core::widen(core::at_least(x, T(-core::exp_limit<V>)));
      const D d = core::at_most(open, core::exp_limit<D>);
      const D slope = core::logistic(d).gate_derivative(D(1.0) + d);
      return core::narrow<V>(core::through_zero(d, core::Exact{}, core::silu_crossing, slope));
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
