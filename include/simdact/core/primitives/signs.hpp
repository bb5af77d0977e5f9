#pragma once

/// @file
/// The sign and the magnitude.

#include <cmath>
#include <limits>
#include <type_traits>

#include "selection.hpp"

namespace simdact::core {

// The sign as a bit, zeros and NaN included: magnitude(x) = |x|, negated(x) = -x (xsimd 8.1 has
// 0 - x on AVX-512, which loses -0), negative_magnitude(x) = -|x|, with_sign_of(x, s) = |x| with the sign of s,
// with_flipped_sign(x, s) = x, or -x where s has a minus.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T magnitude(T x)
noexcept { return std::fabs(x); }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T negated(T x)
noexcept { return -x; }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T negative_magnitude(T x)
noexcept { return -std::fabs(x); }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T with_sign_of(T x, T s)
noexcept { return std::copysign(x, s); }

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T with_flipped_sign(T x, T s)
noexcept { return std::signbit(s) ? -x : x; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> magnitude(xsimd::batch<T, A> const& x) noexcept {
  return xsimd::abs(x);
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> negated(xsimd::batch<T, A> const& x) noexcept {
  return x ^ xsimd::batch<T, A>(T(-0.0));
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> negative_magnitude(xsimd::batch<T, A> const& x) noexcept {
  return x | xsimd::batch<T, A>(T(-0.0));
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> with_sign_of(xsimd::batch<T, A> const& x,
                                               xsimd::batch<T, A> const& s) noexcept {
  return xsimd::abs(x) | (s & xsimd::batch<T, A>(T(-0.0)));
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> with_flipped_sign(xsimd::batch<T, A> const& x,
                                                    xsimd::batch<T, A> const& s) noexcept {
  return x ^ (s & xsimd::batch<T, A>(T(-0.0)));
}

// bounded_magnitude(x, bound) = min(|x|, bound) for a bound >= 0; of NaN it is the bound.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T bounded_magnitude(T x, Same<T> bound)
noexcept { return smaller(magnitude(x), bound); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> bounded_magnitude(xsimd::batch<T, A> const& x,
                                                    Same<T> bound) noexcept {
  using R = register_t<T, A>;
  const xsimd::batch<T, A> bounds(bound);
  if constexpr (requires(R r) { reg::bounded_magnitude(r, r); }) {
    return reg::bounded_magnitude(R(x), R(bounds));
  } else {
    return smaller(magnitude(x), bounds);
  }
}

// signum(x): -1, 1, or x itself if it is +-0 or NaN.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T signum(T x)
noexcept { return x < T(0) ? T(-1) : x > T(0) ? T(1) : x; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> signum(xsimd::batch<T, A> const& x) noexcept {
  using R = register_t<T, A>;
  using Batch = xsimd::batch<T, A>;
  if constexpr (requires(R r) { reg::signum(r); }) {
    return reg::signum(R(x));
  } else {
    return where(magnitude(x) > Batch(T(0)), with_sign_of(Batch(T(1)), x), x);
  }
}

/// |x|, of an infinity the largest finite number; NaN stays NaN.
template <class V>
SIMDACT_INLINE V finite_magnitude(V const& x) noexcept {
  return at_most(magnitude(x), (std::numeric_limits<scalar_of_t<V>>::max)());
}

}  // namespace simdact::core
