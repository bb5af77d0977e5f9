#pragma once

#include "fast.hpp"
#include "tables/centred_gelu_slope.hpp"
#include "tables/gelu.hpp"
#include "tables/gelu_slope.hpp"
#include "tables/normal_tail.hpp"

namespace simdact::core {

/// x Phi(x), Phi being the normal distribution.
template <class V>
SIMDACT_INLINE V fast_normal_gate(V const& x) noexcept {
  return gated(looked_up(gelu_table, normal_tail_quotient), x);
}

/// d/dx [x Phi(x)].
template <class V>
SIMDACT_INLINE V fast_normal_gate_slope(V const& x) noexcept {
  if constexpr (looks_up) {
    return from_tail(x, evaluate(gelu_slope_table, bounded_magnitude(x, gelu_slope_table.last)));
  } else {
    return V(0.5f) + evaluate_odd(centred_gelu_slope_quotient, x);
  }
}

}  // namespace simdact::core
