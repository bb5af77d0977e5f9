#pragma once

#include "two.hpp"

namespace simdact::core {

/// ((x - tanh x)/x^3 - 1/3)/x^2 in x^2, for x in [0, 1], degree 14: relative error of x - tanh x 1.6e-17.
/// Sollya: fpminimax((x - tanh(x))/x^3, [|2,4,...,30|], [|D...|], [2^-8; 1.001], floating, relative, 1/3).
inline constexpr std::array tanhshrink_coefficients = {
    -0x1.11111111110d5p-3,  0x1.ba1ba1ba15924p-5,  -0x1.664f488107af5p-6,  0x1.226e351e82bb2p-7,
    -0x1.d6d3c5cf8afeap-9,  0x1.7da2c3ba23a1fp-10, -0x1.3551d84bc26ccp-11, 0x1.f522bf7d85f08p-13,
    -0x1.949e2704f14d6p-14, 0x1.4218ed9e4670ep-15, -0x1.ea555e16e70bep-17, 0x1.4f06f1546f3a9p-18,
    -0x1.72be6bc809d62p-20, 0x1.1b40fb176207bp-22, -0x1.b11cf4c40aedp-26};

/// x - tanh x for x in [0, 1], where the difference would cancel; elsewhere some number.
template <class D>
SIMDACT_INLINE D tanhshrink_near_zero(D const& x) noexcept {
  const D square = x * x;
  const D series = horner<tanhshrink_coefficients>(square);
  if constexpr (is_wide<D>) {
    // x^3/3 often lies exactly between two floats, and -2/15 x^5, which decides, is too small for a double:
    // a factor a last place smaller than 1/3 decides likewise.
    return x * (square * (square * series + D(0x1.5555555555554p-2)));
  } else {
    // A product that no compiler fuses with the sums of the next function.
    const D rest = fmadd(square, series, D(-0.0));
    const auto p = exact_product(x, x);
    const auto cube = product(Two<D>{p.high, p.low}, Two<D>{x, D(0.0)});
    const auto quotient = fast_two_sum(D(0x1.5555555555555p-2), rest);
    return rounded_product(cube, Two<D>{quotient.high, quotient.low + D(0x1.5555555555555p-56)});
  }
}

}  // namespace simdact::core
