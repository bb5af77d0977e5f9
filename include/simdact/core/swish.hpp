#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "crossing.hpp"
#include "fast_logistic.hpp"
#include "logistic.hpp"
#include "scaled_argument.hpp"

namespace simdact::core {

/// x s(|beta| x), where the tables do not take it.
template <class V>
SIMDACT_INLINE FastGate<V> fast_swish(V const& x, float beta) noexcept {
  // Where the gate has closed, -inf * 0 is -0.
  const float size = std::fabs(beta);
  const float closed =
      (std::max)(FastLogistic<V>::floor / size, -(std::numeric_limits<float>::max)());
  const V open = at_least(x, closed);
  return {open, open * V(size)};
}

/// x/(1 + e^(-beta x)).
template <class Accuracy, class V, class T = scalar_of_t<V>>
SIMDACT_INLINE V swish(V const& x, T beta) noexcept {
  // f(x) at -beta is -f(-x) at beta.
  const V turned = with_flipped_sign(x, V(beta));
  if constexpr (is_fast<T, Accuracy>) {
    V y;
    if constexpr (looks_up) {
      const V tail = evaluate(silu_table, bounded_magnitude(x * V(beta), silu_table.last));
      const V t = bounded_magnitude(x, (std::numeric_limits<float>::max)());
      y = fnmadd(tail, t, rectified(turned));
    } else {
      y = fast_swish(turned, beta).value();
    }
    return with_flipped_sign(y, V(beta));
  } else {
    using D = working_t<V>;
    const D d = core::widen(turned);
    const auto scaled = product(d, std::fabs(double(beta)));
    const D y = logistic(within_exp_limit(scaled.high), scaled.low).times(d);
    // Where the gate has closed, -inf * 0 is -0.
    const D gated = where(scaled.high < D(-exp_limit<D>), D(0.0), y);
    return with_sign_of(narrow<V>(gated), x);
  }
}

/// Can beta x/2 have so few bits that 1/2 + beta x/2 lies exactly between two floats?
enum class Ties { some, none };

/// The derivative of x/(1 + e^(-beta x)).
template <class Accuracy, Ties ties = Ties::some, class V, class T = scalar_of_t<V>>
SIMDACT_INLINE V swish_slope(V const& x, T beta) noexcept {
  if constexpr (is_fast<T, Accuracy>) {
    if constexpr (looks_up) {
      return fast_gate_slope(x * V(beta));
    } else {
      return fast_swish(with_flipped_sign(x, V(beta)), beta).slope();
    }
  } else {
    using D = working_t<V>;
    // As above, which shares the work.
    const D d = core::widen(with_flipped_sign(x, V(beta)));
    const auto scaled = product(d, std::fabs(double(beta)));
    const D v = within_exp_limit(scaled.high);
    if constexpr (is_wide<D> && ties == Ties::none) {
      return narrow<V>(logistic(v).gate_derivative_without_ties(D(1.0) + v));
    } else {
      const D slope = logistic(v, scaled.low).gate_derivative(D(1.0) + v, scaled.low);
      return narrow<V>(through_zero(scaled.high, scaled.low, silu_crossing, slope));
    }
  }
}

}  // namespace simdact::core
