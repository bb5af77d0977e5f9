#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "wide.hpp"

namespace simdact::core {

/// c[0] + c[1] x + ... + c[N-1] x^(N-1): Horner's rule in x^2 for the even and for the odd powers side
/// by side. One operation more than Horner's rule in x (none where the caller has x^2), and half its
/// latency, which the other registers in flight do not hide.
template <class D, class T, std::size_t N>
SIMDACT_INLINE D horner(D const& x, std::array<T, N> const& c) noexcept {
  const D square = x * x;
  constexpr std::size_t top =
      N - 1 - N % 2;  // of the odd powers; of the even ones: the other of the last two
  D odd = D(c[top]);
  D even = D(c[N % 2 == 0 ? top - 1 : top + 1]);
  if constexpr (N % 2 == 1)
    even = fmadd(even, square, D(c[top - 1]));
  [&]<std::size_t... I>(std::index_sequence<I...>) SIMDACT_LAMBDA {
    ((odd = fmadd(odd, square, D(c[top - 2 - 2 * I])),
      even = fmadd(even, square, D(c[top - 3 - 2 * I]))),
     ...);
  }
  (std::make_index_sequence<(top - 1) / 2>{});
  return fmadd(odd, x, even);
}

}  // namespace simdact::core
