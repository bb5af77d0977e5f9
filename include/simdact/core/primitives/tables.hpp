#pragma once

/// @file
/// Look-up in tables.

#include <array>
#include <cstddef>
#include <cstdint>

#include "registers.hpp"

namespace simdact::core {

// pick(table, index, factor): table[index % N] factor, lane by lane, for N a power of two. The product is
// taken before the choice, outside a loop.

template <std::size_t N>
SIMDACT_INLINE float pick(std::array<float, N> const& table, std::uint32_t index,
                          float factor = 1.0f) noexcept {
  return table[index % N] * factor;
}

template <class A, std::size_t N>
SIMDACT_INLINE xsimd::batch<float, A> pick(std::array<float, N> const& table,
                                           xsimd::batch<std::uint32_t, A> const& index,
                                           float factor = 1.0f) noexcept {
  using Float = xsimd::batch<float, A>;
  using R = register_t<float, A>;
  using I = register_t<std::uint32_t, A>;
  const auto entries = [&](std::size_t first) SIMDACT_LAMBDA {
    return R(Float::load_aligned(table.data() + first) * Float(factor));
  };
  if constexpr (N == Float::size && requires(R r, I i) { reg::pick(r, i); }) {
    return reg::pick(entries(0), I(index));
  } else if constexpr (N == 2 * Float::size && requires(R r, I i) { reg::pick(r, r, i); }) {
    return reg::pick(entries(0), entries(N / 2), I(index));
  } else {
    std::array<std::uint32_t, Float::size> at;
    std::array<float, Float::size> lanes;
    index.store_unaligned(at.data());
    for (std::size_t i = 0; i < Float::size; ++i)
      lanes[i] = pick(table, at[i], factor);
    return Float::load_unaligned(lanes.data());
  }
}

// pick_row(rows, index, columns): columns[k] = rows[index % N][k], lane by lane.

template <std::size_t N>
SIMDACT_INLINE void pick_row(std::array<std::array<float, 4>, N> const& rows, std::uint32_t index,
                             std::array<float, 4>& columns) noexcept {
  columns = rows[index % N];
}

template <class A, std::size_t N>
SIMDACT_INLINE void pick_row(std::array<std::array<float, 4>, N> const& rows,
                             xsimd::batch<std::uint32_t, A> const& index,
                             std::array<xsimd::batch<float, A>, 4>& columns) noexcept {
  using Float = xsimd::batch<float, A>;
  using R = register_t<float, A>;
  std::array<std::uint32_t, Float::size> at;
  index.store_unaligned(at.data());
  if constexpr (Float::size == 4 && requires(R r) { reg::transpose(r, r, r, r); }) {
    const auto row = [&](std::size_t i) SIMDACT_LAMBDA {
      return R(Float::load_unaligned(rows[at[i] % N].data()));
    };
    R a = row(0), b = row(1), c = row(2), d = row(3);
    reg::transpose(a, b, c, d);
    columns = {Float(a), Float(b), Float(c), Float(d)};
  } else {
    for (std::size_t k = 0; k < 4; ++k) {
      std::array<float, Float::size> lanes;
      for (std::size_t i = 0; i < Float::size; ++i)
        lanes[i] = rows[at[i] % N][k];
      columns[k] = Float::load_unaligned(lanes.data());
    }
  }
}

}  // namespace simdact::core
