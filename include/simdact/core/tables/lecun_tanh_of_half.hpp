#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../rational.hpp"

// clang-format off

namespace simdact::core {

/// 1.7159 tanh(t/3), within 0.13 units.
inline constexpr Rational<2, 3> lecun_tanh_of_half_quotient{
    0x1.871dc8p+3f,
    {0x1.f9293cp-1f, 0x1.ab71p-7f, 0x1.73b1a8p-16f},
    {0x1.b999ap+0f, 0x1.631a8ap-4f, 0x1.ae19cp-12f, 0x1.8bacccp-23f}};

}  // namespace simdact::core
