#pragma once

#include <cstdint>

#include "log_sum.hpp"
#include "row.hpp"

namespace simdact {

namespace detail {

template <class Arch>
[[noreturn]] void throw_label(std::size_t row, std::int32_t label, std::size_t row_length) {
  throw std::invalid_argument("simdact: label " + std::to_string(label) + " of row " +
                              std::to_string(row) + " is not one of the " +
                              std::to_string(row_length) + " classes");
}

/// The row's loss; writes weight (softmax(x) - [i = label]).
template <class Arch, class T>
double cross_entropy_row(T const* x, std::size_t label, T* grad, std::size_t n,
                         double weight) noexcept {
  const T max = row_max<Arch>(x, n);
  const Shifted<T> shifted{max, T(1)};
  const double chosen = static_cast<double>(x[label]) - static_cast<double>(max);
  const double rest = sum_beside_max<Arch>(x, n, shifted);
  const double loss = LogSum::of(rest).value() - chosen;
  write_probabilities<Arch>(x, grad, n, shifted, 1.0 + rest, weight);
  // p - 1, from -log p: accurate where p is near 1.
  grad[label] = static_cast<T>(core::expm1_of_negative(-loss) * weight);
  return loss;
}

}  // namespace detail

/// Cross-entropy of softmax from logits, the mean over the rows of log(sum_j e^x_j) - x_label, and its
/// gradient (softmax(x) - [j = label])/rows, together.
///
/// logits and grad_logits: rows of `row_length` logits, in place allowed; labels: one class per row in
/// [0, row_length). Computed in double precision. A row with a NaN or +inf has a NaN loss and
/// gradient; a label on a logit of -inf has an infinite loss. No rows: loss 0.
/// Errors (`std::invalid_argument`, before anything is written): unequal lengths, a length that is
/// not whole rows, a label out of range, memory that overlaps in part.
template <class T = float>
SIMDACT_INLINE double cross_entropy(std::span<std::type_identity_t<T> const> logits,
                                    std::span<std::int32_t const> labels, std::size_t row_length,
                                    std::span<std::type_identity_t<T>> grad_logits) {
  using Arch = xsimd::default_arch;
  detail::require_same_length<Arch>(grad_logits, "grad_logits", logits, "logits");
  const std::size_t rows = detail::require_whole_rows<Arch>(logits.size(), row_length);
  detail::require_same_or_apart<Arch>(grad_logits, "grad_logits", logits, "logits");
  if (labels.size() != rows) {
    detail::throw_length_mismatch<Arch>("labels", labels.size(), "the rows of logits", rows);
  }
  for (std::size_t r = 0; r < rows; ++r) {
    if (labels[r] < 0 || static_cast<std::size_t>(labels[r]) >= row_length) {
      detail::throw_label<Arch>(r, labels[r], row_length);
    }
  }
  double loss = 0.0;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t start = r * row_length;
    loss += detail::cross_entropy_row<Arch>(
        logits.data() + start, static_cast<std::size_t>(labels[r]), grad_logits.data() + start,
        row_length, 1.0 / static_cast<double>(rows));
  }
  return rows == 0 ? 0.0 : loss / static_cast<double>(rows);
}

}  // namespace simdact
