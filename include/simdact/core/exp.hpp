#pragma once

#include "horner.hpp"

namespace simdact::core {

/// e^x = scale * (1 + expm1): scale = 2^n, expm1 = e^r - 1 with r = x - n ln 2, |r| <= ln(2)/2.
/// Callers join the two in the order that keeps the most bits of their own function.
/// In double lanes scale is 2^128 too large where x < tail_start; `unlift` takes that back.
template <class D>
struct ExpParts {
  D scale;
  D expm1;
};

/// Where e^-x stops mattering, even times x: beyond it every function here has reached its limit.
/// Callers clamp to it, since 2^n must stay a normal double.
template <class X>
inline constexpr double exp_limit = for_floats<X> ? 200.0 : 780.0;

/// x in [-exp_limit, exp_limit], NaN kept. Cheapest before widening.
template <class X>
SIMDACT_INLINE X within_exp_limit(X const& x) noexcept {
  return at_most(at_least(x, -exp_limit<X>), exp_limit<X>);
}

/// Below this e^x is kept 2^128 times too large (double lanes only): a product with a subnormal would
/// lose its bits.
inline constexpr double tail_start = -600.0;

/// (e^r - 1 - r)/r^2 on |r| <= ln(2)/2, degree 9: relative error of e^r - 1 below 3.7e-17.
/// Sollya: fpminimax((expm1(x) - x)/x^2, 9, [|D...|], [-log(2)/2*1.0001; log(2)/2*1.0001], relative).
inline constexpr std::array expm1_coefficients = {
    0x1.0000000000001p-1,  0x1.555555555554dp-3,  0x1.5555555553ce5p-5,  0x1.11111111144cep-7,
    0x1.6c16c178a6f7fp-10, 0x1.a01a018c37b9dp-13, 0x1.a019b8c68c5e6p-16, 0x1.71de59ef03fa9p-19,
    0x1.2891c37c074d7p-22, 0x1.aeabd29b6dec4p-26};

/// The low part of an argument that is exact as it stands.
struct Exact {};

inline constexpr double log2_e = 0x1.71547652b82fep0;
/// ln 2 in two steps: n times the first, of 42 bits, is exact with and without a fused multiply-add.
inline constexpr double ln2_high = 0x1.62e42fefa38p-1;
inline constexpr double ln2_low = 0x1.ef35793c7673p-45;

/// x + low = n ln 2 + r.
template <class D>
struct Reduced {
  D scale;  // 2^n, lifted in double lanes
  D r;
};

/// Where 2^n is 2^128 times too large: below tail_start or for every x (x <= 0 then).
enum class Lifted { tail, always };

template <Lifted lifted = Lifted::tail, class D, class Low>
SIMDACT_INLINE Reduced<D> reduce(D const& x, [[maybe_unused]] Low const& low) noexcept {
  constexpr double shift = exponent_shift + (lifted == Lifted::always ? 128.0 : 0.0);
  D shifted = fmadd(x, D(log2_e), D(shift));
  const D n = without_shift(shifted, D(shift));
  D r = fnmadd(n, D(ln2_high), x);
  if constexpr (std::is_same_v<Low, D>) {
    r = r + fnmadd(n, D(ln2_low), low);
  } else {
    r = fnmadd(n, D(ln2_low), r);
  }
  if constexpr (!is_wide<D> && lifted == Lifted::tail) {
    shifted = shifted + where(x < D(tail_start), D(128.0), D(0.0));
  }
  return {power_of_two(shifted), r};
}

/// e^(x + low) in parts, for x in [-exp_limit, 709]; NaN gives NaN in `expm1`.
template <class D, class Low = Exact>
SIMDACT_INLINE ExpParts<D> exp_parts(D const& x, [[maybe_unused]] Low const& low = {}) noexcept {
  const auto [scale, r] = core::reduce(x, low);
  return {scale, fmadd(r * r, horner<expm1_coefficients>(r), r)};
}

/// e^-x in parts, in double lanes for floats, for |x| up to exp_limit: the sign costs nothing.
template <class D>
SIMDACT_INLINE ExpParts<D> exp_parts_of_opposite(D const& x) noexcept {
  const D shifted = fnmadd(x, D(log2_e), D(exponent_shift));
  const D n = without_shift(shifted, D(exponent_shift));
  const D r = fnmadd(n, D(ln2_low), fnmsub(n, D(ln2_high), x));
  return {power_of_two(shifted), fmadd(r * r, horner<expm1_coefficients>(r), r)};
}

/// The low part of -|v|, given that of v.
template <class D, class Low>
SIMDACT_INLINE Low low_of_negative_magnitude([[maybe_unused]] D const& v, Low const& low) noexcept {
  if constexpr (std::is_same_v<Low, D>) {
    return where(v < D(0.0), low, negated(low));
  } else {
    return low;
  }
}

/// y * 2^-128 where `exp_parts(x)` was lifted by 2^128: the last step of a function that is
/// proportional to e^x there, rounding once into the subnormals.
template <class D>
SIMDACT_INLINE D unlift(D const& y, D const& x) noexcept {
  if constexpr (is_wide<D>) {
    return y;
  } else {
    return y * where(x < D(tail_start), D(0x1p-128), D(1.0));
  }
}

/// e^x from its parts.
template <class D>
SIMDACT_INLINE D exp(ExpParts<D> const& e) noexcept {
  return fmadd(e.scale, e.expm1, e.scale);
}

/// 1 + e^x from its parts, with one rounding of each sum.
template <class D>
SIMDACT_INLINE D plus_exp(double c, ExpParts<D> const& e) noexcept {
  return fmadd(e.scale, e.expm1, D(c) + e.scale);
}

/// factor e^(x + low) for x <= 0; some number for x > 0.
template <class D, class Low = Exact>
SIMDACT_INLINE D exp_of_negative(D const& x, double factor, Low const& low = {}) noexcept {
  const D floored = at_least(x, -exp_limit<D>);
  return unlift(exp(exp_parts(floored, low)) * D(factor), floored);
}

/// e^x - 1 from its parts, all bits near 0 kept, the sign of -0 lost.
template <class D>
SIMDACT_INLINE D expm1(ExpParts<D> const& e) noexcept {
  return fmadd(e.scale, e.expm1, e.scale - D(1.0));
}

/// e^(x + low) - 1 for x <= 0, the sign of -0 lost; some number for x > 0.
template <class D, class Low = Exact>
SIMDACT_INLINE D expm1_of_negative(D const& x, Low const& low = {}) noexcept {
  // Below -100 the result is -1 in every precision.
  return expm1(exp_parts(at_least(x, is_wide<D> ? -exp_limit<D> : -100.0), low));
}

}  // namespace simdact::core
