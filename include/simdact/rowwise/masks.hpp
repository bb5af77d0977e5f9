#pragma once

/// @file
/// Which logits of a row softmax and its kin see. What a mask hides is as if its logit were -inf (of Softmin
/// +inf): it has probability 0, log-probability -inf and gradient 0, whatever stands there, even NaN. A row
/// of which nothing is seen is one of nothing but -inf: NaN, or zeros with `MaskedRow::zero`.

#include <cstdint>

#include "../detail/check.hpp"
#include "row.hpp"

namespace simdact {

/// A number for each logit, added after the temperature: e^(x_i/T + m_i), as in scaled dot-product attention,
/// where the temperature is the root of the width of a head and biases of the position are in the units of
/// the scaled scores. -inf hides the logit, 0 leaves it as it is.
///
/// values: as many as logits, or a row of them for all rows.
/// Source: Vaswani et al., "Attention is all you need", 2017; PyTorch, `scaled_dot_product_attention`.
template <class T = float>
struct AdditiveMask {
  std::span<T const> values;
};

/// Row r of each block sees the columns up to r + offset: a query sees the keys up to its own place. What is
/// hidden is not read.
///
/// offset: how many keys come before the first query, such as those of a cache; default 0.
/// rows: how many rows a block has, such as the queries of one head of one sequence; 0, the default: all.
struct CausalMask {
  std::size_t offset = 0;
  std::size_t rows = 0;

  /// How many columns of `row_length` are seen from the row.
  SIMDACT_INLINE std::size_t seen(std::size_t row, std::size_t row_length) const noexcept {
    const std::size_t place = rows == 0 ? row : row % rows;
    return offset >= row_length ? row_length : (std::min)(row_length, place + 1 + offset);
  }
};

/// Row r sees its first lengths[r] columns, as many as a padded sequence has tokens. What is hidden is not
/// read.
///
/// lengths: one for each row, in [0, row_length].
struct ValidLength {
  std::span<std::int32_t const> lengths;

  SIMDACT_INLINE std::size_t seen(std::size_t row, std::size_t) const noexcept {
    return static_cast<std::size_t>(lengths[row]);
  }
};

namespace detail {

/// A mask that hides the last columns of a row.
template <class M>
concept HidesColumns = requires(M const& mask) {
  mask.seen(std::size_t{}, std::size_t{});
};

template <class Arch>
[[noreturn]] void throw_blocks(std::size_t rows, std::size_t block) {
  fail<Arch>("the number of rows is ", rows, ", but must be a multiple of the mask's rows ", block);
}

template <class Arch>
[[noreturn]] void throw_valid_length(std::size_t row, std::int32_t length, std::size_t row_length) {
  fail<Arch>("lengths[", row, "] is ", length, ", but must be in [0, ", row_length, "]");
}

template <class Arch>
[[noreturn]] void throw_mask_length(std::size_t length, std::size_t row_length, std::size_t all) {
  fail<Arch>("mask has length ", length, ", but must have that of a row, ", row_length,
             ", or of logits, ", all);
}

// require_mask(mask, rows, row_length, out, name): throws unless the mask suits the rows, and is apart from
// what is written.

template <class Arch, class T>
SIMDACT_INLINE void require_mask(CausalMask const& mask, std::size_t rows, std::size_t,
                                 std::span<T>, std::string_view) {
  if (mask.rows != 0 && rows % mask.rows != 0)
    throw_blocks<Arch>(rows, mask.rows);
}

template <class Arch, class T>
SIMDACT_INLINE void require_mask(ValidLength const& mask, std::size_t rows, std::size_t row_length,
                                 std::span<T> out, std::string_view name) {
  require_one_a_row<Arch>(mask.lengths, "lengths", rows);
  for (std::size_t r = 0; r < rows; ++r) {
    if (mask.lengths[r] < 0 || static_cast<std::size_t>(mask.lengths[r]) > row_length)
      throw_valid_length<Arch>(r, mask.lengths[r], row_length);
  }
  require_apart<Arch>(out, name, mask.lengths, "lengths");
}

/// One of the very same memory is allowed, unless all rows share it.
template <class Arch, class T>
SIMDACT_INLINE void require_mask(AdditiveMask<T> const& mask, std::size_t rows,
                                 std::size_t row_length, std::span<T> out, std::string_view name) {
  const std::size_t all = rows * row_length;
  if (mask.values.size() != all && mask.values.size() != row_length)
    throw_mask_length<Arch>(mask.values.size(), row_length, all);
  require_same_or_apart<Arch>(out, name, mask.values, "mask");
}

}  // namespace detail

}  // namespace simdact
