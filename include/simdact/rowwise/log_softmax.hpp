#pragma once

/// @file
/// Logarithm of softmax with temperature over one row or the rows of a row-major matrix: value and
/// Jacobian-vector product. Outputs may be the very same memory as an input. Errors
/// (`std::invalid_argument`, before anything is written): a temperature below 0 or NaN, unequal
/// lengths, a length that is not whole rows, memory that overlaps in part.

#include <string_view>

#include "../concepts.hpp"
#include "../core/fast_exp.hpp"
#include "fast_row.hpp"
#include "log_sum.hpp"
#include "special_row.hpp"

namespace simdact {

/// LogSoftmax: y_i = log(softmax(x)_i) = (x_i - max)/T - log(sum_j e^((x_j - max)/T)).
///
/// Parameters: temperature T in [0, +inf], default 1; masked_row, default NaN.
/// Range [-inf, 0]. Maximum error: float 0.51 ULP, double 4 ULP, also where a probability is near 1: the
/// sum leaves out the 1 of one largest logit, and its logarithm is that of 1 + the rest. Fast, float: 4 ULP
/// of max(|y_i|, 1), its gradient 4 ULP of (|g_i| + p_i sum_j |g_j|)/T.
/// Special values: T = 0 is the limit, -log(k) at the k largest logits and -inf elsewhere; T = +inf is
/// -log of the count of logits that are not -inf; a logit of -inf gives -inf and has gradient 0; a row of
/// nothing but -inf is NaN, or -inf, the logarithm of zeros, with `MaskedRow::zero`; a row with a NaN
/// or +inf is NaN. Double logits further apart than the largest double are -inf apart.
/// Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.
template <class T = float, class Accuracy = Precise>
struct LogSoftmax {
  using value_type = T;
  static constexpr std::string_view name = "log_softmax";

