#pragma once

#include "exact_product.hpp"
#include "exp.hpp"

namespace simdact::core {

/// The normal distribution's left tail, at t = |x|, over its common factor e^(-t^2/2): no
/// cancellation, so that a tail keeps its relative accuracy until it underflows.
///
/// Both polynomials are in u = (t - 4)/(t + 4), which maps [0, 39.5] to [-1, 0.816]; beyond 39.5 the
/// factor underflows in double. Fitted by weighted least squares at Chebyshev nodes with 60 digits,
/// rounded to double from the top coefficient down, the lower ones fitted anew after each rounding.
template <class D>
struct NormalTail {
  D t;
  D inverse;  // 1/(t + 4)
  D u;
  D exponent;          // -t^2/2, rounded
  ExpParts<D> factor;  // e^(-t^2/2)

  /// Where e^(-t^2/2) has vanished in the result's type.
  static constexpr double t_max = is_wide<D> ? 16.0 : 39.4;

  SIMDACT_INLINE explicit NormalTail(D const& x) noexcept
      : t(at_most(magnitude(x), t_max)), inverse(D(1.0) / (t + D(4.0))), u((t - D(4.0)) * inverse) {
    if constexpr (is_wide<D>) {
      exponent = t * t * D(-0.5);  // t has 24 bits: exact
      factor = exp_parts(exponent);
    } else {
      const auto square = exact_product(t, t);
      exponent = square.high * D(-0.5);
      factor = exp_parts(exponent, square.low * D(-0.5));
    }
  }

  /// Phi(-t): relative error of the polynomial 7.7e-17.
  SIMDACT_INLINE D cumulative() const noexcept {
    constexpr std::array c = {
        0x1.82b4bb8c94dcep-1,   -0x1.373e3a893c28ap-1,  0x1.8c6dbf2cfc30ep-2,
        -0x1.7dff2bff68446p-3,  0x1.eec4cc3e43a3ep-5,   -0x1.ee2761044a90bp-8,
        -0x1.c81719c8aea09p-9,  0x1.ab825fb494ebdp-10,  0x1.17a4a596d7e5fp-13,
        -0x1.e4a422b42e554p-13, -0x1.0010877b24465p-19, 0x1.26d076fe5703ap-15,
        0x1.7fd390b5abb5ep-21,  -0x1.8d4aee71eb4d1p-18, -0x1.4fa0a60756c09p-21,
        0x1.125cc75f01ca7p-20,  0x1.1b92ae4b2e136p-22,  -0x1.50de014b1306bp-23,
        -0x1.4bab59f2554edp-24, 0x1.1751ebd8de988p-26,  0x1.f80fd192346d0p-27,
        -0x1.b2865c13ff2f5p-32, -0x1.4fb48b3b01cf5p-30};
    return times_factor(horner(u, c) * inverse);
  }

  /// Phi(-t) - t phi(t) = e^(-t^2/2) (r - t) H(u), with its zero r = 0.75179... in two parts:
  /// relative error of H 2.1e-17.
  SIMDACT_INLINE D cumulative_minus_t_density() const noexcept {
    constexpr double root_high = 0x1.80ead197f00b4p-1;
    constexpr double root_low = -0x1.13e74c58cada8p-56;
    constexpr std::array c = {
        0x1.d94de78425463p-2,   -0x1.a763001ac67d7p-4,  0x1.ef4ff80137956p-5,
        -0x1.cc1e2623d9b96p-6,  0x1.37754d816f001p-7,   -0x1.d4c822298db29p-10,
        -0x1.443f63f0588d2p-13, 0x1.85999bb76a6c3p-13,  -0x1.25380e488a8f3p-16,
        -0x1.2e93645428011p-16, 0x1.dafb63575afcap-19,  0x1.2983616e0727cp-19,
        -0x1.0838262c8d58cp-21, -0x1.76d353130eea3p-22, 0x1.c2007ca608906p-25,
        0x1.0d4bd505798bep-24,  -0x1.c4e8eec5e4befp-31, -0x1.6e8e5c570ca52p-27,
        -0x1.aeb6559403cc5p-30, 0x1.4def6b921ff01p-30,  0x1.8b07de7812a1dp-32,
        -0x1.5bce3137aee12p-37};
    const D distance = (D(root_high) - t) + D(root_low);
    return times_factor(distance * horner(u, c));
  }

 private:
  /// q e^(-t^2/2), with one rounding less than through the exponential itself.
  SIMDACT_INLINE D times_factor(D const& q) const noexcept {
    return fmadd(q, factor.expm1, q) * factor.scale;
  }
};

}  // namespace simdact::core
