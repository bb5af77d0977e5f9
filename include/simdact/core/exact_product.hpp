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
  // Veltkamp's split into halves of 26 bits, whose products are exact. One operation a statement:
  // within an expression clang may contract a multiply-add, even where only its constant folding
  // can fuse it.
  const D split = D(0x1p27 + 1);
  const D a_scaled = split * a;
  const D b_scaled = split * b;
  const D a_rest = a_scaled - a;
  const D b_rest = b_scaled - b;
  const D a_high = a_scaled - a_rest;
  const D b_high = b_scaled - b_rest;
  const D a_low = a - a_high;
  const D b_low = b - b_high;
  D low = fmadd(a_high, b_high, negated(high));
  low = fmadd(a_high, b_low, low);
  low = fmadd(a_low, b_high, low);
  return {high, fmadd(a_low, b_low, low)};
#endif
}

}  // namespace simdact::core
