#pragma once

#include "exact_product.hpp"
#include "exp.hpp"
#include "quotient.hpp"

namespace simdact::core {

/// high + low: an argument scaled by a parameter, to twice the precision, since e^argument magnifies
/// its absolute error. For floats one double holds it.
template <class D, class Low>
struct ScaledArgument {
  D high;
  Low low;
};

/// The low part, but 0 where the argument is so large, or a parameter so extreme, that the error-free
/// transform has overflowed: the high part alone decides there.
template <class D>
SIMDACT_INLINE D low_where_it_counts(D const& low) noexcept {
  return where(magnitude(low) < D(1.0), low, D(0.0));
}

/// x * parameter.
template <class D>
SIMDACT_INLINE auto product(D const& x, double parameter) noexcept {
  if constexpr (is_wide<D>) {
    return ScaledArgument<D, Exact>{x * D(parameter), {}};  // 24 by 24 bits: exact
  } else {
    const auto p = exact_product(x, D(parameter));
    return ScaledArgument<D, D>{p.high, low_where_it_counts(p.low)};
  }
}

/// x / parameter.
template <class D>
SIMDACT_INLINE auto quotient(D const& x, double parameter) noexcept {
  const D high = divided_by(x, parameter);
  if constexpr (is_wide<D>) {
    return ScaledArgument<D, Exact>{high, {}};
  } else {
    const auto back = exact_product(high, D(parameter));
    const D low = ((x - back.high) - back.low) / D(parameter);
    return ScaledArgument<D, D>{high, low_where_it_counts(low)};
  }
}

}  // namespace simdact::core
