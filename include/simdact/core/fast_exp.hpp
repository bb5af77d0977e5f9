#pragma once

#include <algorithm>
#include <limits>

#include "piecewise.hpp"
#include "tables/fast_decay.hpp"

namespace simdact::core {

/// (e^r - 1 - r)/r^2 for |r| <= ln(2)/2: relative error of e^r 4e-9; by least squares, see polynomial_fit.hpp.
inline constexpr std::array fast_expm1_coefficients = {
    0x1.fffffcp-2f, 0x1.55549p-3f, 0x1.5558f4p-5f, 0x1.123a4ep-7f, 0x1.6a22dap-10f};

/// e^r - 1 in floats, for |r| <= ln(2)/2.
template <class V>
SIMDACT_INLINE V fast_expm1_of_rest(V const& r) noexcept {
  return fmadd(r * r, horner<fast_expm1_coefficients>(r), r);
}

/// Where fast_exp is 0, so that nothing below has to be asked for: just above -127 ln 2, since the exponent's field
/// has no place for -128, to which a program that rounds downwards would come.
inline constexpr float fast_exp_floor = -88.02f;

/// e^x in floats, for x in [fast_exp_floor, 88], within 1.5 ULP but 0 where it is subnormal.
template <class V>
SIMDACT_INLINE V fast_exp(V const& x) noexcept {
  const V shifted = fmadd(x, V(0x1.715476p0f), V(float_exponent_shift));
  const V n = without_shift(shifted, V(float_exponent_shift));
  // ln 2 in two steps: n times the first, of 17 bits, is exact.
  const V r = fnmadd(n, V(0x1.7f7d1cp-20f), fnmadd(n, V(0x1.62e4p-1f), x));
  const V scale = power_of_two(shifted);
  return fmadd(scale, fast_expm1_of_rest(r), scale);
}

// The next ones take ln 2 in one step: each doubling moves the result by 1.9e-9 of itself.

/// An exponent of e as n ln 2 + rest, n being shifted.
template <class V>
struct FastExponent {
  V shifted;
  V rest;
};

template <class V>
SIMDACT_INLINE FastExponent<V> fast_exponent(V const& x) noexcept {
  const V shifted = fmadd(x, V(0x1.715476p0f), V(float_exponent_shift));
  const V n = without_shift(shifted, V(float_exponent_shift));
  return {shifted, fnmadd(n, V(0x1.62e43p-1f), x)};
}

/// A power of e = scale * rest.
template <class V>
struct FastPower {
  V scale;
  V rest;

  SIMDACT_INLINE explicit FastPower(FastExponent<V> const& x) noexcept
      : scale(power_of_two(x.shifted)),
        rest(fmadd(x.rest * x.rest, horner<fast_decay_coefficients>(x.rest), x.rest + V(1))) {}

  SIMDACT_INLINE V value() const noexcept { return scale * rest; }
};

/// e^-x in floats, for x in [-88.7, -fast_exp_floor]: infinite at the one end, 0 at the other.
template <class V>
SIMDACT_INLINE FastPower<V> fast_decay(V const& x) noexcept {
  const V shifted = fnmadd(x, V(0x1.715476p0f), V(float_exponent_shift));
  const V n = without_shift(shifted, V(float_exponent_shift));
  return FastPower<V>({shifted, fnmsub(n, V(0x1.62e43p-1f), x)});
}

/// e^x = scale (1 + rest) in floats, for x in [fast_exp_floor, 88], and e^x - 1 within 1 ULP near 0.
template <class V>
struct FastOctave {
  V scale;
  V rest;

  SIMDACT_INLINE explicit FastOctave(FastExponent<V> const& x) noexcept
      : scale(power_of_two(x.shifted)), rest(fast_expm1_of_rest(x.rest)) {}

