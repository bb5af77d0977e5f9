#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "wide.hpp"

namespace simdact::core {

/// The sum of coefficient(k) u^k up to k = degree: Horner's rule as it is.
template <class V, class Coefficient>
SIMDACT_INLINE V horner_by(V const& u, std::size_t degree, Coefficient coefficient) noexcept {
  V y = coefficient(degree);
  for (std::size_t k = degree; k-- > 0;)
    y = fmadd(y, u, coefficient(k));
  return y;
}

template <class V, std::size_t N>
SIMDACT_INLINE V horner_by(V const& u, std::array<float, N> const& c) noexcept {
  return horner_by(u, N - 1, [&](std::size_t k) SIMDACT_LAMBDA { return V(c[k]); });
}

/// c(0) + c(1) x + ... + c(N-1) x^(N-1): Horner's rule in x^2 for the even and for the odd powers side
/// by side. One operation more than Horner's rule in x (none where the caller has x^2), and half its
/// latency, which the other registers in flight do not hide.
template <std::size_t N, class D, class Coefficient>
SIMDACT_INLINE D even_and_odd(D const& x, Coefficient c) noexcept {
  const auto of = [&]<std::size_t K>(std::index_sequence<K>)
                      SIMDACT_LAMBDA { return D(c(std::integral_constant<std::size_t, K>{})); };
  const D square = x * x;
  constexpr std::size_t top =
      N - 1 - N % 2;  // of the odd powers; of the even ones: the other of the last two
  D odd = of(std::index_sequence<top>{});
  D even = of(std::index_sequence<(N % 2 == 0 ? top - 1 : top + 1)>{});
  if constexpr (N % 2 == 1)
    even = fmadd(even, square, of(std::index_sequence<top - 1>{}));
  [&]<std::size_t... I>(std::index_sequence<I...>) SIMDACT_LAMBDA {
    ((odd = fmadd(odd, square, of(std::index_sequence<top - 2 - 2 * I>{})),
      even = fmadd(even, square, of(std::index_sequence<top - 3 - 2 * I>{}))),
     ...);
  }
  (std::make_index_sequence<(top - 1) / 2>{});
  return fmadd(odd, x, even);
}

/// Of the coefficients c[k].
template <class D, class T, std::size_t N>
SIMDACT_INLINE D horner(D const& x, std::array<T, N> const& c) noexcept {
  return even_and_odd<N>(x, [&](auto k) SIMDACT_LAMBDA { return c[k]; });
}

/// Of constants: as such they need no load each time, which elements of an array do when registers are short.
template <auto const& c, class D>
SIMDACT_INLINE D horner(D const& x) noexcept {
  return even_and_odd<std::tuple_size_v<std::remove_cvref_t<decltype(c)>>>(
      x, [](auto k) SIMDACT_LAMBDA {
        constexpr auto coefficient = c[k];
        return coefficient;
      });
}

}  // namespace simdact::core
