#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../rational.hpp"

// clang-format off

namespace simdact::core {

/// s - 1/2 + t v' s (1 - s), within 1.4 units.
inline constexpr Rational<5, 6> centred_gelu_tanh_slope_quotient{
    0x1.5faee8p+2f,
    {0x1.98846p-1f, -0x1.9236fep-5f, 0x1.b82638p-7f, -0x1.3a093cp-12f, 0x1.fcccbep-16f, -0x1.54e2cp-23f},
    {0x1.000008p+0f, 0x1.1803bp-2f, 0x1.03c156p-5f, 0x1.ca8138p-10f, 0x1.d4ea3p-14f, 0x1.409012p-18f,
     -0x1.4d843cp-25f}};

}  // namespace simdact::core
