#pragma once

#include "../concepts.hpp"
#include "two.hpp"

namespace simdact::core {

/// The float nearest to high + low, which high alone does not tell where it lies halfway between two.
template <class V, class D>
SIMDACT_INLINE V narrow(Two<D> const& sum) noexcept {
  const D rest = sum.high - core::widen(narrow<V>(sum.high));
  const D other = sum.high + rest;
  const D missed = magnitude(other - core::widen(narrow<V>(other)));
  const D beyond = where(rest * sum.low > D(0.0), other, sum.high);
  return narrow<V>(where(missed > D(0.0), sum.high, beyond));
}

/// a x + b, rounded once (for doubles without a fused multiply-add: nearly so). Its sign is the exact one.
template <class V, class T = scalar_of_t<V>>
SIMDACT_INLINE V line(V const& x, T a, T b) noexcept {
#if SIMDACT_HAS_FMA
  return fmadd(x, V(a), V(b));
#else
  using D = working_t<V>;
  if constexpr (is_wide<D>) {
    return narrow<V>(two_sum(core::widen(x) * D(double(a)), D(double(b))));
  } else {
    const auto p = exact_product(at_most(at_least(x, T(-0x1p499)), T(0x1p499)), D(a));
    const auto sum = two_sum(p.high, D(b));
    const D low = sum.low + p.low;
    return sum.high + low;
  }
#endif
}

}  // namespace simdact::core
