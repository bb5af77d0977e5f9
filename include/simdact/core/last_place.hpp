#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "../detail/inline.hpp"

namespace simdact::core {

/// The unit in the last place of a float near |value|.
SIMDACT_INLINE double last_place(double value) {
  constexpr std::uint64_t exponent = 0x7ff0000000000000;
  const auto power = std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) & exponent);
  constexpr double least = 0x1p-126, epsilon = 0x1p-23;  // of normal floats
  return (std::max)(power, least) * epsilon;
}

}  // namespace simdact::core
