#pragma once

#include "primitives.hpp"

namespace simdact::core {

/// value, but NaN where x is NaN: a derivative that is a constant must not hide a NaN in its input.
template <class V>
SIMDACT_INLINE V nan_or(V const& x, Same<V> const& value) noexcept {
  return where(x == x, value, x);
}

}  // namespace simdact::core
