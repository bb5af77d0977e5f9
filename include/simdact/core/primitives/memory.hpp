#pragma once

/// @file
/// Parts of a batch, stores past the caches.

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "arithmetic.hpp"

namespace simdact::core {

// load_first(padding, from, count): `count` lanes from memory, the others of `padding`.
// store_first(x, to, count): `count` lanes to memory. count is at most the width.

/// Has the target instructions for a part of a register?
template <class V>
inline constexpr bool accesses_parts = false;
template <class T, class A>
inline constexpr bool accesses_parts<xsimd::batch<T, A>> = requires(register_t<T, A> r,
                                                                    T const* from) {
  reg::load_first(r, from, std::size_t{1});
};

template <class T>
  requires std::is_floating_point_v<T> SIMDACT_INLINE T load_first(T padding, Same<T> const* from,
                                                                   std::size_t count)
noexcept { return count == 0 ? padding : *from; }

template <class T>
requires std::is_floating_point_v<T> SIMDACT_INLINE void store_first(T x, Same<T>* to,
                                                                     std::size_t count) noexcept {
  if (count != 0)
    *to = x;
}

template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> load_first(xsimd::batch<T, A> const& padding, Same<T> const* from,
                                             std::size_t count) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::load_first(r, from, count); }) {
    return reg::load_first(R(padding), from, count);
  } else {
    std::array<T, xsimd::batch<T, A>::size> lanes;
    padding.store_unaligned(lanes.data());
    for (std::size_t i = 0; i < lanes.size(); ++i) {  // of a length that the compiler knows
      if (i < count)
        lanes[i] = from[i];
    }
    return xsimd::batch<T, A>::load_unaligned(lanes.data());
  }
}

template <class T, class A>
SIMDACT_INLINE void store_first(xsimd::batch<T, A> const& x, Same<T>* to,
                                std::size_t count) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::store_first(r, to, count); }) {
    reg::store_first(R(x), to, count);
  } else {
    std::array<T, xsimd::batch<T, A>::size> lanes;
    x.store_unaligned(lanes.data());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      if (i < count)
        to[i] = lanes[i];
    }
  }
}

// stream(x, to): a store to an aligned place that goes past the caches, where the target has one;
// order_streams(): stores after it are seen after those before.

template <class T>
requires std::is_floating_point_v<T> SIMDACT_INLINE void stream(T x, Same<T>* to) noexcept {
  *to = x;
}

template <class T, class A>
SIMDACT_INLINE void stream(xsimd::batch<T, A> const& x, Same<T>* to) noexcept {
  using R = register_t<T, A>;
  if constexpr (requires(R r) { reg::stream(r, to); }) {
    reg::stream(R(x), to);
  } else {
    x.store_aligned(to);
  }
}

SIMDACT_INLINE void order_streams() noexcept {
#if defined(__SSE2__)
  reg::order_streams();
#endif
}

/// Asks for the memory `bytes` behind `from`, which may lie behind the array's end.
template <class T>
SIMDACT_INLINE void fetch_ahead([[maybe_unused]] T const* from,
                                [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(__GNUC__)
  __builtin_prefetch(reinterpret_cast<char const*>(reinterpret_cast<std::uintptr_t>(from) + bytes));
#endif
}

}  // namespace simdact::core
