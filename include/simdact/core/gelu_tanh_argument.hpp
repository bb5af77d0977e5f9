#pragma once

#include "exp.hpp"
#include "two.hpp"

namespace simdact::core {

/// v = 2 sqrt(2/pi) (x + 0.044715 x^3) as high + low, and 1 + x v'(x) likewise, for GELUTanh.
template <class D, class Low>
struct GELUTanhArgument {
  D high;
  Low low;
  D one_plus_slope;
  Low one_plus_slope_low;
};

/// Beyond +-this the gate is closed or open.
template <class X>
inline constexpr double gelu_tanh_limit = for_floats<X> ? 12.0 : 21.75;

/// For |x| up to gelu_tanh_limit. In double precision every rounding on the way is carried into `low`:
/// e^v magnifies the absolute error of v, which reaches 770.
template <class D>
SIMDACT_INLINE auto gelu_tanh_argument(D const& x) noexcept {
  // 2 sqrt(2/pi) and 2 sqrt(2/pi) 0.044715, each as the sum of two doubles.
  constexpr double linear = 0x1.9884533d43651p0;
  constexpr double linear_low = -0x1.cbc0d30ebfd15p-54;
  constexpr double cubic = 0x1.2444f2a4d8b4bp-4;
  constexpr double cubic_low = -0x1.6c843a29d1c7p-61;
  if constexpr (is_wide<D>) {
    const D square = x * x;
    const D v = x * fmadd(square, D(cubic), D(linear));
    // 1 - 1.2 where the derivative crosses zero: the large terms first, without error.
    const D one_plus_linear = fmadd(x, D(linear_low), fmadd(x, D(linear), D(1.0)));
    return GELUTanhArgument<D, Exact>{
        v, {}, fmadd(x * square, D(3.0 * cubic), one_plus_linear), {}};
  } else {
    const auto square = exact_product(x, x);
    const auto term = exact_product(square.high, cubic);
    const auto factor = two_sum(D(linear), term.high);
    const D little = fmadd(square.low, D(cubic), fmadd(square.high, D(cubic_low), term.low));
    const D factor_low = factor.low + (little + D(linear_low));
    const auto v = exact_product(x, factor.high);
    const D low = fmadd(x, factor_low, v.low);
    const auto high = fast_two_sum(D(1.0), v.high);
    return GELUTanhArgument<D, D>{v.high, low, high.high, fmadd(x + x, term.high, low + high.low)};
  }
}

}  // namespace simdact::core
