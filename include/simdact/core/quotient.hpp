#pragma once

#include "two.hpp"

namespace simdact::core {

/// x / divisor, with one rounding more for floats' lanes, which have bits to spare: multiplying is many
/// times as fast.
template <class D>
SIMDACT_INLINE D divided_by(D const& x, double divisor) noexcept {
  if constexpr (is_wide<D>) {
    return x * D(1.0 / divisor);
  } else {
    return x / D(divisor);
  }
}

/// x (x + 3)/6 for |x| <= 3, for doubles with one rounding.
template <class D>
SIMDACT_INLINE D hard_gated(D const& x) noexcept {
  if constexpr (is_wide<D>) {
    return half_line(x, divided_by(x + D(3.0), 6.0));
  } else {
    constexpr double sixth_high = 0x1.5555555555555p-3;
    constexpr double sixth_low = 0x1.5555555555555p-57;
    const auto sum = fast_two_sum(D(3.0), x);
    const auto p = exact_product(x, sum.high);
    const Two<D> y{p.high, fmadd(x, sum.low, p.low)};
    return rounded_product(y, Two<D>{D(sixth_high), D(sixth_low)});
  }
}

}  // namespace simdact::core
