#pragma once

/// @file
/// How a row-major matrix is walked by an algorithm that has something of its own for each column.

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include "../core/wide.hpp"
#include "../detail/loop.hpp"

namespace simdact::detail {

/// At most this many columns are walked down together. What they gather stays in the first-level cache
/// until the last row, and their part of a row is long enough to come from memory as in one array. A strip
/// as narrow as a few registers would touch another page in every row, for a line or two of each.
inline constexpr std::size_t column_block = 256;

/// A matrix whose short rows are joined, several to one of at most `column_block` lanes, so that a row of
/// three elements does not take a whole batch. A lane is a column, or one of several that share it.
struct JoinedRows {
  std::size_t size;      // of the matrix
  std::size_t features;  // columns
  std::size_t length;    // of a joined row: a multiple of features; the last row may be shorter

  SIMDACT_INLINE JoinedRows(std::size_t rows, std::size_t columns) noexcept
      : size(rows * columns), features(columns), length(0) {
    if (columns != 0)
      length = columns * std::max<std::size_t>(1, (std::min)(rows, column_block / columns));
  }

  /// Calls block(first, lanes) for every `most` lanes of a joined row.
  template <class Block>
  SIMDACT_INLINE void for_each_block(Block block, std::size_t most = column_block) const noexcept {
    for (std::size_t first = 0; first < length; first += most)
      block(first, (std::min)(most, length - first));
  }

  /// Calls segment(i, n) for every joined row: its part in `lanes` lanes from `first` on is the n elements
  /// of the matrix from i on.
  template <class Segment>
  SIMDACT_INLINE void walk_down(std::size_t first, std::size_t lanes,
                                Segment segment) const noexcept {
    for (std::size_t i = first; i < size; i += length)
      segment(i, (std::min)(lanes, size - i));
  }

  /// Calls join(k, lane) for each of a block's lanes that shares column k with lane k.
  template <class Join>
  SIMDACT_INLINE void for_each_shared(std::size_t lanes, Join join) const noexcept {
    for (std::size_t lane = features; lane < lanes; ++lane)
      join(lane % features, lane);
  }
};

/// sums[k] += terms[k], lane by lane.
template <class D>
SIMDACT_INLINE void add_lanes(D const& terms, double* sums) noexcept {
  if constexpr (core::is_wide<D>) {
    constexpr std::size_t width = lane_count<std::remove_cvref_t<decltype(terms.part[0])>>;
    terms.for_each_part([&](auto part)
                            SIMDACT_LAMBDA { add_lanes(terms.part[part], sums + part * width); });
  } else {
    store(load<D>(sums) + terms, sums);
  }
}

/// sums[k] += terms[k] of n elements, where `sums` has room for whole batches. The terms come from memory:
/// no compiler can fuse their own last product with the sum in one place and not in another.
template <class Arch, class T>
SIMDACT_INLINE void add_to_sums(T const* terms, std::size_t n, double* sums) noexcept {
  using V = Lanes<T, Arch>;
  constexpr std::size_t width = lane_count<V>;
  static_assert(column_block % width == 0);
  std::size_t k = 0;
  for (; k + width <= n; k += width)
    add_lanes(core::widen(load<V>(terms + k)), sums + k);
  if (k < n)
    add_lanes(core::widen(core::load_first(V(T(0)), terms + k, n - k)), sums + k);
}

}  // namespace simdact::detail
