#pragma once

/// @file
/// log(sum_j e^(x_j/T)) of one row or of each row of a row-major matrix. Over any axis it is in axis.hpp, with a
/// mask in masked.hpp, of a row in parts in softmax_state.hpp, its gradient in log_sum_exp_backward.hpp.
///
/// Evaluated as max/T + log(sum_j e^((x_j - max)/T)), which never overflows.
/// Parameter: temperature T in [0, +inf], default 1.
/// Maximum error: float 1 ULP of max(|result|, 2^-26), double 4 ULP of max(|result|, 1). The result crosses
/// zero where max/T = -log(sum): there the two cancel, and what is left of double precision counts.
/// Special values: a row of nothing but -inf, and one of no logits, is -inf, the logarithm of 0; a +inf
/// gives +inf; a NaN gives NaN; T = +inf the logarithm of the number of logits that are not -inf; T = 0 an
/// infinity with the sign of the largest logit, or if that is 0 the logarithm of how many there are of it.

#include <string_view>

#include "log_sum.hpp"
#include "special_row.hpp"

namespace simdact {

namespace detail {

/// max/T + log(1 + rest); an infinite or NaN max itself, and NaN for a NaN rest.
template <class T>
SIMDACT_INLINE T log_sum_exp_beside(T max, double rest, T temperature) noexcept {
  if (!std::isfinite(max) || std::isnan(rest))
    return max + static_cast<T>(rest);
  const LogSum log_sum = LogSum::of(rest);
  if (max == T(0))  // at T = 0, too
    return static_cast<T>(log_sum.value());
  const auto scaled = core::quotient(static_cast<double>(max), static_cast<double>(temperature));
  // The parts that cancel first.
  return static_cast<T>((scaled.high + log_sum.high) + (log_sum.low + scaled.low));
}

template <class Arch, class T>
T log_sum_exp_row(T const* x, std::size_t n, T temperature) noexcept {
  const T max = row_max<Arch>(x, n);
  return log_sum_exp_beside(max, rest_of_row<Arch>(x, n, max, temperature), temperature);
}

template <class Arch, class T>
SIMDACT_INLINE void log_sum_exp_rows(T const* x, T* results, std::size_t rows, std::size_t n,
                                     T temperature) noexcept {
  for (std::size_t r = 0; r < rows; ++r)
    results[r] = log_sum_exp_row<Arch>(x + r * n, n, temperature);
}

/// Returns how many rows there are. Throws unless there is one of `results` for each.
template <class Arch, class T, class U>
SIMDACT_INLINE std::size_t require_results(std::span<T const> logits, std::span<U> results,
                                           std::string_view name, std::size_t row_length) {
  const std::size_t rows = require_whole_rows<Arch>(logits, "logits", row_length);
  require_one_a_row<Arch>(results, name, rows);
  return rows;
}

/// Returns how many rows there are.
template <class Arch, class T>
SIMDACT_INLINE std::size_t require_log_sum_exp(std::span<T const> logits, std::span<T> results,
                                               std::size_t row_length, T temperature) {
  require_temperature<Arch>(temperature);
  const std::size_t rows = require_results<Arch>(logits, results, "results", row_length);
  require_same_or_apart<Arch>(results, "results", logits, "logits");
  return rows;
}

}  // namespace detail

/// log(sum_j e^(x_j/T)) of one row. Throws `std::invalid_argument` for a temperature below 0 or NaN.
template <class T = float>
SIMDACT_INLINE T log_sum_exp(std::span<std::type_identity_t<T> const> logits,
                             std::type_identity_t<T> temperature = T(1)) {
  using Arch = xsimd::default_arch;
  detail::require_temperature<Arch>(temperature);
  return detail::log_sum_exp_row<Arch>(logits.data(), logits.size(), temperature);
}

/// results[r] = log(sum_j e^(x_j/T)) of row r of `row_length` logits. No rows need no results, and rows of one
/// logit may be answered in place.
/// Errors (`std::invalid_argument`, before anything is written): a temperature below 0 or NaN, a length that
/// is not whole rows, not one result for each row, memory that overlaps.
template <class T = float>
SIMDACT_INLINE void log_sum_exp(std::span<std::type_identity_t<T> const> logits,
                                std::span<std::type_identity_t<T>> results, std::size_t row_length,
                                std::type_identity_t<T> temperature = T(1)) {
  using Arch = xsimd::default_arch;
  const std::size_t rows =
      detail::require_log_sum_exp<Arch>(logits, results, row_length, temperature);
  detail::log_sum_exp_rows<Arch>(logits.data(), results.data(), rows, row_length, temperature);
}

}  // namespace simdact
