#pragma once

#include <array>
#include <string_view>

#include "../concepts.hpp"
#include "../core/fast_softplus.hpp"
#include "../core/logistic.hpp"
#include "../core/quotient.hpp"
#include "../core/scaled_argument.hpp"
#include "../core/softplus.hpp"

namespace simdact {

/// Softplus: f(x) = log(1 + e^(beta x))/beta = max(x, 0) + log(1 + e^-|beta x|)/beta.
///
/// Parameter: beta > 0, default 1. There is no threshold above which the function turns linear, as in
/// PyTorch: the stable form needs none.
/// f'(x) = 1/(1 + e^(-beta x)). Range [0, inf).
/// df/dbeta = (x f'(x) - f(x))/beta = -(t/(1 + e^t) + log(1 + e^-t))/beta^2, t = |beta x|.
/// Special values: f(+-0) = log(2)/beta, f(-inf) = +0, f(+inf) = +inf, f'(-inf) = 0, f'(+inf) = 1,
/// df/dbeta = -0 at +-inf, NaN gives NaN.
/// df/dbeta is 0 where |beta x| > 200 (in double 780), which only a minute beta tells from its limit.
/// Source: Dugas et al., "Incorporating second-order functional knowledge for better option pricing",
/// 2000.
template <class T = float, class Accuracy = Precise>
struct Softplus {
  using value_type = T;
  static constexpr std::string_view name = "softplus";

  T beta = T(1);
  static constexpr std::array parameters = {&Softplus::beta};

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V left = core::fast_softplus_tail(x * V(beta));
      return core::fmadd(left, V(T(1) / beta), core::at_least(x, T(0)));
    } else {
      const auto scaled = core::product(core::widen(x), double(beta));
      return core::narrow<V>(
          core::divided_by(core::softplus(scaled.high, scaled.low), double(beta)));
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_logistic(x * V(beta), x);
    } else {
      const auto scaled = core::product(core::widen(x), double(beta));
      const auto v = core::within_exp_limit(scaled.high);
      return core::narrow<V>(core::logistic(v, scaled.low).value());
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    if constexpr (!core::is_fast<T, Accuracy> && core::for_floats<V>) {
      if (beta == T(1))  // for which the bits of both ways have been compared
        return {forward(x), core::softplus_slope(x)};
    }
    return {forward(x), derivative(x)};
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE std::array<V, 1> parameter_derivatives(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V y = core::fast_softplus_beta(x * V(beta));
      return {y * V(T(1) / beta) * V(T(-1) / beta)};
    } else {
      using D = core::working_t<V>;
      const auto scaled = core::product(core::widen(x), double(beta));
      const auto low = core::low_of_negative_magnitude(scaled.high, scaled.low);
      const D t = core::at_most(core::magnitude(scaled.high), core::exp_limit<D>);
      const D opposite = core::negated(t);
      const D y = core::logistic(opposite, low).times(t) + core::softplus(opposite, low);
      const auto flat = core::magnitude(scaled.high) > D(core::exp_limit<D>);
      const D slope = core::negated(core::where(flat, D(0.0), y));
      return {
          core::narrow<V>(core::divided_by(core::divided_by(slope, double(beta)), double(beta)))};
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }
};

}  // namespace simdact
