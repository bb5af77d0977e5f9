#pragma once

#include "horner.hpp"
#include "primitives.hpp"

namespace simdact::core {

/// e^r - 1 in floats, for |r| <= ln(2)/2.
template <class V>
SIMDACT_INLINE V fast_expm1_of_rest(V const& r) noexcept {
  // (e^r - 1 - r)/r^2: relative error of e^r 4e-9; by least squares, see polynomial_fit.hpp.
  constexpr std::array coefficients = {0x1.fffffcp-2f, 0x1.55549p-3f, 0x1.5558f4p-5f,
                                       0x1.123a4ep-7f, 0x1.6a22dap-10f};
  return fmadd(r * r, horner(r, coefficients), r);
}

/// e^x in floats, for x in [-88.2, 88], within 1.5 ULP but 0 where it is subnormal.
template <class V>
SIMDACT_INLINE V fast_exp(V const& x) noexcept {
  const V shifted = fmadd(x, V(0x1.715476p0f), V(float_exponent_shift));
  const V n = shifted - V(float_exponent_shift);
  // ln 2 in two steps: n times the first, of 17 bits, is exact.
  const V r = fnmadd(n, V(0x1.7f7d1cp-20f), fnmadd(n, V(0x1.62e4p-1f), x));
  const V scale = power_of_two(shifted);
  return fmadd(scale, fast_expm1_of_rest(r), scale);
}

/// e^x - 1 in floats for x <= 0, within 1 ULP; for x > 0 some number.
template <class V>
SIMDACT_INLINE V fast_expm1_of_negative(V const& x) noexcept {
  const V t = at_least(x, -18.0f);  // beyond, -1 is nearest
  const V shifted = fmadd(t, V(0x1.715476p0f), V(float_exponent_shift));
  const V n = shifted - V(float_exponent_shift);
  const V r = fnmadd(n, V(0x1.62e43p-1f), t);  // one step: the larger n, the less e^x counts
  const V scale = power_of_two(shifted);
  return fmadd(scale, fast_expm1_of_rest(r), scale - V(1));
}

}  // namespace simdact::core
