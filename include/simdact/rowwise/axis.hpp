#pragma once

/// @file
/// Softmax, LogSoftmax, Softmin and log-sum-exp over any axis of an array, where it lies. Outputs may be the
/// very same memory as an input. Errors (`std::invalid_argument`, before anything is written): a
/// temperature below 0 or NaN, lengths that are not those of the shape, memory that overlaps in part.
/// No allocation; wide arrays go through a block of 32 KiB on the stack.

#include <algorithm>

#include "columns.hpp"
#include "log_sum_exp.hpp"
#include "softmax_rows.hpp"

namespace simdact {

/// The axis of a row-major array that a function goes along: the array's shape is (outer, length, inner),
/// where outer is the product of the extents before the axis and inner that of those behind it. There are
/// outer * inner rows; the elements of one are `inner` apart.
///
///     forward(Softmax<>{}, logits, probs, Axis{.outer = batch, .length = classes, .inner = height * width});
struct Axis {
  std::size_t outer = 1;
  std::size_t length = 0;
  std::size_t inner = 1;
};

namespace detail {

template <class Arch>
[[noreturn]] void throw_shape(std::string_view name, std::size_t size, Axis const& axis) {
  throw std::invalid_argument("simdact: " + std::string(name) + " has length " +
                              std::to_string(size) + ", which is not that of the shape (" +
                              std::to_string(axis.outer) + ", " + std::to_string(axis.length) +
                              ", " + std::to_string(axis.inner) + ")");
}

/// Throws unless `size` is outer * length * inner, which may be more than there are numbers.
template <class Arch>
SIMDACT_INLINE void require_shape(std::string_view name, std::size_t size, Axis const& axis,
                                  std::size_t length) {
  const bool empty = axis.outer == 0 || length == 0 || axis.inner == 0;
  const bool fits = empty ? size == 0
                          : size % axis.inner == 0 && size / axis.inner % length == 0 &&
                                size / axis.inner / length == axis.outer;
  if (!fits)
    throw_shape<Arch>(name, size, {axis.outer, length, axis.inner});
}

/// Calls body(columns, in, out) for `rows.count` rows side by side, of which as many as a register holds go
/// together: in and out are where theirs start.
template <class Arch, class V, class T, std::size_t In, class Body>
SIMDACT_INLINE void for_each_register(Columns<Arch, V> rows, std::array<T const*, In> in, T* out,
                                      Body body) noexcept {
  constexpr std::size_t lanes = lane_count<V>;
  const std::size_t width = rows.count;
  for (std::size_t k = 0; k < width; k += lanes) {
    rows.count = std::min(lanes, width - k);
    std::array<T const*, In> from = in;
    for (T const*& x : from)
      x += k;
    body(rows, from, out + k);
  }
}

/// A block of so many bytes stays in the first cache.
inline constexpr std::size_t block_bytes = std::size_t{32} << 10;

/// The same through a block on the stack, of as many rows at a time as it holds: elements that lie a power of
/// two apart share a few places in a cache, and push each other out before their row is read again. Rows of
/// which the block does not hold a register, or holds all, go where they lie.
template <class Arch, class V, class T, std::size_t In, class Body>
void for_each_block(Columns<Arch, V> const& rows, std::array<T const*, In> in, T* out,
                    Body body) noexcept {
  constexpr std::size_t room = block_bytes / sizeof(T) / In;
  const std::size_t n = rows.n;
  const std::size_t step = n == 0 ? 0 : room / n / lane_count<V> * lane_count<V>;
  if (step == 0 || step >= rows.count)
    return for_each_register(rows, in, out, body);
  std::array<std::array<T, room>, In> blocks;
  std::array<T const*, In> from;
  for (std::size_t k = 0; k < rows.count; k += step) {
    const std::size_t width = std::min(step, rows.count - k);
    for (std::size_t b = 0; b < In; ++b) {
      from[b] = blocks[b].data();
      for (std::size_t i = 0; i < n; ++i)
        std::copy_n(in[b] + i * rows.stride + k, width, blocks[b].data() + i * step);
    }
    T* const block = blocks[0].data();
    for_each_register(Columns<Arch, V>{n, step, width}, from, block, body);
    for (std::size_t i = 0; i < n; ++i)
      std::copy_n(block + i * step, width, out + i * rows.stride + k);
  }
}

/// Calls body(columns, in, out) for all rows along the axis.
template <class Arch, class T, std::size_t In, class Body>
SIMDACT_INLINE void for_each_columns(Axis const& axis, std::array<T const*, In> in, T* out,
                                     Body body) noexcept {
  const Columns<Arch, Lanes<T, Arch>> rows{axis.length, axis.inner, axis.inner};
  for (std::size_t o = 0; o < axis.outer; ++o) {
    for_each_block(rows, in, out, body);
    for (T const*& x : in)
      x += axis.length * axis.inner;
    out += axis.length * axis.inner;
  }
}

template <class Arch, class V, class T>
void log_sum_exp_columns(Columns<Arch, V> const& columns, T const* x, T* results) noexcept {
  const V max = max_of(columns, x);
  using D = core::working_t<V>;
  const D rest = sum_beside_max(columns, x, Shifted<T, V>{max, T(1)});
  const auto maxima = lanes_of(max);
  std::array<double, lane_count<V>> rests;
  std::size_t lane = 0;
  lanewise([&](double r) SIMDACT_LAMBDA { return rests[lane++] = r; }, rest);
  for (std::size_t k = 0; k < columns.count; ++k) {
    results[k] = std::isfinite(maxima[k])
                     ? log_sum_exp_beside(maxima[k], rests[k])
                     : special_log_sum_exp<Arch>(x + k, columns.n, maxima[k], columns.stride);
  }
}

}  // namespace detail

/// out = f of each row along the axis. In the Precise tier the bits are those of the same rows as rows of a
/// matrix; the Fast tier keeps its bounds.
template <SoftmaxFunction F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> logits,
                            std::span<typename F::value_type> out, Axis const& axis) {
  using Arch = xsimd::default_arch;
  using T = typename F::value_type;
  detail::require_forward<Arch>(f, logits, out);
  detail::require_shape<Arch>("logits", logits.size(), axis, axis.length);
  if (axis.inner == 1)
    return detail::forward_rows<Arch>(f, logits.data(), out.data(), axis.outer, axis.length);
  detail::with_exps(f, [&](auto const&... exps) SIMDACT_LAMBDA {
    detail::for_each_columns<Arch, T, 1>(
        axis, {logits.data()}, out.data(),
        [&](auto const& columns, auto const& x, T* y)
            SIMDACT_LAMBDA { forward_line(f, exps..., columns, x[0], y); });
  });
}

