#pragma once

/// @file
/// Errors in a unit, and their maxima, in which NaN is the worst.

#include <cmath>

namespace bench {

/// |y - exact| in `unit`; none where both overflow alike.
inline double error_in(double unit, float y, long double exact) {
  if (y == static_cast<float>(exact) && std::isinf(y))
    return 0;
  return static_cast<double>(std::fabs(y - exact)) / unit;
}

inline void raise(double& maximum, double error) {
  if (std::isnan(error) || error > maximum)
    maximum = error;
}

}  // namespace bench
