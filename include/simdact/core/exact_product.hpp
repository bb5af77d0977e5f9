#pragma once

#include "wide.hpp"

namespace simdact::core {

/// high + low = a * b exactly, high the rounded product. Dekker 1971; one fma where there is one.
/// Domain: no overflow (|a|, |b| < 2^500).
template <class D>
struct ExactProduct {
  D high;
  D low;
};

template <class D>
SIMDACT_INLINE ExactProduct<D> exact_product(D const& a, Same<D> const& b) noexcept {
  const D high = a * b;
#if SIMDACT_HAS_FMA
  return {high, fmadd(a, b, negated(high))};
#else
  // Veltkamp's split into halves of 26 bits, whose products are exact.
  const D split = D(0x1p27 + 1);
  const D a_high = split * a - (split * a - a);
  const D b_high = split * b - (split * b - b);
  const D a_low = a - a_high;
  const D b_low = b - b_high;
  const D low = ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low;
  return {high, low};
#endif
}

}  // namespace simdact::core
