#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../rational.hpp"

// clang-format off

namespace simdact::core {

/// log(1 + e^-t) up to t = 17.5, within 0.28 units.
inline constexpr Rational<5, 6> softplus_tail_quotient{
    0x1.18p+4f,
    {0x1.62e66p-1f, -0x1.b769f8p-3f, 0x1.bfa408p-6f, -0x1.d34c7cp-10f, 0x1.f1e14p-15f, -0x1.af54bcp-21f},
    {0x1.000194p+0f, 0x1.a5b4dep-2f, 0x1.3fcec8p-3f, 0x1.24d25ap-5f, 0x1.5f0ebcp-8f, 0x1.66a2c4p-12f,
     0x1.5e06dcp-14f}};

}  // namespace simdact::core