  T temperature = T(1);
  MaskedRow masked_row = MaskedRow::nan;
};

namespace detail {

template <class Arch, class T, class Accuracy>
void log_softmax_row(LogSoftmax<T, Accuracy> const& log_softmax, T const* x, T* y,
                     std::size_t n) noexcept {
  constexpr T log_zero = -std::numeric_limits<T>::infinity();
  const T max = row_max<Arch>(x, n);
  const auto log_share = [](double count) { return 0.0 - LogSum::of(count - 1.0).value(); };
  if (write_special_row<Arch>(log_softmax, x, y, n, max, log_zero, log_share))
    return;
  const Shifted<T> shifted{max, log_softmax.temperature};
  const double log_sum = LogSum::of(sum_beside_max<Arch>(x, n, shifted)).value();
  loop<Arch, T, 1, 1>(n, {x}, {y}, [&](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    return std::array{core::narrow<V>(shifted.minus(in[0], log_sum))};
  });
}

/// e^y for y <= 0.
template <class Accuracy, class V>
SIMDACT_INLINE auto probability_in_tier(V const& y) noexcept {
  if constexpr (core::is_fast<scalar_of_t<V>, Accuracy>) {
    return core::fast_exp(core::at_least(y, -88.2f));
  } else {
    return core::exp_of_negative(core::widen(y), 1.0);
  }
}

/// In the Fast tier; a row out of its reach is left to the other one.
template <class Arch>
void log_softmax_row(LogSoftmax<float, Fast> const& log_softmax, RowExps const& exps,
                     float const* x, float* y, std::size_t n) noexcept {
  RowSum row;
  if (!row.add<Arch>(exps, x, n))
    return log_softmax_row<Arch>(log_softmax, x, y, n);
  const auto log_sum = static_cast<float>(exps.log_sum(row.sum, row.max));
  const float inverse = 1.0f / log_softmax.temperature;
  loop<Arch, float, 1, 1>(n, {x}, {y}, [=, max = row.max](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    return std::array{core::fmadd(in[0] - V(max), V(inverse), V(-log_sum))};
  });
}

/// grad_x_i = (g_i - e^y_i sum_j g_j) / T; 0 where y_i is -inf, whatever g_i, since nothing flows
/// through a masked logit.
template <class Arch, class T, class Accuracy>
void log_softmax_backward_row(LogSoftmax<T, Accuracy> const& log_softmax, T const* y,
                              T const* grad_y, T* grad_x, std::size_t n) noexcept {
  constexpr T log_zero = -std::numeric_limits<T>::infinity();
  if (log_softmax.temperature == T(0)) {  // piecewise constant
    std::fill_n(grad_x, n, T(0));
    return;
  }
  const auto flowing = [](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    return in_tier<Accuracy>(core::where(in[0] == V(log_zero), V(0), in[1]));
  };
  using Number = number_in_tier_t<Accuracy, T>;
  const auto sum = static_cast<Number>(sum_in_tier<Arch, Accuracy, T, 2>(n, {y, grad_y}, flowing));
  const auto scale = static_cast<Number>(1.0 / static_cast<double>(log_softmax.temperature));
  loop<Arch, T, 2, 1>(n, {y, grad_y}, {grad_x}, [=](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    const auto p = probability_in_tier<Accuracy>(in[0]);
    using D = std::remove_cvref_t<decltype(p)>;
    const D through = core::fnmadd(p, D(sum), flowing(in)) * D(scale);
    return std::array{core::where(in[0] == V(log_zero), V(0), core::narrow<V>(through))};
  });
}

}  // namespace detail

/// log_probs = log-softmax of each row of `row_length` logits.
template <class T, class Accuracy>
SIMDACT_INLINE void forward(LogSoftmax<T, Accuracy> const& log_softmax,
                            std::span<std::type_identity_t<T> const> logits,
                            std::span<std::type_identity_t<T>> log_probs, std::size_t row_length) {
  using Arch = xsimd::default_arch;
  detail::require_temperature<Arch>(log_softmax.temperature);
  detail::require_same_length<Arch>(log_probs, "log_probs", logits, "logits");
  detail::require_whole_rows<Arch>(logits.size(), row_length);
  detail::require_same_or_apart<Arch>(log_probs, "log_probs", logits, "logits");
  detail::for_each_row<Accuracy, T>(logits, log_probs, row_length, log_softmax.temperature,
                                    [&](T const* x, T* y, auto const&... exps) {
                                      detail::log_softmax_row<Arch>(log_softmax, exps..., x, y,
                                                                    row_length);
                                    });
}

/// log_probs = log-softmax of one row.
template <class T, class Accuracy>
SIMDACT_INLINE void forward(LogSoftmax<T, Accuracy> const& log_softmax,
                            std::span<std::type_identity_t<T> const> logits,
                            std::span<std::type_identity_t<T>> log_probs) {
  forward(log_softmax, logits, log_probs, logits.size());
}

/// grad_logits = the Jacobian-vector product of each row: grad_i = (g_i - e^y_i sum_j g_j) / T, from the
/// log-probabilities y that `forward` gave. T = 0 gives 0 (piecewise constant), and so does T = +inf.
template <class T, class Accuracy>
SIMDACT_INLINE void backward(LogSoftmax<T, Accuracy> const& log_softmax,
                             std::span<std::type_identity_t<T> const> log_probs,
                             std::span<std::type_identity_t<T> const> grad_log_probs,
                             std::span<std::type_identity_t<T>> grad_logits,
                             std::size_t row_length) {
  using Arch = xsimd::default_arch;
  detail::require_temperature<Arch>(log_softmax.temperature);
  detail::require_same_length<Arch>(grad_log_probs, "grad_log_probs", log_probs, "log_probs");
  detail::require_same_length<Arch>(grad_logits, "grad_logits", log_probs, "log_probs");
  detail::require_whole_rows<Arch>(log_probs.size(), row_length);
  detail::require_same_or_apart<Arch>(grad_logits, "grad_logits", log_probs, "log_probs");
  detail::require_same_or_apart<Arch>(grad_logits, "grad_logits", grad_log_probs, "grad_log_probs");
  for (std::size_t i = 0; i < log_probs.size(); i += row_length) {
    detail::log_softmax_backward_row<Arch>(log_softmax, log_probs.data() + i,
                                           grad_log_probs.data() + i, grad_logits.data() + i,
                                           row_length);
  }
}

/// grad_logits of one row.
template <class T, class Accuracy>
SIMDACT_INLINE void backward(LogSoftmax<T, Accuracy> const& log_softmax,
                             std::span<std::type_identity_t<T> const> log_probs,
                             std::span<std::type_identity_t<T> const> grad_log_probs,
                             std::span<std::type_identity_t<T>> grad_logits) {
  backward(log_softmax, log_probs, grad_log_probs, grad_logits, log_probs.size());
}

}  // namespace simdact
