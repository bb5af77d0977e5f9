#pragma once

/// @file
/// Numbers by their patterns: powers of two, cells of tables.

#include <bit>
#include <cstdint>

#include "registers.hpp"

SIMDACT_BEGIN_UNDEFINED_REGISTERS

namespace simdact::core {

/// The same bits as numbers of another type. Of the registers: xsimd 8.1 calls a function for it on ARM.
template <class To, class From, class A>
SIMDACT_INLINE xsimd::batch<To, A> bits_as(xsimd::batch<From, A> const& x) noexcept {
  return __builtin_bit_cast(register_t<To, A>, register_t<From, A>(x));
}

/// Unsigned integers by n bits up or down; xsimd 8.1 calls a function for that, too.
template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> shifted_up(xsimd::batch<T, A> const& x, int n) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::shifted_up(r, n); }) {
    return reg::shifted_up(R(x), n);
  } else {
    return x << n;
  }
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> shifted_down(xsimd::batch<T, A> const& x, int n) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::shifted_down(r, n); }) {
    return reg::shifted_down(R(x), n);
  } else {
    return x >> n;
  }
}

/// 1.5 * 2^52 + 1023: added to an integer n in [-1022, 1023], it leaves the exponent field of 2^n in
/// the low bits of the sum.
inline constexpr double exponent_shift = 0x1.8p52 + 1023;

/// What adding `shift` has rounded to an integer, without the shift. -ffast-math, which knows no rounding, would
/// take it for what it was before: there it must not see where it comes from.
template <class D>
SIMDACT_INLINE D without_shift(D shifted, D const& shift) noexcept {
#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__)
  __asm__("" : "+m"(shifted));
#endif
  return shifted - shift;
}

// power_of_two(n + exponent_shift) = 2^n, for an integer n in [-1022, 1023]. NaN gives some number.

/// Likewise for floats, for n in [-127, 127]; 2^-127 is 0.
inline constexpr float float_exponent_shift = 0x1.8p23f + 127.0f;

/// With bits below the exponent's, power_of_two<Bits>(m + 2^Bits 127 + 1.5 * 2^23) = 2^floor(m/2^Bits).
template <int Bits = 0>
SIMDACT_INLINE float power_of_two(float shifted) noexcept {
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(shifted) >> Bits) << 23);
}

template <int Bits = 0, class A>
SIMDACT_INLINE xsimd::batch<float, A> power_of_two(xsimd::batch<float, A> const& shifted) noexcept {
  using Integer = xsimd::batch<std::uint32_t, A>;
  // A mask is cheaper than to shift there and back.
  const auto exponent = [](Integer const& pattern) SIMDACT_LAMBDA {
    const Integer up = shifted_up(pattern, 23 - Bits);
    return Bits == 0 ? up : up & Integer(0xFF800000u);
  };
  return bits_as<float>(exponent(bits_as<std::uint32_t>(shifted)));
}

SIMDACT_INLINE double power_of_two(double shifted) noexcept {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(shifted) << 52);
}

template <class A>
SIMDACT_INLINE xsimd::batch<double, A> power_of_two(
    xsimd::batch<double, A> const& shifted) noexcept {
  return bits_as<double>(shifted_up(bits_as<std::uint64_t>(shifted), 52));
}

// pattern_above(x, shift): the bits of x from the `shift`-th on.

SIMDACT_INLINE std::uint32_t pattern_above(float x, int shift) noexcept {
  return std::bit_cast<std::uint32_t>(x) >> shift;
}

template <class A>
SIMDACT_INLINE xsimd::batch<std::uint32_t, A> pattern_above(xsimd::batch<float, A> const& x,
                                                            int shift) noexcept {
  return shifted_down(bits_as<std::uint32_t>(x), shift);
}

}  // namespace simdact::core

SIMDACT_END_UNDEFINED_REGISTERS
