#pragma once

/// @file
/// The one loop that every elementwise algorithm walks: whole batches, then the tail padded to a
/// batch of its own and sent through the same code, so that a value never depends on its position.

#include <algorithm>
#include <array>
#include <cstddef>

#include <xsimd/xsimd.hpp>

#include "inline.hpp"

namespace simdact::detail {

/// What a loop works on at a time: a batch, or a scalar where xsimd knows no SIMD for the target.
#if defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
template <class T, class Arch>
using Lanes = T;
#else
template <class T, class Arch>
using Lanes = xsimd::batch<T, Arch>;
#endif

template <class V>
inline constexpr std::size_t lane_count = 1;
template <class T, class A>
inline constexpr std::size_t lane_count<xsimd::batch<T, A>> = xsimd::batch<T, A>::size;

template <class V, class T>
SIMDACT_INLINE V load(T const* from) noexcept {
  if constexpr (lane_count<V> == 1) {
    return *from;
  } else {
    return V::load_unaligned(from);
  }
}

template <class V, class T>
SIMDACT_INLINE void store(V const& x, T* to) noexcept {
  if constexpr (lane_count<V> == 1) {
    *to = x;
  } else {
    x.store_unaligned(to);
  }
}

/// The first `count` lanes from memory, the others `padding`; count is below the width.
template <class V, class T>
SIMDACT_INLINE V load_first(T const* from, std::size_t count, T padding) noexcept {
  std::array<T, lane_count<V>> lanes;
  lanes.fill(padding);
  std::copy_n(from, count, lanes.data());
  return load<V>(lanes.data());
}

/// Stores the first `count` lanes; count is below the width.
template <class V, class T>
SIMDACT_INLINE void store_first(V const& x, T* to, std::size_t count) noexcept {
  std::array<T, lane_count<V>> lanes;
  store(x, lanes.data());
  std::copy_n(lanes.data(), count, to);
}

/// Calls `kernel(std::array<V, In>) -> std::array<V, Out>` on every lane of n elements. The
/// architecture is a template parameter, so that translation units compiled for different ones never
/// share a copy.
template <class Arch, class T, std::size_t In, std::size_t Out, class Kernel>
void loop(std::size_t n, std::array<T const*, In> in, std::array<T*, Out> out,
          Kernel kernel) noexcept {
  using V = Lanes<T, Arch>;
  constexpr std::size_t width = lane_count<V>;

  const std::size_t body = n - n % width;
  for (std::size_t i = 0; i < body; i += width) {
    std::array<V, In> x;
    for (std::size_t k = 0; k < In; ++k)
      x[k] = load<V>(in[k] + i);
    const std::array<V, Out> y = kernel(x);
    for (std::size_t k = 0; k < Out; ++k)
      store(y[k], out[k] + i);
  }
  if (body == n)
    return;
  std::array<V, In> x;
  for (std::size_t k = 0; k < In; ++k)
    x[k] = load_first<V>(in[k] + body, n - body, T(0));
  const std::array<V, Out> y = kernel(x);
  for (std::size_t k = 0; k < Out; ++k)
    store_first(y[k], out[k] + body, n - body);
}

}  // namespace simdact::detail
