#pragma once

/// @file
/// The chain rule through `log_sum_exp`. Over any axis it is in axis.hpp, with a mask in masked.hpp.
///
/// grad_logits_j = grad_result e^(x_j/T) / sum_k e^(x_k/T) / T: the gradient of a row is its softmax.
///
/// Parameter: temperature T in (0, +inf], default 1.
/// Maximum error: float 0.51 ULP, double 5 ULP.
/// Special values: a row of nothing but -inf has a gradient of 0, as a masked logit has, and T = +inf one of 0;
/// a row with a NaN or +inf is NaN.

#include "log_sum_exp.hpp"
#include "softmax.hpp"

namespace simdact {

namespace detail {

template <class Arch>
[[noreturn]] void throw_no_slope() {
  fail<Arch>("temperature is 0, but must be > 0: there log_sum_exp has no gradient");
}

template <class Arch, class T>
SIMDACT_INLINE void require_log_sum_exp_backward(std::span<T const> logits,
                                                 std::span<T const> grad_results,
                                                 std::span<T> grad_logits, T temperature) {
  require_temperature<Arch>(temperature);
  if (temperature == T(0))
    throw_no_slope<Arch>();
  require_same_length<Arch>(grad_logits, "grad_logits", logits, "logits");
  require_same_or_apart<Arch>(grad_logits, "grad_logits", logits, "logits");
  require_apart<Arch>(grad_logits, "grad_logits", grad_results, "grad_results");
}

template <class Line, class T>
void write_log_sum_exp_slopes(Line const& line, T temperature, typename Line::Max const& max,
                              T const* x, typename Line::Max const& grad, T* grad_x) noexcept {
  using Sum = typename Line::Sum;
  const Shifted<T, typename Line::Max> shifted{max, temperature};
  const Sum sum = Sum(1.0) + sum_beside_max(line, x, shifted);
  const Sum weight = Line::widened(grad) / Sum(static_cast<double>(temperature));
  write_probabilities(line, x, grad_x, shifted, sum, weight);
}

/// Of one row.
template <class Line, class T>
void log_sum_exp_backward_line(Line const& line, T temperature, T const* x, T grad,
                               T* grad_x) noexcept {
  const T max = max_of(line, x);
  const Softmax<T> softmax{.temperature = temperature, .masked_row = MaskedRow::zero};
  if (!write_special(softmax, line, x, grad_x, max))
    return write_log_sum_exp_slopes(line, temperature, max, x, grad, grad_x);
  // NaN, zeros, or probabilities at T = +inf.
  const std::array<T const*, 1> probs = {grad_x};
  write(line, probs, grad_x, [](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    return std::array{in[0] * V(T(0))};
  });
}

template <class Arch, class T>
SIMDACT_INLINE void log_sum_exp_backward_rows(T const* x, T const* grads, T* grad_x,
                                              std::size_t rows, std::size_t n,
                                              T temperature) noexcept {
  for (std::size_t r = 0; r < rows; ++r)
    log_sum_exp_backward_line(Row<Arch, T>{n}, temperature, x + r * n, grads[r], grad_x + r * n);
}

}  // namespace detail

/// The gradient of rows of `row_length` logits, in place allowed, given one of grad_results for each row.
/// Errors (`std::invalid_argument`, before anything is written): a temperature that is not above 0, unequal
/// lengths, a length that is not whole rows, not one of grad_results for each row, memory that overlaps in part.
template <class T = float>
SIMDACT_INLINE void log_sum_exp_backward(std::span<std::type_identity_t<T> const> logits,
                                         std::span<std::type_identity_t<T> const> grad_results,
                                         std::span<std::type_identity_t<T>> grad_logits,
                                         std::size_t row_length,
                                         std::type_identity_t<T> temperature = T(1)) {
  using Arch = xsimd::default_arch;
  detail::require_log_sum_exp_backward<Arch>(logits, grad_results, grad_logits, temperature);
  const std::size_t rows =
      detail::require_results<Arch>(logits, grad_results, "grad_results", row_length);
  detail::log_sum_exp_backward_rows<Arch>(logits.data(), grad_results.data(), grad_logits.data(),
                                          rows, row_length, temperature);
}

}  // namespace simdact
