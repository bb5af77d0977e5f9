#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include <array>

// clang-format off

namespace simdact::core {

/// (log(1 + z) - z)/z^2 for z in [0, 1], within 0.64 units.
inline constexpr std::array log1p_coefficients =
    {-0x1.ffef1p-2f, 0x1.542884p-2f, -0x1.ef8f4cp-3f, 0x1.5beebep-3f, -0x1.8fe9b8p-4f, 0x1.320bdep-5f,
     -0x1.b9f74ep-8f};

}  // namespace simdact::core
