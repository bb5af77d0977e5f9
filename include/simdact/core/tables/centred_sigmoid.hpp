#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../rational.hpp"

// clang-format off

namespace simdact::core {

/// 1/(1 + e^-t) - 1/2, within 1.1 units.
inline constexpr Rational<3, 4> centred_sigmoid_quotient{
    0x1.f4cc4p+3f,
    {0x1p-2f, 0x1.07cb24p-7f, 0x1.7c7786p-15f, 0x1.6e2cf2p-25f},
    {0x1p+0f, 0x1.d93a7ap-4f, 0x1.82f2ccp-10f, 0x1.e647d8p-19f, 0x1.ed120cp-31f}};

}  // namespace simdact::core
