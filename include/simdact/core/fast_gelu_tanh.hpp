#pragma once

#include "fast_logistic.hpp"
#include "tables/gelu_tanh.hpp"
#include "tables/gelu_tanh_slope.hpp"

namespace simdact::core {

/// GELUTanh's x s(v), v = x (linear + cubic x^2), in floats by the logistic function.
template <class V>
struct FastGELUTanh {
  V open;  // x, but no less than where the gate is closed
  V inside;
  V square;
  FastLogistic<V> gate;

  SIMDACT_INLINE explicit FastGELUTanh(V const& x) noexcept
      : open(at_least(x, -last)),
        inside(at_most(open, last)),
        square(inside * inside),
        gate(inside * fmadd(square, V(cubic), V(linear))) {}

  SIMDACT_INLINE V value() const noexcept { return open * gate.value; }
  SIMDACT_INLINE V slope() const noexcept {
    return gate.gate_slope(inside * fmadd(square, V(3 * cubic), V(linear)));
  }

  /// Where v is FastLogistic's floor.
  static constexpr float last = 10.06f;
  /// 2 sqrt(2/pi), and 0.044715 times that.
  static constexpr float linear = 0x1.988454p0f, cubic = 0x1.2444f2p-4f;
};

template <class V>
SIMDACT_INLINE V fast_gelu_tanh(V const& x) noexcept {
  if constexpr (looks_up) {
    return gated(gelu_tanh_table, x);
  } else {
    return FastGELUTanh<V>(x).value();
  }
}

template <class V>
SIMDACT_INLINE V fast_gelu_tanh_slope(V const& x) noexcept {
  if constexpr (looks_up) {
    return from_tail(x, evaluate_even(gelu_tanh_slope_table, x));
  } else {
    return FastGELUTanh<V>(x).slope();
  }
}

}  // namespace simdact::core
