#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../piecewise.hpp"

// clang-format off

namespace simdact::core {

/// log(1 + e^-t), for t >= 0, within 3 units.
inline constexpr Piecewise<16, 4> softplus_table{
    0x1.9e655ap+0f, 21, 0x1.3619aap+4f, 0x0p+0f,
    {},
    {{{0x1.62ed46p-1f, 0x1.63c03p-1f, 0x1.6715acp-1f, 0x1.6b0a1cp-1f, 0x1.64bb58p-1f, 0x1.33f842p-1f,
     0x1.cbb5cep-2f, 0x1.334a36p-2f, 0x1.2e2c1ep-3f, 0x1.7677eap-5f, 0x1.93610cp-7f, 0x1.896762p-9f,
     0x1.86df4cp-12f, 0x0p+0f, 0x1.62e43p-1f, 0x1.62e43cp-1f},
     {-0x1.004ca6p-1f, -0x1.03e8f2p-1f, -0x1.0d94d2p-1f, -0x1.16309p-1f, -0x1.0cbf9cp-1f, -0x1.a70d26p-2f,
     -0x1.17877ep-2f, -0x1.4a7f3ep-3f, -0x1.13271cp-4f, -0x1.1824dcp-6f, -0x1.fec1ccp-9f, -0x1.af38ep-11f,
     -0x1.654efap-14f, 0x0p+0f, -0x1p-1f, -0x1.0000fcp-1f},
     {0x1.03e008p-3f, 0x1.1bf13ep-3f, 0x1.465402p-3f, 0x1.6286c2p-3f, 0x1.4d6806p-3f, 0x1.d08018p-4f,
     0x1.0a30c2p-4f, 0x1.12dde2p-5f, 0x1.7ee71ep-7f, 0x1.3e00c8p-9f, 0x1.e8ce62p-12f, 0x1.647a02p-14f,
     0x1.eb21ecp-18f, 0x0p+0f, 0x1.00001cp-3f, 0x1.001feap-3f},
     {-0x1.7662ccp-9f, -0x1.7f25f6p-7f, -0x1.65e136p-6f, -0x1.b83dc4p-6f, -0x1.8e6bccp-6f, -0x1.dd9112p-7f,
     -0x1.d2b17cp-8f, -0x1.a0af4p-9f, -0x1.e0e7p-11f, -0x1.43f95ap-13f, -0x1.a295aep-16f, -0x1.07363p-18f,
     -0x1.2ca2d8p-22f, 0x0p+0f, -0x1.037418p-18f, -0x1.d9897cp-13f},
     {-0x1.bee198p-9f, -0x1.cc7936p-11f, 0x1.0698a6p-10f, 0x1.bb8cfep-10f, 0x1.7dbfe8p-10f, 0x1.7ff794p-11f,
     0x1.3b9c08p-12f, 0x1.e3873p-14f, 0x1.caa34cp-16f, 0x1.f31a26p-19f, 0x1.0e5f1p-21f, 0x1.24c0eep-24f,
     0x1.147e42p-28f, 0x0p+0f, -0x1.53b216p-8f, -0x1.3ee49ep-8f}}}};

}  // namespace simdact::core
