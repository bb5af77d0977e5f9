#pragma once

#include "double_exp.hpp"

namespace simdact::core {

/// -tanh(v/2) = E/(E + 2), E = e^-v - 1, in double lanes for floats, for |v| up to exp_limit.
template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> opposite_of_tanh_of_half(Wide<D, N> const& v) noexcept {
  const auto e = expm1(exp_parts_of_opposite(v));
  return e / (e + Wide<D, N>(2.0));
}

/// tanh(v/2) = E/(E + 2), E = e^v - 1, in double precision, for v <= 0.
template <class D>
SIMDACT_INLINE D tanh_of_half(D const& v) noexcept {
  const auto e = expm1_with_low(v);
  return rounded_product(e, reciprocal(plus(2.0, e)));
}

/// tanh((v + low)/2), with its own low part, for v <= 0.
template <class D, class Low = Exact>
SIMDACT_INLINE Two<D> tanh_of_half_with_low(D const& v, Low const& low = {}) noexcept {
  const auto e = expm1_with_low(v, low);
  return product(e, reciprocal(plus(2.0, e)));
}

}  // namespace simdact::core
