#pragma once

// Written by tests/tables: change the curve there, not the numbers here.

#include "../piecewise.hpp"

// clang-format off

namespace simdact::core {

/// 1/(1 + e^v) with GELUTanh's v = 2 u(t), for t >= 0, within 1.5 units.
inline constexpr Piecewise<16, 4, Centre::shared> gelu_tanh_table{
    0x1.01b366p+1f, 20, 0x1.67264cp+2f, 0x1.4p+1f,
    {},
    {{{0x1.53299ep-2f, 0x1.bb8e76p-5f, -0x1.7b2c46p-5f, -0x1.89578ep-5f, -0x1.76b79p-6f, -0x1.f50af2p-9f,
     0x1.ff4e9cp-9f, 0x1.7bcec6p-8f, 0x1.8b6b8ap-8f, 0x1.8b6cdp-8f, 0x1.7f790cp-8f, 0x1.228a84p-8f,
     0x1.0b9e9cp-9f, 0x1.0b8452p-11f, 0x1.15b806p-14f, 0x0p+0f},
     {0x1.00f8cp-1f, 0x1.bb60bep-7f, -0x1.78535ap-3f, -0x1.7d39a4p-3f, -0x1.e87b36p-4f, -0x1.e4cec8p-5f,
     -0x1.dbf56p-6f, -0x1.3d845cp-6f, -0x1.2052eap-6f, -0x1.203284p-6f, -0x1.0a8888p-6f, -0x1.5a1d6cp-7f,
     -0x1.0658cep-8f, -0x1.b2c05ep-11f, -0x1.7d74b6p-14f, 0x0p+0f},
     {0x1.2454ecp-2f, -0x1.3343c4p-5f, -0x1.76a186p-3f, -0x1.7821ep-3f, -0x1.de9eb6p-4f, -0x1.75f89cp-5f,
     -0x1.79f28ep-10f, 0x1.1922d2p-6f, 0x1.6c770ep-6f, 0x1.6be7f6p-6f, 0x1.2ef274p-6f, 0x1.40126ap-7f,
     0x1.86d0fp-9f, 0x1.0a51eep-11f, 0x1.89cd2ep-15f, 0x0p+0f},
     {0x1.093a6ap-7f, -0x1.63f0fcp-4f, -0x1.1398c2p-3f, -0x1.1327ccp-3f, -0x1.acae82p-4f, -0x1.12c1aap-4f,
     -0x1.389fb6p-5f, -0x1.6b64b8p-6f, -0x1.fefc3ep-7f, -0x1.ebd23ap-7f, -0x1.4c5a82p-7f, -0x1.0f0d84p-8f,
     -0x1.05aadp-10f, -0x1.2357ccp-13f, -0x1.6a103p-17f, 0x0p+0f},
     {-0x1.890168p-8f, -0x1.0e018ap-6f, -0x1.6e1382p-6f, -0x1.6c6de6p-6f, -0x1.1b3c78p-6f, -0x1.423f46p-7f,
     -0x1.646a26p-9f, 0x1.422014p-9f, 0x1.776912p-8f, 0x1.37d14ap-8f, 0x1.264074p-9f, 0x1.611648p-11f,
     0x1.0952e4p-13f, 0x1.dff608p-17f, 0x1.f42a4ap-21f, 0x0p+0f}}}};

}  // namespace simdact::core
