#pragma once

#include "fast_exp.hpp"
#include "fast_logistic.hpp"
#include "horner.hpp"
#include "tables/log1p.hpp"
#include "tables/softplus.hpp"
#include "tables/softplus_beta.hpp"

namespace simdact::core {

/// What softplus and its derivatives are made of in floats, t = |v|: by an exponential, which they share.
template <class V>
struct FastSoftplusTail {
  V t;  // no more than where e^-t is 0
  V z;  // e^-t
  V one_plus_z;

  SIMDACT_INLINE explicit FastSoftplusTail(V const& v) noexcept
      : t(at_most(magnitude(v), -fast_exp_floor)) {
    const auto decay = fast_decay(t);
    z = decay.value();
    one_plus_z = fmadd(decay.scale, decay.rest, V(1));
  }

  /// log(1 + z).
  SIMDACT_INLINE V value() const noexcept { return fmadd(z * z, horner<log1p_coefficients>(z), z); }
};

/// log(1 + e^-|v|): what softplus is above max(v, 0).
template <class V>
SIMDACT_INLINE V fast_softplus_tail(V const& v) noexcept {
  if constexpr (looks_up) {
    return evaluate_even(softplus_table, v);
  } else {
    return FastSoftplusTail<V>(v).value();
  }
}

/// s(v) for the logistic function s, sharing the work with the softplus.
template <class V>
SIMDACT_INLINE V fast_softplus_slope(V const& v) noexcept {
  if constexpr (looks_up) {
    return fast_logistic(v);
  } else {
    const FastSoftplusTail<V> tail(v);
    return ratio(where(v > V(0), V(1), tail.z), tail.one_plus_z);
  }
}

/// s(-x), likewise.
template <class V>
SIMDACT_INLINE V fast_log_sigmoid_slope(V const& x) noexcept {
  if constexpr (looks_up) {
    return fast_logistic(negated(x));
  } else {
    const FastSoftplusTail<V> tail(x);
    return ratio(where(x > V(0), tail.z, V(1)), tail.one_plus_z);
  }
}

/// t/(1 + e^t) + log(1 + e^-t), t = |v|.
template <class V>
SIMDACT_INLINE V fast_softplus_beta(V const& v) noexcept {
  if constexpr (looks_up) {
    return evaluate_even(softplus_beta_table, v);
  } else {
    const FastSoftplusTail<V> tail(v);
    return fmadd(tail.t, ratio(tail.z, tail.one_plus_z), tail.value());
  }
}

}  // namespace simdact::core
