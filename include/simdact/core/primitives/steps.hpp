#pragma once

/// @file
/// Functions that jump, which derivatives of lines are. All of them keep NaN.

#include <limits>
#include <type_traits>

#include "signs.hpp"

namespace simdact::core {

// stepped(x, left): left for x <= 0, 1 for x > 0, NaN for NaN.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T stepped(T x, Same<T> left)
noexcept { return x > T(0) ? T(1) : x <= T(0) ? left : x + x; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> stepped(xsimd::batch<T, A> const& x,
                                          Same<xsimd::batch<T, A>> const& left) noexcept {
  using R = register_t<T, A>;
  using Batch = xsimd::batch<T, A>;
  if constexpr (requires(R r) { reg::stepped(r, r); }) {
    return reg::stepped(R(x), R(left));
  } else {
    return where(x == x, where(x > Batch(T(0)), Batch(T(1)), left), x);
  }
}

/// stepped(x, left) for a left that is NaN itself where x is: where one instruction keeps NaN, stepped itself.
template <class V>
SIMDACT_INLINE V stepped_from(V const& x, Same<V> const& left) noexcept {
  using R = typename Register<V>::type;
  if constexpr (requires(R r) { reg::or_nan(r, r); }) {
    return stepped(x, left);
  } else {
    return where(x > V(0), V(1), left);
  }
}

/// value, or NaN where x is NaN.
template <class V>
SIMDACT_INLINE V or_nan(V const& value, V const& x) noexcept {
  using R = typename Register<V>::type;
  if constexpr (requires(R r) { reg::or_nan(r, r); }) {
    return reg::or_nan(R(value), R(x));
  } else {
    return where(x == x, value, x);
  }
}

/// c, but NaN where x is NaN or infinite.
template <class V>
SIMDACT_INLINE V with_nan_of(V const& c, V const& x) noexcept {
  return fmadd(x, V(0), c);
}

/// The bound, but the largest number where it is NaN or infinite, with its sign: the difference to it then tells what a
/// comparison does.
template <class V>
SIMDACT_INLINE V finite_bound(V const& bound) noexcept {
  constexpr auto largest = (std::numeric_limits<scalar_of_t<V>>::max)();
  return at_least(smaller(bound, V(largest)), -largest);
}

// above(x, bound): 1 for x > bound, +0 for x <= bound, NaN for NaN; the bound is made finite.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T above(T x, Same<T> bound)
noexcept { return stepped(x - finite_bound(bound), T(0)); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> above(xsimd::batch<T, A> const& x,
                                        Same<xsimd::batch<T, A>> const& bound) noexcept {
  using R = register_t<T, A>;
  using Batch = xsimd::batch<T, A>;
  const Batch finite = finite_bound(bound);
  if constexpr (requires(R r) { reg::above(r, r); }) {
    return reg::above(R(x), R(finite));
  } else {
    return stepped(x - finite, Batch(T(0)));
  }
}

/// x for |x| > bound, 0 with the sign of x for |x| <= bound, NaN for NaN; the bound is made finite.
template <class V>
SIMDACT_INLINE V outside(V const& x, Same<V> const& bound) noexcept {
  return where(magnitude(x) <= finite_bound(bound), with_sign_of(V(0), x), x);
}

/// A positive value for x > 0, +0 for x <= 0, NaN for NaN.
template <class V>
SIMDACT_INLINE V where_positive(V const& x, Same<V> const& value) noexcept {
  using R = typename Register<V>::type;
  if constexpr (requires(R r) { reg::where_positive(r, r); }) {
    return reg::where_positive(R(x), R(value));
  } else {
    return zero_where(x <= V(0), larger(value, negative_magnitude(x)));
  }
}

/// value for low < x < high, else +0, NaN for NaN. A bound that is NaN is none.
template <class V>
SIMDACT_INLINE V between(V const& x, Same<V> const& low, Same<V> const& high,
                         Same<V> const& value) noexcept {
  constexpr auto inf = std::numeric_limits<scalar_of_t<V>>::infinity();
  const V least = larger(low, V(-inf)), most = smaller(high, V(inf));
  using R = typename Register<V>::type;
  if constexpr (requires(R r) { reg::between(r, r, r, r); }) {
    return reg::between(R(x), R(least), R(most), R(value));
  } else {
    return zero_where(x <= least, zero_where(x >= most, with_nan_of(value, x)));
  }
}

/// value for |x| < bound, else +0, NaN for NaN.
template <class V>
SIMDACT_INLINE V within(V const& x, Same<V> const& bound, Same<V> const& value) noexcept {
  using R = typename Register<V>::type;
  if constexpr (requires(R r) { reg::between(r, r, r, r); }) {
    return between(x, negated(bound), bound, value);
  } else {
    return zero_where(magnitude(x) >= bound, with_nan_of(value, x));
  }
}

/// inner for |x| < bound, else 0 on the left and 1 on the right; inner is NaN where x is.
template <class V>
SIMDACT_INLINE V ramp(V const& x, Same<V> const& bound, Same<V> const& inner) noexcept {
  using R = typename Register<V>::type;
  if constexpr (requires(R r) { reg::ramp(r, r, r); }) {
    return reg::ramp(R(x), R(bound), R(inner));
  } else {
    return zero_where(x <= negated(bound), where(x >= bound, V(1), inner));
  }
}

}  // namespace simdact::core
