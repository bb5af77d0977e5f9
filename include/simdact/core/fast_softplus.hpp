#pragma once

#include "fast_logistic.hpp"
#include "rational.hpp"
#include "tables/softplus.hpp"
#include "tables/softplus_beta.hpp"
#include "tables/softplus_tail.hpp"

namespace simdact::core {

/// log(1 + e^-|v|): what softplus is above max(v, 0). Of NaN it is 0.
template <class V>
SIMDACT_INLINE V fast_softplus_tail(V const& v) noexcept {
  constexpr auto const& tail = looked_up(softplus_table, softplus_tail_quotient);
  return evaluate(tail, bounded_magnitude(v, tail.last));
}

/// t/(1 + e^t) + log(1 + e^-t), t = |v|.
template <class V>
SIMDACT_INLINE V fast_softplus_beta(V const& v) noexcept {
  if constexpr (looks_up) {
    return evaluate_even(softplus_beta_table, v);
  } else {
    const V opposite = at_least(negative_magnitude(v), FastLogistic<V>::floor);
    return fnmadd(opposite, FastLogistic<V>(opposite).value, fast_softplus_tail(v));
  }
}

}  // namespace simdact::core
