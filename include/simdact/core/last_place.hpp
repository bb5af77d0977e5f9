#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>

#include "../detail/inline.hpp"

namespace simdact::core {

/// The unit in the last place of a float near |value|.
SIMDACT_INLINE double last_place(double value) {
  constexpr std::uint64_t exponent = 0x7ff0000000000000;
  const auto power = std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) & exponent);
  const double least = (std::numeric_limits<float>::min)();
  return (std::max)(power, least) * std::numeric_limits<float>::epsilon();
}

}  // namespace simdact::core
