#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../rational.hpp"

// clang-format off

namespace simdact::core {

/// Phi(-t), within 2.6 units.
inline constexpr Rational<4, 5, 2> normal_tail_quotient{
    0x1.5c06cep+2f,
    {0x1.57f10cp+0f, -0x1.908f6ep-1f, 0x1.4c66e4p-3f, -0x1.b3f3dp-7f, 0x1.2c8156p-12f},
    {0x1.e66828p+0f, -0x1.64c47ap-2f, 0x1.ef3aeep-3f, -0x1.0d0974p-6f, 0x1.6f0988p-8f, 0x1.16c4fep-10f}};

}  // namespace simdact::core
