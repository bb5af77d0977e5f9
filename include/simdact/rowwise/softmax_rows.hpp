#pragma once

/// @file
/// Softmax, LogSoftmax and Softmin over one row or the rows of a row-major matrix. Outputs may be the very
/// same memory as an input. Errors (`std::invalid_argument`, before anything is written): a temperature
/// below 0 or NaN, unequal lengths, a length that is not whole rows, memory that overlaps in part.

#include <string_view>

#include "../concepts.hpp"
#include "short_row.hpp"

namespace simdact {

/// Softmax, LogSoftmax or Softmin.
template <class F>
concept SoftmaxFunction = HasValueType<F> && requires {
  detail::SoftmaxTraits<F>::output;
};

namespace detail {

template <class Arch, class F, class T>
SIMDACT_INLINE void require_forward(F const& f, std::span<T const> logits, std::span<T> out) {
  constexpr std::string_view name = SoftmaxTraits<F>::output;
  require_temperature<Arch>(f.temperature);
  require_same_length<Arch>(out, name, logits, "logits");
  require_same_or_apart<Arch>(out, name, logits, "logits");
}

template <class Arch, class F, class T>
SIMDACT_INLINE void require_backward(F const& f, std::span<T const> out,
                                     std::span<T const> grad_out, std::span<T> grad_logits) {
  constexpr std::string_view name = SoftmaxTraits<F>::output;
  constexpr std::string_view grad_name = SoftmaxTraits<F>::grad_output;
  require_temperature<Arch>(f.temperature);
  require_same_length<Arch>(grad_out, grad_name, out, name);
  require_same_length<Arch>(grad_logits, "grad_logits", out, name);
  require_same_or_apart<Arch>(grad_logits, "grad_logits", out, name);
  require_same_or_apart<Arch>(grad_logits, "grad_logits", grad_out, grad_name);
}

/// Of a line whose largest logit is not known.
template <class F, class Line, class T>
void forward_line(F const& f, Line const& line, T const* x, T* y) noexcept {
  forward_below(f, line, x, y, max_of(line, x));
}

/// Of one whose largest logit is known, in the Fast tier, which leaves a line out of its reach to the other one.
template <class F, class Line>
void forward_below(F const& f, RowExps const& exps, Line const& line, float const* x, float* y,
                   typename Line::Max const& max) noexcept {
  write_from(f, exps, line, x, y, exp_sum_below(f, exps, line, x, y, max));
}

template <class F, class Line, class T>
SIMDACT_INLINE void backward_line(F const& f, Line const& line, T const* y, T const* grad_y,
                                  T* grad_x) noexcept {
  write_backward(f, line, y, grad_y, grad_x, backward_sum(f, line, y, grad_y));
}

/// Rows that are not long are worked at in groups, each step for all of a group before the next: what a row waits for,
/// its maximum and its sum, then comes while others are at work. A group stays in the first cache.
inline constexpr std::size_t group_rows = 8;

SIMDACT_INLINE std::size_t group_of(std::size_t row_length) noexcept {
  constexpr std::size_t group_elements = 2048;
  return (std::clamp)(group_elements / (std::max)(row_length, std::size_t{1}), std::size_t{1},
                      group_rows);
}

/// Calls each of `steps` as step(k, start) for the rows of a group: the k-th, which begins at `start`.
template <class... Steps>
SIMDACT_INLINE void in_groups(std::size_t rows, std::size_t row_length, Steps... steps) noexcept {
  const std::size_t group = group_of(row_length);
  for (std::size_t first = 0; first < rows; first += group) {
    const std::size_t count = (std::min)(group, rows - first);
    const auto for_each_row = [&](auto const& step) SIMDACT_LAMBDA {
      for (std::size_t k = 0; k < count; ++k)
        step(k, (first + k) * row_length);
    };
    (for_each_row(steps), ...);
  }
}

template <class Arch, class F, class T>
void forward_rows(F const& f, T const* x, T* y, std::size_t rows, std::size_t row_length) noexcept {
  const Row<Arch, T> row{row_length};
  with_exps(f, [=](auto const&... exps) SIMDACT_LAMBDA {
    if constexpr (requires { exp_sum_below(f, exps..., row, x, y, T(0)); }) {
      if (group_of(row_length) > 1) {
        std::array<ExpSum<T, double>, group_rows> sums;
        return in_groups(
            rows, row_length,
            [&](std::size_t k, std::size_t i) SIMDACT_LAMBDA { sums[k].max = max_of(row, x + i); },
            [&](std::size_t k, std::size_t i) SIMDACT_LAMBDA {
              sums[k] = exp_sum_below(f, exps..., row, x + i, y + i, sums[k].max);
            },
            [&](std::size_t k, std::size_t i)
                SIMDACT_LAMBDA { write_from(f, exps..., row, x + i, y + i, sums[k]); });
      }
    }
    in_groups(rows, row_length, [&](std::size_t, std::size_t i) SIMDACT_LAMBDA {
      forward_line(f, exps..., row, x + i, y + i);
    });
  });
}

template <class Arch, class F, class T>
void backward_rows(F const& f, T const* y, T const* grad_y, T* grad_x, std::size_t rows,
                   std::size_t row_length) noexcept {
  const auto backward_each = [=](auto const& row) SIMDACT_LAMBDA {
    for (std::size_t i = 0; i < rows * row_length; i += row_length)
      backward_line(f, row, y + i, grad_y + i, grad_x + i);
  };
  if (with_short_row<Arch, T, SoftmaxTraits<F>::fast>(row_length, backward_each))
    return;
  const Row<Arch, T> row{row_length};
  std::array<double, group_rows> sums;
  in_groups(
      rows, row_length,
      [&](std::size_t k, std::size_t i)
          SIMDACT_LAMBDA { sums[k] = backward_sum(f, row, y + i, grad_y + i); },
      [&](std::size_t k, std::size_t i)
          SIMDACT_LAMBDA { write_backward(f, row, y + i, grad_y + i, grad_x + i, sums[k]); });
}

}  // namespace detail

/// out = f of each row of `row_length` logits.
template <SoftmaxFunction F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> logits,
                            std::span<typename F::value_type> out, std::size_t row_length) {
  using Arch = xsimd::default_arch;
  detail::require_forward<Arch>(f, logits, out);
  const std::size_t rows = detail::require_whole_rows<Arch>(logits, "logits", row_length);
  detail::forward_rows<Arch>(f, logits.data(), out.data(), rows, row_length);
}

