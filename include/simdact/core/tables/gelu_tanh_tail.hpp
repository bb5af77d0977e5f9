#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../rational.hpp"

// clang-format off

namespace simdact::core {

/// 1/(1 + e^v) with GELUTanh's v = 2 u(t), within 2.1 units.
inline constexpr Rational<4, 5, 2> gelu_tanh_tail_quotient{
    0x1.476156p+2f,
    {0x1.57f10cp+0f, -0x1.f038d8p-1f, 0x1.0e1528p-2f, -0x1.0630ap-5f, 0x1.7d93cep-10f},
    {0x1.e66828p+0f, -0x1.39ab64p-1f, 0x1.1e941ep-2f, -0x1.9455e6p-5f, 0x1.a492bap-8f, 0x1.df384ep-13f}};

}  // namespace simdact::core
