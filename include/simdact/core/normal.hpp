#pragma once

#include "double_normal.hpp"

namespace simdact::core {

/// The normal distribution's left tail, at t = |x|, over its common factor e^(-t^2/2): no
/// cancellation, so that a tail keeps its relative accuracy until it underflows. In double lanes for
/// floats.
template <class D>
struct WideNormalTail {
  D t;
  D inverse;  // 1/(t + 4)
  D u;
  D exponent;          // -t^2/2
  ExpParts<D> factor;  // e^(-t^2/2)

  /// Where e^(-t^2/2) has vanished in a float.
  static constexpr double t_max = 16.0;

  SIMDACT_INLINE explicit WideNormalTail(D const& x) noexcept
      : t(at_most(magnitude(x), t_max)),
        inverse(D(1.0) / (t + D(4.0))),
        u((t - D(4.0)) * inverse),
        exponent(t * t * D(-0.5)),  // t has 24 bits: exact
        factor(exp_parts(exponent)) {}

  /// Phi(-t).
  SIMDACT_INLINE D cumulative() const noexcept {
    return times_factor(horner<cumulative_coefficients>(u) * inverse);
  }

  /// Phi(-t) - t phi(t) = e^(-t^2/2) (r - t) H(u).
  SIMDACT_INLINE D cumulative_minus_t_density() const noexcept {
    const D distance = (D(density_root_high) - t) + D(density_root_low);
    return times_factor(distance * horner<density_coefficients>(u));
  }

 private:
  /// q e^(-t^2/2), with one rounding less than through the exponential itself.
  SIMDACT_INLINE D times_factor(D const& q) const noexcept {
    return fmadd(q, factor.expm1, q) * factor.scale;
  }
};

/// The normal distribution's left tail at -|x|.
template <class D>
SIMDACT_INLINE auto normal_tail(D const& x) noexcept {
  if constexpr (is_wide<D>) {
    return WideNormalTail<D>(x);
  } else {
    return DoubleNormalTail<D>(x);
  }
}

}  // namespace simdact::core
