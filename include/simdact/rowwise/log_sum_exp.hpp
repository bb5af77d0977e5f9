#pragma once

/// @file
/// log(sum_j e^x_j) of one row or of each row of a row-major matrix.
///
/// Evaluated as max + log(sum_j e^(x_j - max)), which never overflows.
/// Maximum error: float 1 ULP of max(|result|, 2^-26), double 4 ULP of max(|result|, 1). The result crosses
/// zero where max = -log(sum): there the two cancel, and what is left of double precision counts.
/// Special values: a row of nothing but -inf, and one of no logits, is -inf, the logarithm of 0; a +inf
/// gives +inf; a NaN gives NaN.

#include "log_sum.hpp"
#include "row.hpp"

namespace simdact {

namespace detail {

/// max + log(1 + rest).
template <class T>
SIMDACT_INLINE T log_sum_exp_beside(T max, double rest) noexcept {
  const LogSum log_sum = LogSum::of(rest);
  // The parts that cancel first.
  return static_cast<T>((static_cast<double>(max) + log_sum.high) + log_sum.low);
}

/// Of a row without a finite maximum, whose elements are `stride` apart.
template <class Arch, class T>
SIMDACT_INLINE T special_log_sum_exp(T const* x, std::size_t n, T max,
                                     std::size_t stride = 1) noexcept {
  return row_has_nan<Arch>(x, n, stride) ? std::numeric_limits<T>::quiet_NaN() : max;
}

template <class Arch, class T>
T log_sum_exp_row(T const* x, std::size_t n) noexcept {
  const T max = row_max<Arch>(x, n);
  if (!std::isfinite(max))
    return special_log_sum_exp<Arch>(x, n, max);
  return log_sum_exp_beside(max, sum_beside_max<Arch>(x, n, Shifted<T>{max, T(1)}));
}

/// Returns how many rows there are.
template <class Arch, class T>
SIMDACT_INLINE std::size_t require_log_sum_exp(std::span<T const> logits, std::span<T> results,
                                               std::size_t row_length) {
  const std::size_t rows = require_whole_rows<Arch>(logits.size(), row_length);
  if (results.size() != rows)
    throw_length_mismatch<Arch>("results", results.size(), "the rows of logits", rows);
  require_same_or_apart<Arch>(results, "results", logits, "logits");
  return rows;
}

}  // namespace detail

/// log(sum_j e^x_j) of one row.
template <class T = float>
SIMDACT_INLINE T log_sum_exp(std::span<std::type_identity_t<T> const> logits) noexcept {
  return detail::log_sum_exp_row<xsimd::default_arch>(logits.data(), logits.size());
}

/// results[r] = log(sum_j e^x_j) of row r of `row_length` logits. No rows need no results, and rows of one
/// logit may be answered in place.
/// Errors (`std::invalid_argument`, before anything is written): a length that is not whole rows, not
/// one result for each row, memory that overlaps.
template <class T = float>
SIMDACT_INLINE void log_sum_exp(std::span<std::type_identity_t<T> const> logits,
                                std::span<std::type_identity_t<T>> results,
                                std::size_t row_length) {
  using Arch = xsimd::default_arch;
  const std::size_t rows = detail::require_log_sum_exp<Arch>(logits, results, row_length);
  for (std::size_t r = 0; r < rows; ++r)
    results[r] = detail::log_sum_exp_row<Arch>(logits.data() + r * row_length, row_length);
}

}  // namespace simdact
