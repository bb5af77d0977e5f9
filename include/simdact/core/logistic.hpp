#pragma once

#include "double_logistic.hpp"
#include "wide_logistic.hpp"

namespace simdact::core {

/// The logistic function s of v + low, |v| at most exp_limit, and what is built on it:
/// value() = s, times(c) = c s, derivative() = s', derivative_times_square(c) = c^2 s', and
/// gate_derivative(h) = d/dx [x s(v(x))], h = 1 + x v'(x).
template <class D, class Low = Exact>
SIMDACT_INLINE auto logistic(D const& v, [[maybe_unused]] Low const& low = {}) noexcept {
  if constexpr (is_wide<D>) {
    return WideLogistic<D>(v);
  } else {
    return DoubleLogistic<D>(v, low);
  }
}

}  // namespace simdact::core
