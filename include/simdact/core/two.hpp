#pragma once

#include "exact_product.hpp"

namespace simdact::core {

/// A value as the sum of two doubles, the second about 2^-53 of the first: the double kernels carry
/// the roundings of their first steps in it, so that only the last one is left. Products of lows are
/// dropped: the relative error of each operation is about 2^-100, or what the lows have themselves.
/// One operation a statement in the error-free transforms: clang contracts within an expression.
template <class D>
struct Two {
  D high;
  D low;
};

/// a + b without error where a = 0, |a| >= |b| (Dekker 1971) or a is a multiple of the sum's last place.
template <class D>
SIMDACT_INLINE Two<D> fast_two_sum(D const& a, Same<D> const& b) noexcept {
  const D high = a + b;
  const D b_rounded = high - a;
  return {high, b - b_rounded};
}

/// a + b without error (Knuth 1969).
template <class D>
SIMDACT_INLINE Two<D> two_sum(D const& a, Same<D> const& b) noexcept {
  const D high = a + b;
  const D b_rounded = high - a;
  const D a_rounded = high - b_rounded;
  const D a_lost = a - a_rounded;
  const D b_lost = b - b_rounded;
  return {high, a_lost + b_lost};
}

/// a b + c, rounded once or nearly so, with and without a fused multiply-add: where the two terms
/// cancel, nothing of the product is lost.
template <class D>
SIMDACT_INLINE D fused(D const& a, Same<D> const& b, Same<D> const& c) noexcept {
#if SIMDACT_HAS_FMA
  return fmadd(a, b, c);
#else
  const auto p = exact_product(a, b);
  const D sum = p.high + c;
  return sum + p.low;
#endif
}

/// a b + small, rounded once or nearly so, for a small part of the size of the product's rounding.
template <class D>
SIMDACT_INLINE D rounded_product(D const& a, Same<D> const& b, Same<D> const& little) noexcept {
#if SIMDACT_HAS_FMA
  return fmadd(a, b, little);
#else
  const auto p = exact_product(a, b);
  const D low = p.low + little;
  return p.high + low;
#endif
}

/// c - a b, without error where a b is c but for its rounding.
template <class D>
SIMDACT_INLINE D residual(D const& a, Same<D> const& b, Same<D> const& c) noexcept {
#if SIMDACT_HAS_FMA
  return fnmadd(a, b, c);
#else
  const auto p = exact_product(a, b);
  const D difference = c - p.high;
  return difference - p.low;
#endif
}

template <class D>
SIMDACT_INLINE Two<D> negated(Two<D> const& a) noexcept {
  return {negated(a.high), negated(a.low)};
}

/// c + a for a power of two c of the size of 1 and a >= -1: without error but for its low part's, however
/// large a is, since c is a multiple of the sum's last place.
template <class D>
SIMDACT_INLINE Two<D> plus(double c, Two<D> const& a) noexcept {
  const auto sum = fast_two_sum(D(c), a.high);
  return {sum.high, sum.low + a.low};
}

template <class D>
SIMDACT_INLINE Two<D> sum(Two<D> const& a, Two<D> const& b) noexcept {
  const auto s = two_sum(a.high, b.high);
  const D low = a.low + b.low;
  return {s.high, s.low + low};
}

template <class D>
SIMDACT_INLINE Two<D> product(Two<D> const& a, Two<D> const& b) noexcept {
  const auto p = exact_product(a.high, b.high);
  return {p.high, fmadd(a.high, b.low, fmadd(a.low, b.high, p.low))};
}

/// a b, rounded.
template <class D>
SIMDACT_INLINE D rounded_product(Two<D> const& a, Two<D> const& b) noexcept {
  return rounded_product(a.high, b.high, fmadd(a.high, b.low, a.low * b.high));
}

/// a b, rounded.
template <class D>
SIMDACT_INLINE D rounded_product(D const& a, Two<D> const& b) noexcept {
  return rounded_product(a, b.high, a * b.low);
}

/// 1/a: a division and a step of Newton's.
template <class D>
SIMDACT_INLINE Two<D> reciprocal(Two<D> const& a) noexcept {
  const D high = D(1.0) / a.high;
  const D error = fnmadd(high, a.low, residual(high, a.high, D(1.0)));
  return {high, high * error};
}

/// a where the mask holds, else b.
template <class M, class D>
SIMDACT_INLINE Two<D> where(M const& mask, Two<D> const& a, Two<D> const& b) noexcept {
  return {where(mask, a.high, b.high), where(mask, a.low, b.low)};
}

}  // namespace simdact::core
