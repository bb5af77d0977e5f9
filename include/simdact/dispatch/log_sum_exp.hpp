#pragma once

/// @file
/// log(sum_j e^(x_j/T)) of one row or of each row of a row-major matrix: see rowwise/log_sum_exp.hpp.

#include "../rowwise/log_sum_exp.hpp"
#include "kernels_of.hpp"

namespace simdact::dispatch {

/// log(sum_j e^(x_j/T)) of one row.
template <class T = float>
SIMDACT_INLINE T log_sum_exp(std::span<std::type_identity_t<T> const> logits,
                             std::type_identity_t<T> temperature = T(1)) {
  simdact::detail::require_temperature<xsimd::default_arch>(temperature);
  T result;
  detail::kernels_of<T, Precise>().log_sum_exp(logits.data(), &result, 1, logits.size(),
                                               temperature);
  return result;
}

/// results[r] = log(sum_j e^(x_j/T)) of row r of `row_length` logits.
template <class T = float>
SIMDACT_INLINE void log_sum_exp(std::span<std::type_identity_t<T> const> logits,
                                std::span<std::type_identity_t<T>> results, std::size_t row_length,
                                std::type_identity_t<T> temperature = T(1)) {
  const std::size_t rows = simdact::detail::require_log_sum_exp<xsimd::default_arch>(
      logits, results, row_length, temperature);
  detail::kernels_of<T, Precise>().log_sum_exp(logits.data(), results.data(), rows, row_length,
                                               temperature);
}

}  // namespace simdact::dispatch
