#pragma once

#include "fast.hpp"
#include "rational.hpp"
#include "tables/lecun_tanh.hpp"
#include "tables/lecun_tanh_of_half.hpp"
#include "tables/tanh.hpp"
#include "tables/tanh_of_half.hpp"

namespace simdact::core {

/// limit tanh x = 2 limit h/(1 + h^2) for h = tanh(x/2), given a quotient for limit h: it has few coefficients, since the
/// nearer h comes to 1, the less its errors count. It ends where the rounded result is the limit for the first time; x is
/// within that.
template <class V, std::size_t Over, std::size_t Under>
SIMDACT_INLINE V fast_tanh_by_half(Rational<Over, Under> const& quotient, float limit,
                                   V const& x) noexcept {
  const auto h = odd_fraction(quotient, x);
  const V square = h.over * h.over * V(1.0f / (limit * limit));
  const V product = h.over * h.under;
  return ratio(product + product, fmadd(h.under, h.under, square));
}

/// tanh x.
template <class V>
SIMDACT_INLINE V fast_tanh(V const& x) noexcept {
  if constexpr (looks_up) {
    return evaluate_odd(tanh_table, x);
  } else {
    return fast_tanh_by_half(tanh_of_half_quotient, 1.0f, within_both(tanh_of_half_quotient, x));
  }
}

/// tanh |x|.
template <class V>
SIMDACT_INLINE V fast_tanh_of_magnitude(V const& x) noexcept {
  if constexpr (looks_up) {
    return evaluate_even(tanh_table, x);
  } else {
    return fast_tanh_by_half(tanh_of_half_quotient, 1.0f, within(tanh_of_half_quotient, x));
  }
}

/// tanh x or tanh |x|, whichever tanh x itself may share: to be squared.
template <class V>
SIMDACT_INLINE V fast_tanh_but_for_sign(V const& x) noexcept {
  if constexpr (looks_up) {
    return evaluate_even(tanh_table, x);
  } else {
    return fast_tanh(x);
  }
}

/// 1.7159 tanh(2x/3).
template <class V>
SIMDACT_INLINE V fast_lecun_tanh(V const& x) noexcept {
  if constexpr (looks_up) {
    return evaluate_odd(lecun_tanh_table, x);
  } else {
    const V t = within_both(lecun_tanh_of_half_quotient, x);
    return fast_tanh_by_half(lecun_tanh_of_half_quotient, 1.7159f, t);
  }
}

/// 1.7159 tanh |2x/3|.
template <class V>
SIMDACT_INLINE V fast_lecun_tanh_of_magnitude(V const& x) noexcept {
  if constexpr (looks_up) {
    return evaluate_even(lecun_tanh_table, x);
  } else {
    return magnitude(fast_lecun_tanh(x));
  }
}

}  // namespace simdact::core
