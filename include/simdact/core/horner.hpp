#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "wide.hpp"

namespace simdact::core {

/// c[0] + c[1] x + ... + c[N-1] x^(N-1), by Horner's rule: the fewest operations, and the latency
/// hides behind the other registers in flight.
template <class D, std::size_t N>
SIMDACT_INLINE D horner(D const& x, std::array<double, N> const& c) noexcept {
  D p = D(c[N - 1]);
  [&]<std::size_t... I>(std::index_sequence<I...>) SIMDACT_LAMBDA {
    ((p = fmadd(p, x, D(c[N - 2 - I]))), ...);
  }
  (std::make_index_sequence<N - 1>{});
  return p;
}

}  // namespace simdact::core
