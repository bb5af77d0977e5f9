#pragma once

/// @file
/// One of two values: by a mask, the larger, the smaller.

#include <type_traits>

#include "arithmetic.hpp"

namespace simdact::core {

// where(mask, a, b): a in the lanes where the mask holds, else b.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T where(bool mask, T a, Same<T> b)
noexcept { return mask ? a : b; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> where(xsimd::batch_bool<T, A> const& mask,
                                        Same<xsimd::batch<T, A>> const& a,
                                        Same<xsimd::batch<T, A>> const& b) noexcept {
  return select(mask, a, b);
}

// zero_where(mask, y): +0 in the lanes where the mask holds, else y. Of blends with 0, g++ 12 compares each mask with 0.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T zero_where(bool mask, T y)
noexcept { return mask ? T(0) : y; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> zero_where(xsimd::batch_bool<T, A> const& mask,
                                             xsimd::batch<T, A> const& y) noexcept {
  using R = register_t<T, A>;
  // Newer versions of xsimd have architectures of 256 bits whose masks have a bit a lane.
  if constexpr (requires(R r) { reg::zero_where(mask.data, r); }) {
    return reg::zero_where(mask.data, R(y));
  } else {
    return where(mask, xsimd::batch<T, A>(T(0)), y);
  }
}

// larger(x, y): x where x > y, else y; so NaN in x is passed over. smaller(x, y): x where x < y, else y.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T larger(T x, Same<T> y)
noexcept { return x > y ? x : y; }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T smaller(T x, Same<T> y)
noexcept { return x < y ? x : y; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> larger(xsimd::batch<T, A> const& x,
                                         Same<xsimd::batch<T, A>> const& y) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::max_second(r, r); }) {
    return reg::max_second(R(x), R(y));
  } else {
    return where(x > y, x, y);
  }
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> smaller(xsimd::batch<T, A> const& x,
                                          Same<xsimd::batch<T, A>> const& y) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::min_second(r, r); }) {
    return reg::min_second(R(x), R(y));
  } else {
    return where(x < y, x, y);
  }
}

// at_least(x, low), at_most(x, high): x clamped on one side; NaN stays NaN, unlike in xsimd 8.1,
// whose max and min drop it.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T at_least(T x, Same<T> low)
noexcept { return larger(low, x); }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T at_most(T x, Same<T> high)
noexcept { return smaller(high, x); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> at_least(xsimd::batch<T, A> const& x, Same<T> low) noexcept {
  return larger(xsimd::batch<T, A>(low), x);
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> at_most(xsimd::batch<T, A> const& x, Same<T> high) noexcept {
  return smaller(xsimd::batch<T, A>(high), x);
}

}  // namespace simdact::core
