#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include <array>

// clang-format off

namespace simdact::core {

/// 4 - 4 t phi(t)/Phi(-t) for t in [0, 5.5], within 0.48 units.
inline constexpr std::array normal_slope_coefficients =
    {0x1.000002p+2f, -0x1.98856ap+1f, -0x1.45e5f8p+1f, -0x1.c04e8ap-2f, 0x1.490038p-4f, -0x1.e2993ep-9f,
     -0x1.266942p-9f, 0x1.260566p-11f, -0x1.6f992p-15f};

}  // namespace simdact::core
