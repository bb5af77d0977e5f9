#pragma once

#include "double_exp.hpp"
#include "exception.hpp"

namespace simdact::core {

/// (2 atanh(s) - 2s)/s^3 in s^2, for s in [0, 1/3], degree 9: relative error of 2 atanh(s) 7.1e-18.
/// Fitted by least squares at Chebyshev nodes with 60 digits, rounded to double from the top coefficient
/// down, the lower ones fitted anew after each rounding.
inline constexpr std::array atanh_coefficients = {
    0x1.5555555555555p-1, 0x1.999999999a3cep-2, 0x1.24924923d5271p-2, 0x1.c71c7270a73b1p-3,
    0x1.745cf0ccb3f88p-3, 0x1.3b18afcb77a3ap-3, 0x1.10ac9fc6feb1dp-3, 0x1.eb8d800ada846p-4,
    0x1.6887fa2e91cdep-4, 0x1.4afcd62301917p-3};

/// log(1 + e^(x + low)) = max(x, 0) + 2 atanh(z/(2 + z)), z = e^-|x|, for every x.
template <class D, class Low = Exact>
SIMDACT_INLINE D softplus(D const& x, Low const& low = {}) noexcept {
  const D floored = at_least(negative_magnitude(x), -exp_limit<D>);
  const Low floored_low = low_of_negative_magnitude(x, low);
  if constexpr (is_wide<D>) {
    const auto decay = exp_parts(floored, floored_low);
    const D s = exp(decay) / plus_exp(2.0, decay);
    const D square = s * s;
    const D linear = fmadd(s, D(2.0), at_least(x, 0.0));
    return fmadd(square * s, horner<atanh_coefficients>(square), linear);
  } else {
    const auto decay = DoubleExp<D>(floored, floored_low).value();
    const auto s = product(decay, reciprocal(plus(2.0, decay)));
    const D square = s.high * s.high;
    const D linear = fmadd(s.high, D(2.0), at_least(x, 0.0));
    const D twice_low = s.low + s.low;
    const D rest = fmadd(square * s.high, horner<atanh_coefficients>(square), twice_low);
    return unlift(linear + rest, x);
  }
}

/// The derivative of softplus in floats, from the exponential that the function takes; near 0 moved as in
/// `WideLogistic::value`. Dearer than the logistic function, unless both are wanted, and of the same bits.
template <class V>
SIMDACT_INLINE V softplus_slope(V const& x) noexcept {
  using D = working_t<V>;
  constexpr double nearly_one = 1.0 - 0x1p-51;
  const D d = core::widen(x);
  const auto decay = exp_parts(at_least(negative_magnitude(d), -exp_limit<D>));
  const D y = where(d < D(0.0), exp(decay), D(nearly_one)) / plus_exp(nearly_one, decay);
  return exception(x, narrow<V>(y), -0x1.2082ep-3f, 0x1.dbfeep-2f);
}

}  // namespace simdact::core
