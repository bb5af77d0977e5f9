#pragma once

#include <array>
#include <cstddef>

#include "../detail/inline.hpp"

namespace simdact::core {

// Both polynomials are in u = (t - 4)/(t + 4), which maps [0, 39.5] to [-1, 0.816]; beyond 39.5 the
// factor e^(-t^2/2) underflows in double. Fitted by weighted least squares at Chebyshev nodes with 60
// digits, rounded to double from the top coefficient down, the lower ones fitted anew after each
// rounding.

/// c(u) = (t + 4) Phi(-t) e^(t^2/2): relative error 7.7e-17.
inline constexpr std::array cumulative_coefficients = {
    0x1.82b4bb8c94dcep-1,  -0x1.373e3a893c28ap-1,  0x1.8c6dbf2cfc30ep-2,   -0x1.7dff2bff68446p-3,
    0x1.eec4cc3e43a3ep-5,  -0x1.ee2761044a90bp-8,  -0x1.c81719c8aea09p-9,  0x1.ab825fb494ebdp-10,
    0x1.17a4a596d7e5fp-13, -0x1.e4a422b42e554p-13, -0x1.0010877b24465p-19, 0x1.26d076fe5703ap-15,
    0x1.7fd390b5abb5ep-21, -0x1.8d4aee71eb4d1p-18, -0x1.4fa0a60756c09p-21, 0x1.125cc75f01ca7p-20,
    0x1.1b92ae4b2e136p-22, -0x1.50de014b1306bp-23, -0x1.4bab59f2554edp-24, 0x1.1751ebd8de988p-26,
    0x1.f80fd192346d0p-27, -0x1.b2865c13ff2f5p-32, -0x1.4fb48b3b01cf5p-30};

/// What the first two have lost to rounding, for doubles: with it 2.5e-17.
inline constexpr double cumulative_constant_low = -0x1.518ffebe4e882p-55;
inline constexpr double cumulative_linear_low = 0x1.545a6c9dc905ap-56;

/// H(u) = (Phi(-t) - t phi(t)) e^(t^2/2)/(r - t), r = 0.75179... its zero in two parts: relative
/// error 2.1e-17.
inline constexpr double density_root_high = 0x1.80ead197f00b4p-1;
inline constexpr double density_root_low = -0x1.13e74c58cada8p-56;
inline constexpr std::array density_coefficients = {
    0x1.d94de78425463p-2,   -0x1.a763001ac67d7p-4,  0x1.ef4ff80137956p-5,   -0x1.cc1e2623d9b96p-6,
    0x1.37754d816f001p-7,   -0x1.d4c822298db29p-10, -0x1.443f63f0588d2p-13, 0x1.85999bb76a6c3p-13,
    -0x1.25380e488a8f3p-16, -0x1.2e93645428011p-16, 0x1.dafb63575afcap-19,  0x1.2983616e0727cp-19,
    -0x1.0838262c8d58cp-21, -0x1.76d353130eea3p-22, 0x1.c2007ca608906p-25,  0x1.0d4bd505798bep-24,
    -0x1.c4e8eec5e4befp-31, -0x1.6e8e5c570ca52p-27, -0x1.aeb6559403cc5p-30, 0x1.4def6b921ff01p-30,
    0x1.8b07de7812a1dp-32,  -0x1.5bce3137aee12p-37};

/// c[First], c[First + 1], ...
template <std::size_t First, std::size_t N>
SIMDACT_INLINE constexpr std::array<double, N - First> from(
    std::array<double, N> const& c) noexcept {
  std::array<double, N - First> rest{};
  for (std::size_t i = First; i < N; ++i)
    rest[i - First] = c[i];
  return rest;
}

/// The same, over 8.
template <std::size_t First, std::size_t N>
SIMDACT_INLINE constexpr std::array<double, N - First> eighth_from(
    std::array<double, N> const& c) noexcept {
  auto rest = from<First>(c);
  for (double& coefficient : rest)
    coefficient *= 0.125;
  return rest;
}

}  // namespace simdact::core
