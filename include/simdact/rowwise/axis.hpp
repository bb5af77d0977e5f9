#pragma once

/// @file
/// Softmax, LogSoftmax, Softmin and log-sum-exp over any axis of an array, where it lies. Outputs may be the
/// very same memory as an input. Errors (`std::invalid_argument`, before anything is written): a
/// temperature below 0 or NaN, lengths that are not those of the shape, memory that overlaps in part.

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

/// Calls body(columns, at) for all rows, of which as many as a register holds are side by side: they start
/// at the at-th element of the array, and are the first-th on of all rows.
template <class Arch, class T, class Body>
SIMDACT_INLINE void for_each_columns(Axis const& axis, Body body) {
  using V = Lanes<T, Arch>;
  for (std::size_t o = 0; o < axis.outer; ++o) {
    for (std::size_t k = 0; k < axis.inner; k += lane_count<V>) {
      const std::size_t count = std::min(lane_count<V>, axis.inner - k);
      body(Columns<Arch, V>{axis.length, axis.inner, count}, o * axis.length * axis.inner + k,
           o * axis.inner + k);
    }
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
    detail::for_each_columns<Arch, T>(
        axis, [&](auto const& columns, std::size_t at, std::size_t) SIMDACT_LAMBDA {
          forward_line(f, exps..., columns, logits.data() + at, out.data() + at);
        });
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
  detail::for_each_columns<Arch, T>(
      axis, [&](auto const& columns, std::size_t at, std::size_t) SIMDACT_LAMBDA {
        backward_line(f, columns, out.data() + at, grad_out.data() + at, grad_logits.data() + at);
      });
}

/// results = log(sum_j e^x_j) along the axis, of shape (outer, inner); the same bits as over rows.
template <class T = float>
SIMDACT_INLINE void log_sum_exp(std::span<std::type_identity_t<T> const> logits,
                                std::span<std::type_identity_t<T>> results, Axis const& axis) {
  using Arch = xsimd::default_arch;
  detail::require_shape<Arch>("logits", logits.size(), axis, axis.length);
  detail::require_shape<Arch>("results", results.size(), axis, 1);
  detail::require_same_or_apart<Arch>(results, "results", logits, "logits");
  if (axis.inner == 1) {
    for (std::size_t o = 0; o < axis.outer; ++o)
      results[o] = detail::log_sum_exp_row<Arch>(logits.data() + o * axis.length, axis.length);
    return;
  }
  detail::for_each_columns<Arch, T>(
      axis, [&](auto const& columns, std::size_t at, std::size_t first) SIMDACT_LAMBDA {
        detail::log_sum_exp_columns(columns, logits.data() + at, results.data() + first);
      });
}

}  // namespace simdact
