#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../piecewise.hpp"

// clang-format off

namespace simdact::core {

/// Phi(-t), for t >= 0, within 1.5 units.
inline constexpr Piecewise<16, 4, Centre::shared> gelu_table{
    0x1.01cd46p+1f, 20, 0x1.67195cp+2f, 0x1.4p+1f,
    {},
    {{{0x1.53639ep-2f, 0x1.e640e4p-5f, -0x1.5667ep-5f, -0x1.7a5d8ap-5f, -0x1.7407dep-6f, -0x1.03df7ap-8f,
     0x1.0299cep-8f, 0x1.861d0ep-8f, 0x1.96f39ap-8f, 0x1.96f4fap-8f, 0x1.8acac4p-8f, 0x1.3327a6p-8f,
     0x1.42b7a6p-9f, 0x1.bc326p-11f, 0x1.99f39p-13f, 0x0p+0f},
     {0x1.024f24p-1f, 0x1.99f11ep-6f, -0x1.63c014p-3f, -0x1.750e7p-3f, -0x1.ea271p-4f, -0x1.f00882p-5f,
     -0x1.e66fa4p-6f, -0x1.3ea9fap-6f, -0x1.1f3eacp-6f, -0x1.1f1d12p-6f, -0x1.08e962p-6f, -0x1.60db26p-7f,
     -0x1.321606p-8f, -0x1.5ecdf6p-10f, -0x1.12c6ep-12f, 0x0p+0f},
     {0x1.2753cap-2f, -0x1.d585ccp-6f, -0x1.66b85cp-3f, -0x1.72d486p-3f, -0x1.e5e1d6p-4f, -0x1.8dc9cep-5f,
     -0x1.adb118p-9f, 0x1.0ce218p-6f, 0x1.6656bp-6f, 0x1.659aaep-6f, 0x1.269822p-6f, 0x1.3d8efp-7f,
     0x1.bbdb44p-9f, 0x1.a360dp-11f, 0x1.15938ep-13f, 0x0p+0f},
     {0x1.2eaf36p-7f, -0x1.580e78p-4f, -0x1.0e64acp-3f, -0x1.11fd16p-3f, -0x1.b23cbcp-4f, -0x1.1ac056p-4f,
     -0x1.42e1b2p-5f, -0x1.70ace2p-6f, -0x1.fa6508p-7f, -0x1.e6250ap-7f, -0x1.3fa1b4p-7f, -0x1.07a206p-8f,
     -0x1.22ba7ap-10f, -0x1.c12be6p-13f, -0x1.f495c8p-16f, 0x0p+0f},
     {-0x1.7f214p-8f, -0x1.08542ep-6f, -0x1.6923ccp-6f, -0x1.6c1b38p-6f, -0x1.202572p-6f, -0x1.4fead4p-7f,
     -0x1.848d56p-9f, 0x1.493994p-9f, 0x1.892da6p-8f, 0x1.3ae2dp-8f, 0x1.19fd9cp-9f, 0x1.528dbcp-11f,
     0x1.218fc8p-13f, 0x1.6b442p-16f, 0x1.53c85ep-19f, 0x0p+0f}}}};

}  // namespace simdact::core
