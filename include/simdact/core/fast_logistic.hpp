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

/// s(v) - 1/2.
template <class V>
SIMDACT_INLINE V fast_centred_logistic(V const& v) noexcept {
  return evaluate_odd(looked_up(sigmoid_table, centred_sigmoid_quotient), v);
}

/// s'(v), given s(v) - 1/2 or s(|v|) - 1/2.
template <class V>
SIMDACT_INLINE V fast_logistic_slope_from(V const& centred) noexcept {
  return fnmadd(centred, centred, V(0.25f));
}

// Each of the two alone by fewer steps, to the same bits.

/// s(v).
template <class V>
SIMDACT_INLINE V fast_logistic(V const& v) noexcept {
  if constexpr (looks_up) {
    const V t = bounded_magnitude(v, sigmoid_table.last);
    return fmadd(evaluate(sigmoid_table, t), signum(v), V(0.5f));
  } else {
    return V(0.5f) + fast_centred_logistic(v);
  }
}

/// s'(v).
template <class V>
SIMDACT_INLINE V fast_logistic_slope(V const& v) noexcept {
  if constexpr (looks_up) {
    return fast_logistic_slope_from(evaluate_even(sigmoid_table, v));
  } else {
    return fast_logistic_slope_from(fast_centred_logistic(v));
  }
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
