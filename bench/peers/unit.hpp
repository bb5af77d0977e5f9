#pragma once

/// @file
/// Units in the last place, and maxima of errors in which NaN is the worst.

#include <algorithm>
#include <cmath>
#include <limits>

namespace bench {

/// The unit in the last place of a float near |value|.
inline double last_place(double value) {
  constexpr int least_exponent = std::numeric_limits<float>::min_exponent - 1;
  const int exponent = value == 0.0 ? least_exponent : std::max(std::ilogb(value), least_exponent);
  return std::ldexp(1.0, exponent - 23);
}

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
