#pragma once

/// @file
/// The one loop that every elementwise algorithm walks: whole batches, then the tail padded to a
/// batch of its own and sent through the same code, so that a value never depends on its position.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "../concepts.hpp"
#include "../core/primitives.hpp"

/// From this size on, in bytes, an output is written past the caches, if it is not one of the inputs:
/// it would not stay there, and its old contents need not be read first. A good choice is the size of
/// the last-level cache.
#if !defined(SIMDACT_STREAMING_BYTES)
#define SIMDACT_STREAMING_BYTES (std::size_t{32} << 20)
#endif

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

// g++ warns of what these two would do in loops that an array of fewer elements than a register has does not reach.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"
#endif

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

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

template <class V>
SIMDACT_INLINE std::array<scalar_of_t<V>, lane_count<V>> lanes_of(V const& x) noexcept {
  std::array<scalar_of_t<V>, lane_count<V>> lanes;
  store(x, lanes.data());
  return lanes;
}

/// f(0), ..., f(N - 1), of constants: arrays that are indexed by a variable, even of a loop that is unrolled
/// later, are memory to g++ 12, whose every element it stores.
template <std::size_t N, class F>
SIMDACT_INLINE void for_each_index(F f) noexcept {
  [&]<std::size_t... K>(std::index_sequence<K...>) SIMDACT_LAMBDA {
    (f(std::integral_constant<std::size_t, K>{}), ...);
  }
  (std::make_index_sequence<N>{});
}

/// Are n elements more than stay in the caches?
template <class T>
SIMDACT_INLINE bool exceed_caches(std::size_t n) noexcept {
  return n >= SIMDACT_STREAMING_BYTES / sizeof(T);
}

/// How many bytes behind a boundary of vectors.
template <class V, class T>
SIMDACT_INLINE std::size_t place(T const* p) noexcept {
  return reinterpret_cast<std::uintptr_t>(p) % sizeof(V);
}

/// Is an output one of the inputs?
template <class V, class T, std::size_t In, std::size_t Out>
SIMDACT_INLINE bool is_in_place(std::array<T const*, In> const& in,
                                std::array<T*, Out> const& out) noexcept {
  for (T const* y : out) {
    for (T const* x : in) {
      if (x == y)
        return true;
    }
  }
  return false;
}

/// Is it worth it, and possible, to write the outputs past the caches? They all must be aligned at the
/// same element.
template <class V, class T, std::size_t In, std::size_t Out>
bool are_streamed(std::size_t n, std::array<T const*, In> const& in,
                  std::array<T*, Out> const& out) noexcept {
  if (lane_count<V> == 1 || Out == 0 || !exceed_caches<T>(n))
    return false;
  for (T const* y : out) {
    if (place<V>(y) != place<V>(out[0]) || place<V>(y) % sizeof(T) != 0)
      return false;
  }
  return !is_in_place<V>(in, out);
}

/// Of one input that is streamed, what lies so many bytes ahead is asked for, a cache line at a time. Two inputs lose
/// by it.
inline constexpr std::size_t fetch_distance = 16384;

/// In elements.
template <class V, class T>
inline constexpr std::size_t cache_line = (std::max)(lane_count<V>, 64 / sizeof(T));

/// A turn of the loop takes so many steps, which clang++ 14 would not make more than one: a short one may take longer to
/// fetch than to do.
#if defined(__AVX512F__)
inline constexpr int steps_at_once = 4;
#else
inline constexpr int steps_at_once = 2;
#endif

/// Where whole batches begin: where the first output is aligned, for a kernel that may see an element twice, or at
/// the first element, for one that gathers something or whose output is read at once.
enum class Batches { aligned, from_start };

/// Calls `kernel(std::array<V, In>) -> std::array<V, Out>` on every lane of n elements, and on lanes of
/// padding behind the last of them or on some elements again; returns it, with what it has gathered.
template <class Arch, class T, std::size_t In, std::size_t Out, Batches Begin = Batches::aligned,
          class Kernel>
