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

}  // namespace simdact::core
