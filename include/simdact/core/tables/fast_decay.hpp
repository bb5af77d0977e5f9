#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include <array>

// clang-format off

namespace simdact::core {

/// (e^r - 1 - r)/r^2 for |r| <= ln(2)/2, within 0.87 units.
inline constexpr std::array fast_decay_coefficients =
    {0x1.fffdfap-2f, 0x1.5557a6p-3f, 0x1.572a7p-5f, 0x1.106778p-7f};

}  // namespace simdact::core
