#pragma once

/// @file
/// A bias for each feature and an activation, over the rows of a row-major matrix (rows, features), in one
/// pass. There are as many features as elements of `bias`. Arguments are whatever converts to a span of
/// `value_type`. An output may be the very same memory as an input of its length. No rows and no features
/// are fine. Errors (`std::invalid_argument`, with both lengths in the message, before anything is
/// written): unequal lengths, a length that is not whole rows, memory that overlaps in part. No
/// allocation, no state; to be called from any thread.

#include <span>

#include "columns.hpp"
#include "elementwise.hpp"

namespace simdact {

namespace detail {

/// A row, again and again in `room` if a joined row takes it more than once.
template <class T>
SIMDACT_INLINE T const* repeated(T const* row, JoinedRows const& rows,
                                 std::array<T, column_block>& room) noexcept {
  if (rows.length == rows.features)
    return row;
  for (std::size_t lane = 0; lane < rows.length; ++lane)
    room[lane] = lane < rows.features ? row[lane] : room[lane - rows.features];
  return room.data();
}

template <class Arch, Activation F, class T>
void bias_forward(F const& act, T const* x, T const* bias, T* y, JoinedRows rows) noexcept {
  std::array<T, column_block> room;
  T const* const biases = repeated(bias, rows, room);
  rows.walk_down(
      0, rows.length, [=, f = kernel_of(act)](std::size_t i, std::size_t n) SIMDACT_LAMBDA {
        walk<Arch, T, 2, 1>(
            n, {x + i, biases}, {y + i},
            [&](auto const& in) SIMDACT_LAMBDA { return std::array{f.forward(in[0] + in[1])}; },
            T(0));
      });
}

template <class Arch, Activation F, class T>
void bias_backward(F const& act, T const* x, T const* bias, T const* grad_y, T* grad_x,
                   T* grad_bias, JoinedRows rows) noexcept {
  std::array<T, column_block> room;
  T const* const biases = repeated(bias, rows, room);
  rows.for_each_block([=, f = kernel_of(act)](std::size_t first, std::size_t lanes) SIMDACT_LAMBDA {
    std::array<double, column_block> sums{};
    rows.walk_down(first, lanes, [&](std::size_t i, std::size_t n) SIMDACT_LAMBDA {
      walk<Arch, T, 3, 1>(
          n, {x + i, biases + first, grad_y + i}, {grad_x + i},
          [&](auto const& in)
              SIMDACT_LAMBDA { return std::array{in[2] * f.derivative(in[0] + in[1])}; },
          T(0));
      add_to_sums<Arch>(grad_x + i, n, sums.data());
    });
    rows.for_each_shared(lanes, [&](std::size_t column, std::size_t lane)
                                    SIMDACT_LAMBDA { sums[column] += sums[lane]; });
    for (std::size_t k = 0; k < (std::min)(lanes, rows.features); ++k)
      grad_bias[first + k] = static_cast<T>(sums[k]);
  });
}

}  // namespace detail

/// y[r][j] = f(x[r][j] + bias[j]): the same bits as the rounded sums, then `forward(f, sums, y)`.
///
/// Shapes: x and y (rows, features), bias (features).
template <Activation F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> x,
                            std::span<typename F::value_type const> bias,
                            std::span<typename F::value_type> y) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(y, "y", x, "x");
  const std::size_t rows = detail::require_whole_rows<Arch>(x, "x", bias.size(), "bias's length");
  detail::require_same_or_apart<Arch>(y, "y", x, "x");
  detail::require_same_or_apart<Arch>(y, "y", bias, "bias");
  detail::bias_forward<Arch>(f, x.data(), bias.data(), y.data(), {rows, bias.size()});
}

/// The chain rule through that: grad_x[r][j] = grad_y[r][j] f'(x[r][j] + bias[j]), the same bits as
/// `backward(f, sums, grad_y, grad_x)`, and grad_bias[j] = sum_r grad_x[r][j], which is overwritten, not
/// added to.
///
/// Shapes: x, grad_y and grad_x (rows, features), bias and grad_bias (features). grad_x and grad_bias must
/// be apart.
/// Maximum error of grad_bias, beside that of grad_x: rows 2^-53 sum_r |grad_x[r][j]| and one rounding to T.
/// It is summed in double, in an order that depends on the shape alone.
/// Special values: grad_bias is 0 if there are no rows; a NaN in a column of grad_x makes it NaN.
template <Activation F>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> x,
                             std::span<typename F::value_type const> bias,
                             std::span<typename F::value_type const> grad_y,
                             std::span<typename F::value_type> grad_x,
                             std::span<typename F::value_type> grad_bias) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(grad_y, "grad_y", x, "x");
  detail::require_same_length<Arch>(grad_x, "grad_x", x, "x");
  detail::require_same_length<Arch>(grad_bias, "grad_bias", bias, "bias");
  const std::size_t rows = detail::require_whole_rows<Arch>(x, "x", bias.size(), "bias's length");
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", x, "x");
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", bias, "bias");
  detail::require_same_or_apart<Arch>(grad_x, "grad_x", grad_y, "grad_y");
  detail::require_same_or_apart<Arch>(grad_bias, "grad_bias", x, "x");
  detail::require_same_or_apart<Arch>(grad_bias, "grad_bias", bias, "bias");
  detail::require_same_or_apart<Arch>(grad_bias, "grad_bias", grad_y, "grad_y");
  detail::require_apart<Arch>(grad_x, "grad_x", grad_bias, "grad_bias");
  detail::bias_backward<Arch>(f, x.data(), bias.data(), grad_y.data(), grad_x.data(),
                              grad_bias.data(), {rows, bias.size()});
}

}  // namespace simdact
