#pragma once

#include "../detail/inline.hpp"

namespace simdact::core {

/// The derivative of a function on [begin, end], begin < 0 < end, by differences of sixth order. All their
/// points are on that side of x on which neither an end is near nor 0, where a kink may be. The derivative
/// at 0 is the left one.
template <class Function>
struct OneSidedDifference {
  Function const& f;
  double begin;
  double end;

  SIMDACT_INLINE double operator()(double x) const {
    const double far_off = x > 0.0 ? end : begin;
    // Small enough for the remainder, h^6/7 f^(7), and large enough for the rounding of f, 3e-15 f/h.
    const double step = 0x1p-15 * (x / far_off < 0.5 ? far_off : -far_off);
    return (-147.0 * f(x) + 360.0 * f(x + step) - 450.0 * f(x + 2.0 * step) +
            400.0 * f(x + 3.0 * step) - 225.0 * f(x + 4.0 * step) + 72.0 * f(x + 5.0 * step) -
            10.0 * f(x + 6.0 * step)) /
           (60.0 * step);
  }
};

}  // namespace simdact::core
