#pragma once

#include "fast.hpp"
#include "fast_exp.hpp"
#include "tables/centred_sigmoid.hpp"
#include "tables/sigmoid.hpp"
#include "tables/silu.hpp"

namespace simdact::core {

/// The logistic function s(v) = 1/(1 + e^-v) in floats, by an exponential and a division.
template <class V>
struct FastLogistic {
  FastPower<V> decay;  // e^-v
  V value;             // s(v)

  /// For v in [floor, ceiling].
  SIMDACT_INLINE explicit FastLogistic(V const& v) noexcept
      : decay(fast_decay(v)), value(ratio(V(1), fmadd(decay.scale, decay.rest, V(1)))) {}

  /// 1 - s(v), all bits kept: e^-v s(v), where e^-v may be infinite.
  SIMDACT_INLINE V complement() const noexcept { return at_most(decay.value(), 1e30f) * value; }

  /// The derivative of x s(v(x)), given x v'(x).
  SIMDACT_INLINE V gate_slope(V const& x_slope) const noexcept {
    return value * fmadd(complement(), x_slope, V(1));
  }

  /// Where e^-v is infinite, and where it is 0.
  static constexpr float floor = -88.7f, ceiling = 88.0f;
};

/// s(v) - 1/2, or s(|v|) - 1/2 from a table, which loses NaN. What does not wait for it is to be asked after it: 1.04 (AMD
/// Zen 5).
template <class V>
SIMDACT_INLINE V fast_centred_logistic(V const& v) noexcept {
  if constexpr (looks_up) {
    return evaluate(sigmoid_table, bounded_magnitude(v, sigmoid_table.last));
  } else {
    return evaluate_odd(centred_sigmoid_quotient, v);
  }
}

/// s(v), given a number with the sign of v.
template <class V>
SIMDACT_INLINE V fast_logistic(V const& v, V const& sign) noexcept {
  const V centred = fast_centred_logistic(v);
  return looks_up ? fmadd(centred, signum(sign), V(0.5f)) : V(0.5f) + centred;
}

/// s(-v).
template <class V>
SIMDACT_INLINE V fast_logistic_of_opposite(V const& v) noexcept {
  const V centred = fast_centred_logistic(v);
  return looks_up ? fnmadd(centred, signum(v), V(0.5f)) : V(0.5f) - centred;
}

/// s'(v) = 1/4 - (s(v) - 1/2)^2.
template <class V>
SIMDACT_INLINE V fast_logistic_slope(V const& v) noexcept {
  const V centred = fast_centred_logistic(v);
  return fnmadd(centred, centred, or_lost_nan(V(0.25f), v));
}

/// x s(v) and its derivative, v being x times a positive number.
template <class V>
struct FastGate {
  V open;    // x, but no less than where the gate has closed
  V inside;  // v, likewise, and no more than where it is open
  FastLogistic<V> gate;

  SIMDACT_INLINE FastGate(V const& open_, V const& v) noexcept
      : open(open_), inside(at_most(v, FastLogistic<V>::ceiling)), gate(inside) {}

  SIMDACT_INLINE V value() const noexcept { return open * gate.value; }
  SIMDACT_INLINE V slope() const noexcept { return gate.gate_slope(inside); }
};

/// x s(x).
template <class V>
SIMDACT_INLINE V fast_gate(V const& x) noexcept {
  if constexpr (looks_up) {
    return gated(silu_table, x);
  } else {
    const V open = at_least(x, FastLogistic<V>::floor);
    return FastGate<V>(open, open).value();
  }
}

/// d/dx [x s(x)].
template <class V>
SIMDACT_INLINE V fast_gate_slope(V const& x) noexcept {
  if constexpr (looks_up) {
    const V t = bounded_magnitude(x, silu_table.last);
    const V s = evaluate(silu_table, t);  // s(-t)
    return from_tail(x, s, fmadd(t, s, V(1) - t));
  } else {
    const V open = at_least(x, FastLogistic<V>::floor);
    return FastGate<V>(open, open).slope();
  }
}

}  // namespace simdact::core
