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

  /// c logistic(v) before its division: c where v >= 0, else c e^v, with one rounding less than
  /// through the exponential itself.
  SIMDACT_INLINE D numerator(D const& c) const noexcept {
    return where(v < D(0.0), fmadd(c, decay.expm1, c) * decay.scale, c);
  }

  SIMDACT_INLINE D value() const noexcept { return toward_half(numerator(D(1.0)) / denominator); }

  /// c logistic(v), for functions with c = x: see half_line. In double the division comes last, which
  /// saves a rounding.
  SIMDACT_INLINE D times(D const& c) const noexcept {
    if constexpr (is_wide<D>) {
      return half_line(c, value());
    } else {
      return numerator(c) / denominator;
    }
  }

  /// The logistic's derivative e^-|v|/(1 + e^-|v|)^2, even in v.
  SIMDACT_INLINE D derivative() const noexcept {
    return unlift(exp(decay) / (denominator * denominator), floored);
  }

  /// d/dx [x logistic(v(x))], given 1 + x v'(x) = high + low: with s = logistic(v),
  /// s (1 + x v' (1 - s)). Written over one denominator, the exact terms joined first and the small
  /// ones last: the zero crossing keeps its bits.
  template <class Low = Exact>
  SIMDACT_INLINE D gate_derivative(D const& high, Low const& low = {}) const noexcept {
    // Keeps infinity out of inf * 0; long before, the gate is closed or open.
    const D finite = at_most(at_least(high, -1e4), 1e4);
    const auto negative = v < D(0.0);
    D whole = finite;
    D small = D(0.0);
    if constexpr (std::is_same_v<Low, D>) {
      whole = finite + low;
      small = where(negative, low, D(0.0));
    }
    const D factor = where(negative, D(1.0), whole);
    const D large = fmadd(decay.scale, factor, where(negative, finite, D(1.0)));
    const D sum = large + fmadd(decay.scale * decay.expm1, factor, small);
    return unlift(numerator(sum) / (denominator * denominator), v);
  }

  /// y moved by 2^-52 toward 1/2 where |v| < 2^-12, for functions with y = 1/2 + c v - d v^3 + ...,
  /// c a power of two, d > 0. There 1/2 + c v often lies exactly between two floats, and the cube that
  /// decides is too small for a double.
  SIMDACT_INLINE D toward_half(D const& y) const noexcept {
    if constexpr (is_wide<D>) {
      return where(D(-0x1p-12) < floored, y - with_sign_of(D(0x1p-52), v), y);
    } else {
      return y;
    }
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
  const D finite = at_least(core::widen(x), exp_floor<D>);
  const D y = logistic.times(finite);
  return with_sign_of(narrow<V>(unlift(y, logistic.v)), x);
}

}  // namespace simdact::core
