#pragma once

#include "fast.hpp"
#include "fast_exp.hpp"
#include "tables/lecun_tanh.hpp"
#include "tables/tanh.hpp"

namespace simdact::core {

/// tanh t = e/(e + 1), e = (e^2t - 1)/2, in floats, for t >= 0.
template <class V>
SIMDACT_INLINE V fast_tanh_by_exp(V const& t) noexcept {
  const V e = half_of_fast_expm1_of_double(at_most(t, 9.2f));  // beyond, e + 1 is e
  return ratio(e, e + V(1));
}

/// tanh |x|.
template <class V>
SIMDACT_INLINE V fast_tanh_of_magnitude(V const& x) noexcept {
  if constexpr (looks_up) {
    return evaluate_even(tanh_table, x);
  } else {
    return fast_tanh_by_exp(magnitude(x));
  }
}

/// 1.7159 tanh |2x/3|.
template <class V>
SIMDACT_INLINE V fast_lecun_tanh_of_magnitude(V const& x) noexcept {
  if constexpr (looks_up) {
    return evaluate_even(lecun_tanh_table, x);
  } else {
    // A product that no compiler fuses with what follows.
    return fmadd(fast_tanh_by_exp(magnitude(x) * V(2.0f / 3.0f)), V(1.7159f), V(-0.0f));
  }
}

}  // namespace simdact::core
