#pragma once

#include "exp.hpp"
#include "two.hpp"

namespace simdact::core {

/// e^(x + low) = scale (1 + expm1 + tail) for doubles, with an error of about 2^-55 of it: `ExpParts`
/// and what its last rounding has cost. For x in [-exp_limit, 709]; NaN gives NaN in `expm1`. As there,
/// scale is 2^128 times too large where x < tail_start, or everywhere.
template <class D, Lifted lifted = Lifted::tail>
struct DoubleExp {
  D scale;
  D expm1;
  D tail;

  template <class Low = Exact>
  SIMDACT_INLINE explicit DoubleExp(D const& x, Low const& low = {}) noexcept {
    const auto reduced = reduce<lifted>(x, low);
    scale = reduced.scale;
    const D square = reduced.r * reduced.r;
    const D rest = horner<expm1_coefficients>(reduced.r);
    expm1 = fmadd(square, rest, reduced.r);
    tail = fmadd(square, rest, reduced.r - expm1);
  }

  /// e^(x + low).
  SIMDACT_INLINE Two<D> value() const noexcept {
    const D high = fmadd(scale, expm1, scale);
    const D low = fmadd(scale, expm1, scale - high);
    return {high, fmadd(scale, tail, low)};
  }

  /// e^(x + low) - 1 for x <= 0, all bits near 0 kept, the sign of -0 lost.
  SIMDACT_INLINE Two<D> minus_one() const noexcept {
    const auto sum = fast_two_sum(scale - D(1.0), scale * expm1);
    return {sum.high, fmadd(scale, tail, sum.low)};
  }
};

/// `expm1_of_negative`, for doubles as `Two`.
template <class D, class Low = Exact>
SIMDACT_INLINE auto expm1_with_low(D const& x, Low const& low = {}) noexcept {
  if constexpr (is_wide<D>) {
    return expm1_of_negative(x, low);
  } else {
    return DoubleExp<D>(at_least(x, -100.0), low).minus_one();
  }
}

// A result of expm1_with_low times a parameter, or times the product of two.

/// Near 0, parameter x often lies exactly between two floats, and x^2/2, which decides, is too small for
/// a double: a parameter a last place smaller decides likewise. 1 has no such ties.
template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> times(Wide<D, N> const& x, double parameter) noexcept {
  const double less = 0x1p-53 * double(parameter != 1.0);  // a branch would stand in the loop
  return x * Wide<D, N>(parameter * (1.0 - less));
}

template <class D>
SIMDACT_INLINE D times(Two<D> const& x, double parameter) noexcept {
  return rounded_product(D(parameter), x);
}

template <class D, std::size_t N>
SIMDACT_INLINE Wide<D, N> times_product(Wide<D, N> const& x, double a, double b) noexcept {
  return x * Wide<D, N>(a * b);
}

template <class D>
SIMDACT_INLINE D times_product(Two<D> const& x, double a, double b) noexcept {
  const auto p = exact_product(a, b);
  return rounded_product(Two<D>{D(p.high), D(p.low)}, x);
}

}  // namespace simdact::core
