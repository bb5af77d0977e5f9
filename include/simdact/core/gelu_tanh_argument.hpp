#pragma once

#include "exact_product.hpp"

namespace simdact::core {

/// v = 2 sqrt(2/pi) (x + 0.044715 x^3) as high + low, and 1 + x v'(x) likewise, for GELUTanh.
template <class D>
struct GELUTanhArgument {
  D high;
  D low;
  D one_plus_slope;
  D one_plus_slope_low;
};

/// e^v magnifies the absolute error of v, which reaches 750 in double: every rounding on the way is
/// carried into `low`. x is clamped to +-30, where the gate is closed or open in every precision.
template <class D>
SIMDACT_INLINE GELUTanhArgument<D> gelu_tanh_argument(D const& input) noexcept {
  // 2 sqrt(2/pi) and 2 sqrt(2/pi) 0.044715, each as the sum of two doubles.
  constexpr double linear = 0x1.9884533d43651p0;
  constexpr double linear_low = -0x1.cbc0d30ebfd15p-54;
  constexpr double cubic = 0x1.2444f2a4d8b4bp-4;
  constexpr double cubic_low = -0x1.6c843a29d1c7p-61;
  const D x = at_most(at_least(input, -30.0), 30.0);
  const auto square = exact_product(x, x);
  const auto term = exact_product(square.high, cubic);
  const D factor = D(linear) + term.high;
  // Knuth's two-sum: what the addition above rounded away.
  const D virtual_term = factor - D(linear);
  const D lost = (D(linear) - (factor - virtual_term)) + (term.high - virtual_term);
  const D small = fmadd(square.low, D(cubic), fmadd(square.high, D(cubic_low), term.low));
  const D factor_low = lost + (small + D(linear_low));
  const auto v = exact_product(x, factor);
  const D low = fmadd(x, factor_low, v.low);
  return {v.high, low, D(1.0) + v.high, fmadd(x + x, term.high, low)};
}

}  // namespace simdact::core
