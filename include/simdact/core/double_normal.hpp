#pragma once

#include "double_exp.hpp"
#include "normal_coefficients.hpp"

namespace simdact::core {

/// `NormalTail` for doubles. Near the left end an error of u grows fivefold, so that u stands for
/// another t than the one given: both polynomials are taken to that t, u's own, and moved by the
/// difference along their derivatives, which the functions' differential equations give.
template <class D>
struct DoubleNormalTail {
  D t;
  D u;            // (t - 4)/(t + 4), rounded
  Two<D> rest;    // 1 - u: 8/(t + 4) at u's own t
  D difference;   // t minus u's own
  D exponent;     // -t^2/2, rounded
  Two<D> factor;  // e^(-t^2/2)

  /// Where e^(-t^2/2) has vanished.
  static constexpr double t_max = 39.4;

  SIMDACT_INLINE explicit DoubleNormalTail(D const& x) noexcept : t(at_most(magnitude(x), t_max)) {
    const D above = t - D(4.0);
    const D below = t + D(4.0);
    // What the two have rounded away, exact whichever term is the larger: t and 4 are then both
    // multiples of the last place of the sum.
    const D above_back = above + D(4.0);
    const D below_back = below - D(4.0);
    const D above_low = t - above_back;
    const D below_low = t - below_back;
    u = above / below;
    rest = fast_two_sum(D(1.0), negated(u));
    difference = (below * D(0.125)) * (residual(u, below, above) + fnmadd(u, below_low, above_low));
    const auto square = exact_product(t, t);
    exponent = square.high * D(-0.5);
    factor = DoubleExp<D>(exponent, square.low * D(-0.5)).value();
  }

  /// Phi(-t) = g e^(-t^2/2), g = c(u) (1 - u)/8, g' = t g - 1/sqrt(2 pi).
  SIMDACT_INLINE Two<D> cumulative() const noexcept {
    constexpr auto c = eighth_from<2>(cumulative_coefficients);
    const auto linear =
        step(horner(u, c), 0.125 * cumulative_coefficients[1], D(0.125 * cumulative_linear_low));
    const D low = fmadd(u, linear.low, D(0.125 * cumulative_constant_low));
    const auto g = product(step(linear.high, 0.125 * cumulative_coefficients[0], low), rest);
    const D slope = fmadd(t, g.high, D(-inverse_sqrt_2pi));
    const Two<D> moved{g.high, fmadd(slope, difference, g.low)};
    return product(moved, factor);
  }

  /// Phi(-t) - t phi(t) = L e^(-t^2/2), L = (r - t) H(u), L' = t L + (t^2 - 2)/sqrt(2 pi).
  SIMDACT_INLINE D cumulative_minus_t_density() const noexcept {
    const auto from_root = two_sum(D(density_root_high), negated(t));
    const Two<D> distance{from_root.high, from_root.low + D(density_root_low)};
    const auto h = step(horner(u, from<1>(density_coefficients)), density_coefficients[0], D(0.0));
    const auto l = product(distance, h);
    const D curve = fmadd(t, t, D(-2.0)) * D(inverse_sqrt_2pi);
    // (r - t) H(u) with the given t, moved by H + L'.
    const D slope = fmadd(t, l.high, h.high + curve);
    const Two<D> moved{l.high, fmadd(slope, difference, l.low)};
    return rounded_product(moved, factor);
  }

 private:
  /// tail u + c + low, with what the sum rounds away.
  SIMDACT_INLINE Two<D> step(D const& tail, double c, D const& low) const noexcept {
    const D high = fmadd(u, tail, D(c));
    const D lost = fused(u, tail, D(c) - high);
    return {high, lost + low};
  }

  static constexpr double inverse_sqrt_2pi = 0x1.9884533d43651p-2;
};

}  // namespace simdact::core
