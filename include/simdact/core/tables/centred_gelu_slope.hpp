#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../rational.hpp"

// clang-format off

namespace simdact::core {

/// Phi(t) - 1/2 + t phi(t), within 1.1 units.
inline constexpr Rational<5, 5> centred_gelu_slope_quotient{
    0x1.76e98ep+2f,
    {0x1.98846p-1f, -0x1.f7dbe6p-6f, 0x1.d1a17cp-7f, 0x1.929b58p-16f, 0x1.2cc26cp-15f, 0x1.9a0ebcp-23f},
    {0x1.000008p+0f, 0x1.2dde74p-2f, 0x1.506004p-5f, 0x1.ce7d92p-9f, 0x1.95b70cp-13f, 0x1.2a47fp-17f}};

}  // namespace simdact::core
