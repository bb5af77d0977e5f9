#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../rational.hpp"

// clang-format off

namespace simdact::core {

/// tanh(t/2), within 0.064 units.
inline constexpr Rational<2, 3> tanh_of_half_quotient{
    0x1.11a38p+3f,
    {0x1.e66666p-1f, 0x1.cf901cp-6f, 0x1.c80316p-14f},
    {0x1.e66666p+0f, 0x1.b82844p-3f, 0x1.2cb52ep-9f, 0x1.3a68b6p-19f}};

}  // namespace simdact::core
