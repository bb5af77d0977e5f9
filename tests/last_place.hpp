#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

/// The unit in the last place of a float near |value|.
inline double last_place(double value) {
  constexpr int least_exponent = std::numeric_limits<float>::min_exponent - 1;
  const int exponent = value == 0.0 ? least_exponent : std::max(std::ilogb(value), least_exponent);
  return std::ldexp(1.0, exponent - (std::numeric_limits<float>::digits - 1));
}
