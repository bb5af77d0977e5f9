#pragma once

/// @file
/// Softmax, LogSoftmax, Softmin and log-sum-exp over any axis of an array, where it lies. Outputs may be the
/// very same memory as an input. Errors (`std::invalid_argument`, before anything is written): a
/// temperature below 0 or NaN, lengths that are not those of the shape, memory that overlaps in part.
/// No allocation; wide arrays go through a block of 32 KiB on the stack.

#include <algorithm>

#include "columns.hpp"
#include "log_sum_exp_backward.hpp"
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
  fail<Arch>(name, " has length ", size, ", which is not that of the shape (", axis.outer, ", ",
             axis.length, ", ", axis.inner, ")");
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

/// Do the rows follow each other, as those of a matrix? Rows without elements do, for there is no memory that they
/// could lie in side by side.
SIMDACT_INLINE bool is_of_matrix(Axis const& axis) noexcept {
  return axis.inner == 1 || axis.length == 0;
}

/// Calls body(columns, k) for `rows.count` rows side by side, of which as many as a register holds go together:
/// theirs start k elements behind the first one.
template <class Arch, class V, class Body>
SIMDACT_INLINE void for_each_register(Columns<Arch, V> rows, Body body) noexcept {
  constexpr std::size_t lanes = lane_count<V>;
  const std::size_t width = rows.count;
  for (std::size_t k = 0; k < width; k += lanes) {
    rows.count = (std::min)(lanes, width - k);
    body(rows, k);
  }
}

