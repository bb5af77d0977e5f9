#pragma once

#include "lists.hpp"
#include "table.hpp"

namespace simdact::dispatch::detail {

/// Those of the chosen instruction set. In double the tiers are one.
template <class T, class Accuracy>
SIMDACT_INLINE Kernels<T> const& kernels_of() {
  if constexpr (std::is_same_v<T, double>) {
    return *chosen().doubles;
  } else if constexpr (core::is_fast<T, Accuracy>) {
    return *chosen().fast_floats;
  } else {
    return *chosen().precise_floats;
  }
}

}  // namespace simdact::dispatch::detail
