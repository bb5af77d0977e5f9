#pragma once

#include <array>
#include <string_view>

#include "../concepts.hpp"
#include "../core/fast_exp.hpp"
#include "../core/logistic.hpp"
#include "../core/swish.hpp"

namespace simdact {

/// Swish: f(x) = x/(1 + e^(-beta x)), beta being learned. `SiLU` is beta = 1.
///
/// Parameter: beta, any finite value, default 1.
/// f'(x) = s (1 + beta x (1 - s)), s = 1/(1 + e^(-beta x)). df/dbeta = x^2 s (1 - s).
/// Special values for beta > 0: f(+-0) = +-0, f(-inf) = -0, f(+inf) = +inf, f'(-inf) = -0,
/// f'(+inf) = 1, df/dbeta = 0 at +-inf, NaN gives NaN.
/// df/dbeta is 0 where |beta x| > 200 (in double 780, in Fast 88), which only a minute beta tells from its limit.
/// Source: Ramachandran, Zoph and Le, "Searching for activation functions", 2017.
template <class T = float, class Accuracy = Precise>
struct Swish {
  using value_type = T;
  static constexpr std::string_view name = "swish";

  T beta = T(1);
  static constexpr std::array parameters = {&Swish::beta};

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return core::swish<Accuracy>(x, beta);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return core::swish_slope<Accuracy>(x, beta);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    return {forward(x), derivative(x)};
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE std::array<V, 1> parameter_derivatives(V x) const noexcept {
    // Where the gate no longer moves, inf^2 * 0 is 0.
    if constexpr (core::is_fast<T, Accuracy>) {
      constexpr float limit = 88.0f;
      const V t = core::magnitude(x * V(beta));
      const V decay = core::fast_exp(core::at_least(core::negated(t), -limit));
      const V denominator = decay + V(1);
      const V y = x * (x * core::ratio(decay, denominator * denominator));
      return {core::zero_where(t > V(limit), y)};
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(x);
      const auto scaled = core::product(d, double(beta));
      const D v = core::within_exp_limit(scaled.high);
      const D y = core::logistic(v, scaled.low).derivative_times_square(d);
      const auto still = core::magnitude(scaled.high) > D(core::exp_limit<D>);
      return {core::narrow<V>(core::where(still, D(0.0), y))};
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }
};

}  // namespace simdact