/// Calls body(columns, in, out) for the same: in and out are where theirs start.
template <class Arch, class V, class T, std::size_t In, class Body>
SIMDACT_INLINE void for_each_register(Columns<Arch, V> const& rows, std::array<T const*, In> in,
                                      T* out, Body body) noexcept {
  for_each_register(rows, [&](auto const& columns, std::size_t k) SIMDACT_LAMBDA {
    std::array<T const*, In> from = in;
    for (T const*& x : from)
      x += k;
    body(columns, from, out + k);
  });
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
    const std::size_t width = (std::min)(step, rows.count - k);
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
void log_sum_exp_columns(Columns<Arch, V> const& columns, T temperature, T const* x,
                         T* results) noexcept {
  const V max = max_of(columns, x);
  using D = core::working_t<V>;
  const D rest = sum_beside_max(columns, x, Shifted<T, V>{max, temperature});
  const auto maxima = lanes_of(max);
  std::array<double, lane_count<V>> rests;
  std::size_t lane = 0;
  lanewise([&](double r) SIMDACT_LAMBDA { return rests[lane++] = r; }, rest);
  for (std::size_t k = 0; k < columns.count; ++k) {
    if (is_special(temperature, maxima[k]))
      rests[k] = special_rest<Arch>(x + k, columns.n, maxima[k], temperature, columns.stride);
    results[k] = log_sum_exp_beside(maxima[k], rests[k], temperature);
  }
}

/// Where one of the rows is special, each goes alone.
template <class Arch, class V, class T>
void log_sum_exp_backward_columns(Columns<Arch, V> const& columns, T temperature, T const* x,
                                  T const* grads, T* grad_x) noexcept {
  const V max = max_of(columns, x);
  const auto maxima = lanes_of(max);
  if (std::none_of(maxima.begin(), maxima.end(),
                   [=](T m) SIMDACT_LAMBDA { return is_special(temperature, m); })) {
    const V grad = core::load_first(V(T(0)), grads, columns.count);
    return write_log_sum_exp_slopes(columns, temperature, max, x, grad, grad_x);
  }
  columns.for_each_row([&](auto const& row, std::size_t k) SIMDACT_LAMBDA {
    log_sum_exp_backward_line(row, temperature, x + k, grads[k], grad_x + k);
  });
}

/// Throws unless logits has the axis' shape, and results that of all but the axis.
template <class Arch, class T, class U>
SIMDACT_INLINE void require_log_sum_exp_shapes(std::span<T const> logits, std::span<U> results,
                                               std::string_view name, Axis const& axis) {
  require_shape<Arch>("logits", logits.size(), axis, axis.length);
  require_shape<Arch>(name, results.size(), axis, 1);
}

/// Calls slab(columns, i, r) for all rows that lie side by side: their logits are from the i-th on, their results
/// from the r-th.
template <class Arch, class T, class Slab>
SIMDACT_INLINE void for_each_slab(Axis const& axis, Slab slab) noexcept {
  const Columns<Arch, Lanes<T, Arch>> rows{axis.length, axis.inner, axis.inner};
  for (std::size_t o = 0; o < axis.outer; ++o) {
    for_each_register(rows, [=](auto const& columns, std::size_t k) SIMDACT_LAMBDA {
      slab(columns, o * axis.length * axis.inner + k, o * axis.inner + k);
    });
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
  if (detail::is_of_matrix(axis))
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
  if (detail::is_of_matrix(axis)) {
    return detail::backward_rows<Arch>(f, out.data(), grad_out.data(), grad_logits.data(),
                                       axis.outer, axis.length);
  }
  detail::for_each_columns<Arch, T, 2>(
      axis, {out.data(), grad_out.data()}, grad_logits.data(),
      [&](auto const& columns, auto const& yg, T* grad_x)
          SIMDACT_LAMBDA { backward_line(f, columns, yg[0], yg[1], grad_x); });
}

/// results = log(sum_j e^(x_j/T)) along the axis, of shape (outer, inner); the same bits as over rows.
template <class T = float>
SIMDACT_INLINE void log_sum_exp(std::span<std::type_identity_t<T> const> logits,
                                std::span<std::type_identity_t<T>> results, Axis const& axis,
                                std::type_identity_t<T> temperature = T(1)) {
  using Arch = xsimd::default_arch;
  detail::require_temperature<Arch>(temperature);
  detail::require_log_sum_exp_shapes<Arch>(logits, results, "results", axis);
  detail::require_same_or_apart<Arch>(results, "results", logits, "logits");
  if (detail::is_of_matrix(axis)) {
    return detail::log_sum_exp_rows<Arch>(logits.data(), results.data(), results.size(),
                                          axis.length, temperature);
  }
  detail::for_each_slab<Arch, T>(
      axis, [=](auto const& columns, std::size_t i, std::size_t r) SIMDACT_LAMBDA {
        detail::log_sum_exp_columns(columns, temperature, logits.data() + i, results.data() + r);
      });
}

/// The gradient of that, given grad_results of shape (outer, inner); the same bits as over rows.
template <class T = float>
SIMDACT_INLINE void log_sum_exp_backward(std::span<std::type_identity_t<T> const> logits,
                                         std::span<std::type_identity_t<T> const> grad_results,
                                         std::span<std::type_identity_t<T>> grad_logits,
                                         Axis const& axis,
                                         std::type_identity_t<T> temperature = T(1)) {
  using Arch = xsimd::default_arch;
  detail::require_log_sum_exp_backward<Arch>(logits, grad_results, grad_logits, temperature);
  detail::require_log_sum_exp_shapes<Arch>(logits, grad_results, "grad_results", axis);
  if (detail::is_of_matrix(axis)) {
    return detail::log_sum_exp_backward_rows<Arch>(logits.data(), grad_results.data(),
                                                   grad_logits.data(), grad_results.size(),
                                                   axis.length, temperature);
  }
  detail::for_each_slab<Arch, T>(
      axis, [=](auto const& columns, std::size_t i, std::size_t r) SIMDACT_LAMBDA {
        detail::log_sum_exp_backward_columns(columns, temperature, logits.data() + i,
                                             grad_results.data() + r, grad_logits.data() + i);
      });
}

}  // namespace simdact