/// grad_logits = the Jacobian-vector product along the axis, as over rows.
template <SoftmaxFunction F>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> out,
                             std::span<typename F::value_type const> grad_out,
                             std::span<typename F::value_type> grad_logits, Axis const& axis) {
  using Arch = xsimd::default_arch;
  using T = typename F::value_type;
  detail::require_backward<Arch>(f, out, grad_out, grad_logits);
  detail::require_shape<Arch>(detail::SoftmaxTraits<F>::output, out.size(), axis, axis.length);
  if (axis.inner == 1) {
    return detail::backward_rows<Arch>(f, out.data(), grad_out.data(), grad_logits.data(),
                                       axis.outer, axis.length);
  }
  detail::for_each_columns<Arch, T, 2>(
      axis, {out.data(), grad_out.data()}, grad_logits.data(),
      [&](auto const& columns, auto const& yg, T* grad_x)
          SIMDACT_LAMBDA { backward_line(f, columns, yg[0], yg[1], grad_x); });
}

/// results = log(sum_j e^x_j) along the axis, of shape (outer, inner); the same bits as over rows.
template <class T = float>
SIMDACT_INLINE void log_sum_exp(std::span<std::type_identity_t<T> const> logits,
                                std::span<std::type_identity_t<T>> results, Axis const& axis) {
  using Arch = xsimd::default_arch;
  detail::require_shape<Arch>("logits", logits.size(), axis, axis.length);
  detail::require_shape<Arch>("results", results.size(), axis, 1);
  detail::require_same_or_apart<Arch>(results, "results", logits, "logits");
  const std::size_t slab = axis.length * axis.inner;
  for (std::size_t o = 0; o < axis.outer; ++o) {
    T const* const x = logits.data() + o * slab;
    T* const sums = results.data() + o * axis.inner;
    if (axis.inner == 1) {
      *sums = detail::log_sum_exp_row<Arch>(x, axis.length);
    } else {
      detail::for_each_register(
          detail::Columns<Arch, detail::Lanes<T, Arch>>{axis.length, axis.inner, axis.inner},
          std::array{x}, sums, [](auto const& columns, auto const& from, T* to) SIMDACT_LAMBDA {
            detail::log_sum_exp_columns(columns, from[0], to);
          });
    }
  }
}

}  // namespace simdact
