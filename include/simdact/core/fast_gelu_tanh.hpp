#pragma once

#include "fast.hpp"
#include "tables/centred_gelu_tanh_slope.hpp"
#include "tables/gelu_tanh.hpp"
#include "tables/gelu_tanh_slope.hpp"
#include "tables/gelu_tanh_tail.hpp"

namespace simdact::core {

/// x s(v), s the logistic function, v = 2 sqrt(2/pi) (x + 0.044715 x^3).
template <class V>
SIMDACT_INLINE V fast_gelu_tanh(V const& x) noexcept {
  return gated(looked_up(gelu_tanh_table, gelu_tanh_tail_quotient), x);
}

/// d/dx [x s(v)].
template <class V>
SIMDACT_INLINE V fast_gelu_tanh_slope(V const& x) noexcept {
  if constexpr (looks_up) {
    return from_tail(
        x, evaluate(gelu_tanh_slope_table, bounded_magnitude(x, gelu_tanh_slope_table.last)));
  } else {
    return V(0.5f) + evaluate_odd(centred_gelu_tanh_slope_quotient, x);
  }
}

}  // namespace simdact::core
