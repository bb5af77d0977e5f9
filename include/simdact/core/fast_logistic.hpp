#pragma once

#include "fast.hpp"
#include "fast_exp.hpp"
#include "tables/sigmoid.hpp"
#include "tables/silu.hpp"

namespace simdact::core {

/// The logistic function s(v) = 1/(1 + e^-v) in floats, by an exponential and a division.
template <class V>
struct FastLogistic {
  FastDecay<V> decay;  // e^-v
  V value;             // s(v)

  /// For v from `floor` on.
  SIMDACT_INLINE explicit FastLogistic(V const& v) noexcept
      : decay(fast_decay(at_most(v, ceiling))),
        value(ratio(V(1), fmadd(decay.scale, decay.rest, V(1)))) {}

  /// 1 - s(v), all bits kept: e^-v s(v), where e^-v may be infinite.
  SIMDACT_INLINE V complement() const noexcept { return at_most(decay.value(), 1e30f) * value; }

  /// The derivative of x s(v(x)), given x v'(x).
  SIMDACT_INLINE V gate_slope(V const& x_slope) const noexcept {
    return value * fmadd(complement(), x_slope, V(1));
  }

  /// Where e^-v is infinite, and where it is 0.
  static constexpr float floor = -88.7f, ceiling = 88.0f;
};

/// s(v).
template <class V>
SIMDACT_INLINE V fast_logistic(V const& v) noexcept {
  if constexpr (looks_up) {
    return V(0.5f) + evaluate_odd(sigmoid_table, v);
  } else {
    return FastLogistic<V>(at_least(v, FastLogistic<V>::floor)).value;
  }
}

/// s'(v).
template <class V>
SIMDACT_INLINE V fast_logistic_slope(V const& v) noexcept {
  if constexpr (looks_up) {
    const V s = evaluate_odd(sigmoid_table, v);
    return fnmadd(s, s, V(0.25f));
  } else {
    const V s = fast_logistic(v);
    return fnmadd(s, s, s);
  }
}

/// x s(x).
template <class V>
SIMDACT_INLINE V fast_gate(V const& x) noexcept {
  if constexpr (looks_up) {
    return gated(silu_table, x);
  } else {
    const V open = at_least(x, FastLogistic<V>::floor);
    return open * FastLogistic<V>(open).value;
  }
}

/// d/dx [x s(x)].
template <class V>
SIMDACT_INLINE V fast_gate_slope(V const& x) noexcept {
  if constexpr (looks_up) {
    const V t = within(silu_table, x);
    const V s = evaluate(silu_table, t);  // s(-t)
    return from_tail(x, s, fmadd(t, s, V(1) - t));
  } else {
    const V open = at_least(x, FastLogistic<V>::floor);
    return FastLogistic<V>(open).gate_slope(at_most(open, FastLogistic<V>::ceiling));
  }
}

}  // namespace simdact::core
