#pragma once

#include "exp.hpp"

namespace simdact::core {

/// A derivative near its zero: (v - root) quotient(v - root) where |v - root| < width. The kernels'
/// own form there is a difference of terms near 1: enough for a float, not for a double.
///
/// Quotients fitted by weighted least squares at Chebyshev nodes with 60 digits, rounded to double
/// from the top coefficient down, the lower ones fitted anew after each rounding: relative error below
/// 1.1e-16.
template <std::size_t N>
struct Crossing {
  double root_high;
  double root_low;
  double width;
  std::array<double, N> quotient;
};

template <std::size_t N>
Crossing(double, double, double, std::array<double, N>) -> Crossing<N>;

/// The derivative at v + low: by the polynomial near its zero, `elsewhere` in all other lanes.
template <class D, class Low, std::size_t N>
SIMDACT_INLINE D through_zero(D const& v, [[maybe_unused]] Low const& low,
                              [[maybe_unused]] Crossing<N> const& crossing,
                              D const& elsewhere) noexcept {
  if constexpr (is_wide<D>) {
    return elsewhere;
  } else {
    D distance = (v - D(crossing.root_high)) - D(crossing.root_low);
    if constexpr (std::is_same_v<Low, D>)
      distance = distance + low;
    const D nearby = distance * horner(distance, crossing.quotient);
    return where(magnitude(distance) < D(crossing.width), nearby, elsewhere);
  }
}

/// d/dv [v/(1 + e^-v)], zero at -1.27846...; degree 12.
inline constexpr Crossing silu_crossing{
    -0x1.474973c84120bp+0, -0x1.f8d74bc9ac154p-54, 0.25,
    std::array{0x1.be1410460527fp-3, 0x1.2c563458cc0adp-3, 0x1.353eb573ca464p-6,
               -0x1.f2d0e32bc3030p-7, -0x1.b0f82c499358fp-8, 0x1.098e92c61777ep-13,
               0x1.a2a7cafc8f7fap-11, 0x1.8574ce6b04883p-13, -0x1.5723b16a44d22p-15,
               -0x1.f2d64a7e4754ap-16, -0x1.8abcf0f550539p-19, 0x1.39fb364a7833fp-19,
               0x1.c33aa55690b8bp-21}};

/// GELUTanh'(x), zero at -0.75246...; degree 14.
inline constexpr Crossing gelu_tanh_crossing{
    -0x1.81429f9e97e4dp-1, 0x1.4f523ed77dbdcp-55, 0.375,
    std::array{0x1.b8bacd2c96b91p-2, 0x1.8cd1a2b2fff22p-2, -0x1.029615edb0364p-6,
               -0x1.d2b7734642cb6p-4, -0x1.104a83edd97b1p-6, 0x1.427996d7065dep-6,
               0x1.58c9ed7d8ac1dp-8, -0x1.3d8d5ea6c6cd0p-9, -0x1.e63f2d408a27ep-11,
               0x1.14bc913f9d664p-12, 0x1.04930af06d23cp-13, -0x1.245cff2bd54e1p-15,
               -0x1.0b35ccc6ef46bp-16, 0x1.6baff6b5399cfp-18, 0x1.2f55cdadbeea2p-19}};

/// Mish'(x), zero at -1.19243...; degree 14.
inline constexpr Crossing mish_crossing{
    -0x1.31432c0d12d84p+0, -0x1.bf319154da210p-55, 0.375,
    std::array{0x1.115acb42500bbp-2, 0x1.a34a251d8ad7bp-3, 0x1.574f121a86885p-5,
               -0x1.4c222fe64d33dp-6, -0x1.03369d4ac2b85p-6, -0x1.b87ddfb554195p-9,
               0x1.1e5e18336e6b0p-10, 0x1.0379918ddb436p-10, 0x1.0a795ecf2e679p-12,
               -0x1.5fffac38833ddp-15, -0x1.d45861f84f8bep-15, -0x1.223c7317b2179p-16,
               0x1.01ffc6e5ac4d7p-20, 0x1.86f58cd17298fp-19, 0x1.0a22157fa4fa3p-20}};

}  // namespace simdact::core
