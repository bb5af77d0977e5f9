#pragma once

#include "exp.hpp"

namespace simdact::core {

/// The logistic function 1/(1 + e^-(v + low)) and what is built on it, from e^-|v|, which never
/// overflows. In double lanes `value` is still lifted where v < tail_start.
template <class D>
struct Logistic {
  D v;
  D floored;          // -|v|, clamped
  ExpParts<D> decay;  // e^-|v|
  D denominator;      // 1 + e^-|v|

  template <class Low = Exact>
  SIMDACT_INLINE explicit Logistic(D const& argument, Low const& low = {}) noexcept
      : v(argument),
        floored(at_least(negated(magnitude(v)), exp_floor<D>)),
        decay(exp_parts(floored, low_of_negative_magnitude(v, low))),
        denominator(plus_exp(1.0, decay)) {}

  /// 1 where v >= 0, else e^v: the logistic's numerator over `denominator`.
  SIMDACT_INLINE D numerator() const noexcept { return where(v < D(0.0), exp(decay), D(1.0)); }

  SIMDACT_INLINE D value() const noexcept { return numerator() / denominator; }

  /// The logistic's derivative e^-|v|/(1 + e^-|v|)^2, even in v.
  SIMDACT_INLINE D derivative() const noexcept {
    return unlift(exp(decay) / (denominator * denominator), floored);
  }

  /// d/dx [x logistic(v(x))], given slope = x v'(x): with s = logistic(v), s (1 + slope (1 - s)).
  /// Written over one denominator, the exact terms joined first: the zero crossing keeps its bits.
  SIMDACT_INLINE D gate_derivative(D const& slope) const noexcept {
    // Beyond exp_floor the gate is closed or open; clamping keeps infinity out of inf * 0.
    const D finite_slope = at_most(at_least(slope, exp_floor<D>), -exp_floor<D>);
    const auto negative = v < D(0.0);
    const D one_plus_slope = D(1.0) + finite_slope;
    const D constant = where(negative, one_plus_slope, D(1.0));
    const D factor = where(negative, D(1.0), one_plus_slope);
    const D sum = fmadd(decay.scale * decay.expm1, factor, fmadd(decay.scale, factor, constant));
    return unlift(numerator() * sum / (denominator * denominator), v);
  }
};

template <class D, class Low>
Logistic(D const&, Low const&) -> Logistic<D>;
template <class D>
Logistic(D const&) -> Logistic<D>;

/// x logistic(v): the forward of every gate of this family. x is clamped where the gate has closed,
/// so that -inf * 0 is -0.
template <class V, class D>
SIMDACT_INLINE V logistic_gate(V const& x, Logistic<D> const& logistic) noexcept {
  const D finite = at_least(widen(x), exp_floor<D>);
  const D y = half_line_product(finite, logistic.value());
  return with_sign_of(narrow<V>(unlift(y, logistic.v)), x);
}

}  // namespace simdact::core
