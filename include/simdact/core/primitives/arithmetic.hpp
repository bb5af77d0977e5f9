#pragma once

/// @file
/// Sums of products, quotients, roots, and the sum of the lanes.

#include <array>
#include <cmath>
#include <concepts>
#include <type_traits>

#include "../../concepts.hpp"
#include "registers.hpp"

SIMDACT_BEGIN_UNDEFINED_REGISTERS

namespace simdact::core {

/// A parameter that takes no part in deduction, so that a constant converts to the other's type.
template <class V>
using Same = std::type_identity_t<V>;

// Functions of batches are called without xsimd's name: where xsimd knows no SIMD for the target, it has none.

// fmadd(a, b, c) = a*b + c, fnmadd(a, b, c) = c - a*b, fnmsub(a, b, c) = -a*b - c: fused wherever the
// target can. Scalars negate b: where that is itself the result of a multiply-add, g++ 12 moves the minus
// into it, and an exact zero there gets the other sign. So pass such a factor as a.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T fmadd(T a, Same<T> b, Same<T> c)
noexcept {
#if SIMDACT_HAS_FMA
  return std::fma(a, b, c);
#else
  const T product = a * b;  // a statement of its own: nothing to contract
  return product + c;
#endif
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> fmadd(xsimd::batch<T, A> const& a,
                                        Same<xsimd::batch<T, A>> const& b,
                                        Same<xsimd::batch<T, A>> const& c) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::fmadd(r, r, r); }) {
    return reg::fmadd(R(a), R(b), R(c));
  } else {
    return xsimd::fma(a, b, c);
  }
}

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T fnmadd(T a, Same<T> b, Same<T> c)
noexcept { return fmadd(a, -b, c); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> fnmadd(xsimd::batch<T, A> const& a,
                                         Same<xsimd::batch<T, A>> const& b,
                                         Same<xsimd::batch<T, A>> const& c) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::fnmadd(r, r, r); }) {
    return reg::fnmadd(R(a), R(b), R(c));
  } else {
    return fnma(a, b, c);
  }
}

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T fnmsub(T a, Same<T> b, Same<T> c)
noexcept { return fmadd(a, -b, -c); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> fnmsub(xsimd::batch<T, A> const& a,
                                         Same<xsimd::batch<T, A>> const& b,
                                         Same<xsimd::batch<T, A>> const& c) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::fnmsub(r, r, r); }) {
    return reg::fnmsub(R(a), R(b), R(c));
  } else {
    return fnmadd(a, b, c ^ xsimd::batch<T, A>(T(-0.0)));
  }
}

// ratio(a, b) = a/b, correctly rounded; xsimd 8.1 multiplies floats by an approximate reciprocal on ARM.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T ratio(T a, Same<T> b)
noexcept { return a / b; }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> ratio(xsimd::batch<T, A> const& a,
                                        Same<xsimd::batch<T, A>> const& b) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::ratio(r, r); }) {
    return reg::ratio(R(a), R(b));
  } else {
    return a / b;
  }
}

// root(x): the square root, correctly rounded; xsimd 8.1 approximates that of floats on ARM.

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T root(T x)
noexcept { return std::sqrt(x); }

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> root(xsimd::batch<T, A> const& x) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::root(r); }) {
    return reg::root(R(x));
  } else {
    return xsimd::sqrt(x);
  }
}

// reciprocal_estimate(x), inverse_root_estimate(x): 1/x and 1/sqrt(x) within 2^-14 of themselves where the target
// `estimates`, else correctly rounded. Of AVX-512's estimates Intel has defined every bit (VRCP14PS, VRSQRT14PS in
// its "Reference Implementations"), and AMD's have the same.
#if defined(__AVX512VL__)
inline constexpr bool estimates = true;
#else
inline constexpr bool estimates = false;
#endif

template <std::same_as<float> T>
SIMDACT_INLINE T reciprocal_estimate(T x) noexcept {
  if constexpr (estimates) {
    return reg::reciprocal_estimate(x);
  } else {
    return ratio(T(1), x);
  }
}

template <std::same_as<float> T>
SIMDACT_INLINE T inverse_root_estimate(T x) noexcept {
  if constexpr (estimates) {
    return reg::inverse_root_estimate(x);
  } else {
    return ratio(T(1), root(x));
  }
}

template <class A>
SIMDACT_INLINE xsimd::batch<float, A> reciprocal_estimate(
    xsimd::batch<float, A> const& x) noexcept {
  using R = register_t<float, A>;
  if constexpr (requires(R r) { reg::reciprocal_estimate(r); }) {
    return reg::reciprocal_estimate(R(x));
  } else {
    return ratio(xsimd::batch<float, A>(1.0f), x);
  }
}

template <class A>
SIMDACT_INLINE xsimd::batch<float, A> inverse_root_estimate(
    xsimd::batch<float, A> const& x) noexcept {
  using R = register_t<float, A>;
  if constexpr (requires(R r) { reg::inverse_root_estimate(r); }) {
    return reg::inverse_root_estimate(R(x));
  } else {
    return ratio(xsimd::batch<float, A>(1.0f), root(x));
  }
}

// total(x): the sum of the lanes, half of them onto the other half until one is left.

SIMDACT_INLINE double total(double x) noexcept { return x; }

template <class A>
SIMDACT_INLINE double total(xsimd::batch<double, A> const& x) noexcept {
  using R = register_t<double, A>;
  if constexpr (requires(R r) { reg::total(r); }) {
    return reg::total(R(x));
  } else {
    std::array<double, xsimd::batch<double, A>::size> lanes;
    x.store_unaligned(lanes.data());
    for (std::size_t half = lanes.size() / 2; half > 0; half /= 2) {
      for (std::size_t i = 0; i < half; ++i)
        lanes[i] = lanes[i] + lanes[i + half];
    }
    return lanes[0];
  }
}

}  // namespace simdact::core

SIMDACT_END_UNDEFINED_REGISTERS