SIMDACT_INLINE Kernel walk(std::size_t n, std::array<T const*, In> in, std::array<T*, Out> out,
                           Kernel kernel, T padding) noexcept {
  using V = Lanes<T, Arch>;
  constexpr std::size_t width = lane_count<V>;

  constexpr bool aligned = Out > 0 && Begin == Batches::aligned;
  const bool streamed = aligned && are_streamed<V>(n, in, out);
  // The first output from a boundary on, if that is worth a step more: a store across one takes two.
  const std::size_t past =
      aligned && (streamed || n >= 16 * width) ? place<V>(out[0]) / sizeof(T) : 0;
  const std::size_t head = (width - past) % width;
  const std::size_t tail = n - (n - head) % width;
  const auto step = [&](std::size_t i, auto write) SIMDACT_LAMBDA {
    std::array<V, In> x;
    for_each_index<In>([&](auto k) SIMDACT_LAMBDA { x[k] = load<V>(in[k] + i); });
    const std::array<V, Out> y = kernel(x);
    for_each_index<Out>([&](auto k) SIMDACT_LAMBDA { write(y[k], out[k] + i); });
  };
  // Both ends in one loop, for one copy of the kernel; together with their neighbours, if those are not yet
  // overwritten: to load or store a part of a batch takes longer.
  for (std::size_t i = head == 0 ? tail : 0; i < n; i = i < head ? tail : n) {
    const bool whole = aligned && n >= width && !is_in_place<V>(in, out);
    const std::size_t first = whole ? (std::min)(i, n - width) : i;
    const std::size_t count = i < head ? head : n - i;
    std::array<V, In> x;
    for_each_index<In>([&](auto k) SIMDACT_LAMBDA {
      x[k] = whole ? load<V>(in[k] + first) : core::load_first(V(padding), in[k] + i, count);
    });
    const std::array<V, Out> y = kernel(x);
    for_each_index<Out>([&](auto k) SIMDACT_LAMBDA {
      if (whole) {
        store(y[k], out[k] + first);
      } else {
        core::store_first(y[k], out[k] + i, count);
      }
    });
  }
  const auto write_past_caches = [](V const& y, T* to) SIMDACT_LAMBDA { core::stream(y, to); };
  const auto write = [&](V const& y, T* to) SIMDACT_LAMBDA {
    if (In != 1 && streamed) {
      core::stream(y, to);
    } else {
      store(y, to);
    }
  };
  std::size_t i = head;
  if constexpr (In == 1) {
    constexpr std::size_t line = cache_line<V, T>;
    for (; streamed && tail - i >= line; i += line) {
      core::fetch_ahead(in[0] + i, fetch_distance);
      for (std::size_t l = i; l != i + line; l += width)
        step(l, write_past_caches);
    }
  }
#if defined(__clang__)
#pragma clang loop unroll_count(steps_at_once)
#elif defined(__GNUC__)
#pragma GCC unroll steps_at_once
#endif
  for (; i != tail; i += width)
    step(i, write);
  if (streamed)
    core::order_streams();
  return kernel;
}

/// The same, as a function of its own. The architecture is a template parameter, so that translation units
/// compiled for different ones never share a copy.
template <class Arch, class T, std::size_t In, std::size_t Out, class Kernel>
void loop(std::size_t n, std::array<T const*, In> in, std::array<T*, Out> out,
          Kernel kernel) noexcept {
  walk<Arch, T, In, Out>(n, in, out, kernel, T(0));
}

/// Calls `step(gathered, std::array<V, In>)`, which returns what is gathered then, on every lane of n elements
/// and on lanes of padding, and returns all that was gathered from `start`: in four parts, so that one step
/// need not wait for another.
template <class Arch, class T, std::size_t In, class Step>
SIMDACT_INLINE std::array<Lanes<T, Arch>, 4> gather(std::size_t n, std::array<T const*, In> in,
                                                    T padding, T start, Step step) noexcept {
  using V = Lanes<T, Arch>;
  constexpr std::size_t width = lane_count<V>;
  std::array<V, 4> gathered;
  gathered.fill(V(start));
  std::size_t i = 0;
  for (; i + 4 * width <= n; i += 4 * width) {
    for_each_index<4>([&](auto part) SIMDACT_LAMBDA {
      std::array<V, In> x;
      for_each_index<In>([&](auto k)
                             SIMDACT_LAMBDA { x[k] = load<V>(in[k] + (i + part * width)); });
      gathered[part] = step(gathered[part], x);
    });
  }
  for (; i < n; i += width) {
    std::array<V, In> x;
    for_each_index<In>([&](auto k) SIMDACT_LAMBDA {
      x[k] = core::load_first(V(padding), in[k] + i, (std::min)(width, n - i));
    });
    gathered[0] = step(gathered[0], x);
  }
  return gathered;
}

}  // namespace simdact::detail