  SIMDACT_INLINE V exp() const noexcept { return fmadd(scale, rest, scale); }
  SIMDACT_INLINE V expm1() const noexcept { return fmadd(scale, rest, scale - V(1)); }
};

/// 2^(k/16) and 2^(k/16) - 1, k = -8 ... 7.
alignas(64) inline constexpr std::array sixteenths = {
    0x1.6a09e6p-1f, 0x1.7a1148p-1f, 0x1.8ace54p-1f, 0x1.9c4918p-1f, 0x1.ae89fap-1f, 0x1.c199bep-1f,
    0x1.d5818ep-1f, 0x1.ea4afap-1f, 0x1p+0f,        0x1.0b5586p+0f, 0x1.172b84p+0f, 0x1.2387a6p+0f,
    0x1.306fep+0f,  0x1.3dea64p+0f, 0x1.4bfdaep+0f, 0x1.5ab07ep+0f};
alignas(64) inline constexpr std::array sixteenths_less_one = {
    -0x1.2bec34p-2f, -0x1.0bdd72p-2f, -0x1.d4c6bp-3f,  -0x1.8edbap-3f, -0x1.45d81ap-3f,
    -0x1.f33212p-4f, -0x1.53f392p-4f, -0x1.5b505ep-5f, 0.0f,           0x1.6ab0dap-5f,
    0x1.72b83cp-4f,  0x1.1c3d38p-3f,  0x1.837f06p-3f,  0x1.ef5326p-3f, 0x1.2ff6b6p-2f,
    0x1.6ac1f8p-2f};

/// e^(x/length) = scale 2^(k/16) (1 + rest/length) in floats, k = -8 ... 7, for x/length in [fast_exp_floor, 88], within
/// 3 ULP, and that less 1 within 3 ULP near 0: fewer steps where one instruction picks from 16 floats, and fewer that wait
/// for one another.
template <class V>
struct FastSixteenth {
  V scale;
  decltype(pattern_above(V(), 0)) cell;  // of k
  V rest;
  float length;

  SIMDACT_INLINE explicit FastSixteenth(V const& x, float length_ = 1.0f) noexcept
      : length(length_) {
    constexpr float shift = 0x1.8p23f + 16 * 127 + 8;  // 8: the cell of k = 0 is not the first
    // No larger, so that its square is finite; a shorter length makes a step at 0 anyway.
    const float inverse = (std::min)(1.0f / length, 0x1p60f);
    const V shifted = fmadd(x, V(0x1.715476p4f * inverse), V(shift));
    const V n = without_shift(shifted, V(shift));
    const V r = fnmadd(n, V(0x1.62e43p-5f * length), x);
    // length (e^(r/length) - 1): 1/2 + h^2/32 and 1/6, h the largest |r/length|, spread what is left out.
    const V quadratic =
        fmadd(r, V(0x1.555556p-3f * inverse * inverse), V(0x1.0001ecp-1f * inverse));
    rest = fmadd(r * r, quadratic, r);
    cell = pattern_above(shifted, 0);
    scale = power_of_two<4>(shifted);
  }

  /// factor e^x, for a length of 1.
  SIMDACT_INLINE V exp(float factor) const noexcept {
    const V power = scale * pick(sixteenths, cell, factor);
    return fmadd(power, rest, power);
  }

  /// length (e^(x/length) - 1).
  SIMDACT_INLINE V expm1() const noexcept {
    const V part = fmadd(pick(sixteenths, cell), rest, pick(sixteenths_less_one, cell, length));
    return fmadd(scale, part, scale * V(length) - V(length));  // an exact product: it may be fused
  }
};

/// e^x in floats, for x in [fast_exp_floor, 88].
template <class V>
SIMDACT_INLINE V fast_power(V const& x) noexcept {
  if constexpr (looks_up) {
    return FastSixteenth<V>(x).exp(1.0f);
  } else {
    return FastPower<V>(fast_exponent(x)).value();
  }
}

/// length (e^(x/length) - 1) in floats for x <= 0, length > 0; for x > 0 some number.
template <class V>
SIMDACT_INLINE V fast_expm1_of_negative(V const& x, float length = 1.0f) noexcept {
  if constexpr (looks_up) {
    constexpr float lowest = std::numeric_limits<float>::lowest();
    const V t = at_least(x, (std::max)(fast_exp_floor * length, lowest));
    return FastSixteenth<V>(t, length).expm1();
  } else {
    const V t = at_least(x * V(1.0f / length), fast_exp_floor);
    return FastOctave<V>(fast_exponent(t)).expm1() * V(length);
  }
}

/// factor e^x in floats for x <= 0; for x > 0 some number. It shares the work of the other, for a length of 1.
template <class V>
SIMDACT_INLINE V fast_exp_of_negative(V const& x, float factor) noexcept {
  const V t = at_least(x, fast_exp_floor);
  if constexpr (looks_up) {
    return FastSixteenth<V>(t).exp(factor);
  } else {
    return FastOctave<V>(fast_exponent(t)).exp() * V(factor);
  }
}

}  // namespace simdact::core