/// out = f of one row.
template <SoftmaxFunction F>
SIMDACT_INLINE void forward(F const& f, std::span<typename F::value_type const> logits,
                            std::span<typename F::value_type> out) {
  forward(f, logits, out, logits.size());
}

/// grad_logits = the Jacobian-vector product of each row, from what `forward` gave as `out`:
///
///     Softmax     p_i (g_i - sum_j p_j g_j) / T
///     Softmin    -p_i (g_i - sum_j p_j g_j) / T
///     LogSoftmax  (g_i - e^y_i sum_j g_j) / T
///
/// T = 0 gives 0 (piecewise constant), and so does T = +inf. Where a probability is 0 the gradient is,
/// whatever flows in: rows that were masked need no mask here.
template <SoftmaxFunction F>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> out,
                             std::span<typename F::value_type const> grad_out,
                             std::span<typename F::value_type> grad_logits,
                             std::size_t row_length) {
  using Arch = xsimd::default_arch;
  detail::require_backward<Arch>(f, out, grad_out, grad_logits);
  const std::size_t rows =
      detail::require_whole_rows<Arch>(out, detail::SoftmaxTraits<F>::output, row_length);
  detail::backward_rows<Arch>(f, out.data(), grad_out.data(), grad_logits.data(), rows, row_length);
}

/// grad_logits of one row.
template <SoftmaxFunction F>
SIMDACT_INLINE void backward(F const& f, std::span<typename F::value_type const> out,
                             std::span<typename F::value_type const> grad_out,
                             std::span<typename F::value_type> grad_logits) {
  backward(f, out, grad_out, grad_logits, out.size());
}

}  // namespace simdact
