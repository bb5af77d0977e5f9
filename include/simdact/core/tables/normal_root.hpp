#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include <array>

// clang-format off

namespace simdact::core {

/// (q - q_0)/t, q^4 = 4/Phi(-t), for t in [0, 5.5], within 0.37 units.
inline constexpr std::array normal_root_coefficients =
    {0x1.5784f8p-2f, 0x1.56a034p-3f, 0x1.6a0e32p-5f, 0x1.282174p-7f, 0x1.5fa19ap-9f, -0x1.db930ep-15f,
     0x1.1be1bcp-11f, -0x1.f9edbep-13f, 0x1.6b08bep-14f, -0x1.fc3de4p-17f, 0x1.681e04p-20f};

}  // namespace simdact::core
