#pragma once

#include "fast.hpp"
#include "horner.hpp"
#include "tables/gelu.hpp"
#include "tables/gelu_slope.hpp"
#include "tables/normal_root.hpp"
#include "tables/normal_slope.hpp"

namespace simdact::core {

/// 4 to the 3/8, the fourth root of 4/Phi(0).
inline constexpr float normal_root_at_0 = 0x1.ae89fap0f;

/// The normal distribution's tail Phi(-t) = 4/q(t)^4 in floats, t = |x|, for a polynomial q, after Abramowitz and
/// Stegun 7.1.28: no exponential.
template <class V>
struct FastNormalTail {
  V t;      // no more than where q^4 is infinite
  V power;  // q(t)^4

  SIMDACT_INLINE explicit FastNormalTail(V const& x) noexcept : t(at_most(magnitude(x), 80.0f)) {
    const V root = fmadd(t, horner<normal_root_coefficients>(t), V(normal_root_at_0));
    const V square = root * root;
    power = square * square;
  }
};

/// x Phi(x).
template <class V>
SIMDACT_INLINE V fast_normal_gate(V const& x) noexcept {
  if constexpr (looks_up) {
    return gated(gelu_table, x);
  } else {
    const FastNormalTail<V> tail(x);
    return fnmadd(ratio(tail.t, tail.power), V(4), rectified(x));
  }
}

/// d/dx [x Phi(x)].
template <class V>
SIMDACT_INLINE V fast_normal_gate_slope(V const& x) noexcept {
  if constexpr (looks_up) {
    return from_tail(x, evaluate_even(gelu_slope_table, x));
  } else {
    const FastNormalTail<V> tail(x);
    return from_tail(x, ratio(horner<normal_slope_coefficients>(tail.t), tail.power));
  }
}

}  // namespace simdact::core
