#pragma once

#include "exp.hpp"

namespace simdact::core {

/// The logistic function s = 1/(1 + e^-v) and what is built on it, in double lanes for floats: e^-v
/// overflows nowhere, so that the plain formulas serve both signs. The order of the last operations was
/// chosen by sweeping all floats.
template <class D>
struct WideLogistic {
  D v;
  D decay;        // e^-v
  D denominator;  // 1 + e^-v

  SIMDACT_INLINE explicit WideLogistic(D const& argument) noexcept
      : WideLogistic(argument, exp_parts_of_opposite(argument)) {}

  /// s, moved in its last bit toward 1/2. Near 0 it is 1/2 + v/4 - v^3/48, of which the first two terms
  /// often lie exactly between two floats, and the cube that decides is too small for a double.
  SIMDACT_INLINE D value() const noexcept {
    return where(v < D(0.0), D(1.0 + 0x1p-52), D(1.0 - 0x1p-52)) / denominator;
  }

  /// c s, for functions with c s = c/2 + (something positive) near 0; see half_line.
  SIMDACT_INLINE D times(D const& c) const noexcept { return (c + D(0x1p-175)) / denominator; }

  /// ds/dv, even in v.
  SIMDACT_INLINE D derivative() const noexcept { return decay / (denominator * denominator); }

  /// c^2 ds/dv.
  SIMDACT_INLINE D derivative_times_square(D const& c) const noexcept {
    return (c * c) * derivative();
  }

  /// d/dx [x s(v(x))] = s (1 + x v' (1 - s)), given 1 + x v'.
  SIMDACT_INLINE D gate_derivative(D const& one_plus_slope, Exact = {}) const noexcept {
    return past_midpoint(v, gate_derivative_without_ties(one_plus_slope));
  }

  /// The same where 1/2 + x v'(x)/2 near 0 never lies exactly between two floats.
  SIMDACT_INLINE D gate_derivative_without_ties(D const& one_plus_slope) const noexcept {
    return fmadd(decay, one_plus_slope, D(1.0)) / (denominator * denominator);
  }

 private:
  SIMDACT_INLINE WideLogistic(D const& argument, ExpParts<D> const& e) noexcept
      : v(argument), decay(exp(e)), denominator(plus_exp(1.0, e)) {}
};

}  // namespace simdact::core
