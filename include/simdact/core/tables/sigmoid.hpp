#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../piecewise.hpp"

// clang-format off

namespace simdact::core {

/// 1/(1 + e^-t) - 1/2, for t >= 0, within 2.8 units.
inline constexpr Piecewise<16, 4> sigmoid_table{
    0x1.867e98p+0f, 21, 0x1.379816p+4f, 0x0p+0f,
    {},
    {{{0x1.067604p-13f, -0x1.0aa196p-10f, -0x1.a2946ep-7f, -0x1.482efap-5f, -0x1.35234cp-4f, -0x1.4a4a9cp-5f,
     0x1.4c4db2p-4f, 0x1.bb1b9ap-3f, 0x1.70f228p-2f, 0x1.d3e0bep-2f, 0x1.f42cfep-2f, 0x1.fd20d2p-2f,
     0x1.ffa514p-2f, 0x1p-1f, 0x0p+0f, 0x1.f97db2p-18f},
     {0x1.fde8aep-3f, 0x1.03309ap-2f, 0x1.233ffp-2f, 0x1.5bf67cp-2f, 0x1.9613ccp-2f, 0x1.6f6484p-2f,
     0x1.001556p-2f, 0x1.344c32p-3f, 0x1.01d77ap-4f, 0x1.05d914p-6f, 0x1.dba99p-9f, 0x1.906842p-11f,
     0x1.4ab4fep-14f, 0x0p+0f, 0x1.ffffdp-3f, 0x1.ffc2aep-3f},
     {0x1.b9fbb8p-9f, -0x1.205deep-9f, -0x1.138d62p-5f, -0x1.3701ecp-4f, -0x1.c332b6p-4f, -0x1.84fed4p-4f,
     -0x1.de5a08p-5f, -0x1.f9b7ccp-6f, -0x1.62f6ap-7f, -0x1.26abcep-9f, -0x1.c3e5bep-12f, -0x1.48e85cp-14f,
     -0x1.c428e2p-18f, 0x0p+0f, 0x1.06dc22p-16f, 0x1.783ceap-11f},
     {-0x1.b31638p-6f, -0x1.7d03cp-6f, -0x1.2bb5c2p-7f, 0x1.585d5cp-8f, 0x1.d9d3dp-7f, 0x1.81314ap-7f,
     0x1.9afb0ep-8f, 0x1.79cfbp-9f, 0x1.b8e2acp-11f, 0x1.298fd2p-13f, 0x1.801d28p-16f, 0x1.e29ae2p-19f,
     0x1.134e9cp-22f, 0x0p+0f, -0x1.58cc5cp-6f, -0x1.791dc6p-6f},
     {0x1.50b77p-8f, 0x1.216816p-8f, 0x1.09c51p-9f, 0x1.7f6a32p-13f, -0x1.8894fep-11f, -0x1.2a35fap-11f,
     -0x1.104ab4p-12f, -0x1.aff1cap-14f, -0x1.9fb9dap-16f, -0x1.c65068p-19f, -0x1.ec7f6ap-22f, -0x1.0aa79ap-24f,
     -0x1.f7b17cp-29f, 0x0p+0f, 0x1.278c7ep-10f, 0x1.b43a1p-9f}}}};

}  // namespace simdact::core
