#pragma once

#include "wide.hpp"

namespace simdact::core {

/// y, but `result` where x is `at`: for a float whose exact result lies so near to a midpoint of two
/// floats that a double cannot tell the side. At most two for a function.
template <class V>
SIMDACT_INLINE V exception(V const& x, V const& y, float at, float result) noexcept {
  if constexpr (for_floats<V>) {
    return where(x == V(at), V(result), y);
  } else {
    return y;
  }
}

/// Those of both GELUs' derivatives, which are alike near 0: 1/2 + sqrt(2/pi) x.
template <class V>
SIMDACT_INLINE V gelu_slope_exceptions(V const& x, V const& y) noexcept {
  const V first = exception(x, y, 0x1.40d932p-25f, 0x1.000002p-1f);
  return exception(x, first, -0x1.40d932p-26f, 0x1.fffffep-2f);
}

}  // namespace simdact::core
