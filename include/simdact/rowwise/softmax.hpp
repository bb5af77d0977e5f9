#pragma once

/// @file
/// Softmax with temperature over one row or the rows of a row-major matrix: value, Jacobian-vector
/// product and Jacobian. Outputs may be the very same memory as an input. Errors
/// (`std::invalid_argument`, before anything is written): a temperature below 0 or NaN, unequal
/// lengths, a length that is not whole rows, memory that overlaps in part.

#include <string_view>

#include "../concepts.hpp"
#include "fast_row.hpp"
#include "special_row.hpp"

namespace simdact {

/// Softmax: p_i = e^(x_i/T) / sum_j e^(x_j/T), evaluated as e^((x_i - max)/T) / sum.
///
/// Parameters: temperature T in [0, +inf], default 1; masked_row, default NaN.
/// Maximum error: float 0.51 ULP, double 4 ULP; Fast, float: 8 ULP, its gradient 4 ULP of
/// p_i (|g_i| + sum_j p_j |g_j|)/T. The sum of a row of any length is 1 within 1e-6.
/// Special values: T = 0 is the limit, one-hot at the largest logit, ties share equally; T = +inf is
/// uniform over the logits that are not -inf; a logit of -inf has probability 0 and gradient 0; a row
/// of nothing but -inf is NaN, or zeros with `MaskedRow::zero`; a row with a NaN or +inf is NaN.
/// Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.
template <class T = float, class Accuracy = Precise>
struct Softmax {
  using value_type = T;
  static constexpr std::string_view name = "softmax";

  T temperature = T(1);
  MaskedRow masked_row = MaskedRow::nan;
};

namespace detail {

template <class Arch, class T, class Accuracy>
void softmax_row(Softmax<T, Accuracy> const& softmax, T const* x, T* p, std::size_t n) noexcept {
  const T max = row_max<Arch>(x, n);
  const auto share = [](double count) { return 1.0 / count; };
  if (write_special_row<Arch>(softmax, x, p, n, max, T(0), share))
    return;
  const Shifted<T> shifted{max, softmax.temperature};
  const double sum = 1.0 + sum_beside_max<Arch>(x, n, shifted);
  write_probabilities<Arch>(x, p, n, shifted, sum, 1.0);
}

/// In the Fast tier; a row out of its reach is left to the other one.
template <class Arch>
void softmax_row(Softmax<float, Fast> const& softmax, RowExps const& exps, float const* x, float* p,
                 std::size_t n) noexcept {
  if (exceed_caches<float>(n)) {
    // To compute the exponentials again takes less time than to write them, read them and write again.
    RowSum row;
    if (!row.add<Arch>(exps, x, n))
      return softmax_row<Arch>(softmax, x, p, n);
    const auto share = static_cast<float>(1.0 / row.sum);
    return loop<Arch, float, 1, 1>(n, {x}, {p},
                                   [=, exp = exps.of(row.max)](auto const& in) SIMDACT_LAMBDA {
                                     using V = std::remove_cvref_t<decltype(in[0])>;
                                     return std::array{exp(in[0]) * V(share)};
                                   });
  }
  const float max = row_max<Arch>(x, n);
  if (!exps.reach_to(max))
    return softmax_row<Arch>(softmax, x, p, n);
  const auto share = static_cast<float>(1.0 / write_exps<Arch>(exps.of(max), x, p, n));
  loop<Arch, float, 1, 1>(n, {p}, {p}, [=](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    return std::array{in[0] * V(share)};
  });
}

/// grad_x_i = p_i (g_i - sum_j p_j g_j) / T; 0 where p_i is 0, whatever g_i, since nothing flows
/// through a masked logit.
template <class Arch, class T, class Accuracy>
void softmax_backward_row(Softmax<T, Accuracy> const& softmax, T const* p, T const* grad_p,
                          T* grad_x, std::size_t n) noexcept {
  if (softmax.temperature == T(0)) {  // piecewise constant
    std::fill_n(grad_x, n, T(0));
    return;
  }
  const auto term = [](auto const& in) SIMDACT_LAMBDA {
    return in_tier<Accuracy>(in[0]) * in_tier<Accuracy>(in[1]);
  };
  double dot = sum_in_tier<Arch, Accuracy, T, 2>(n, {p, grad_p}, term);
  if (!std::isfinite(dot)) {  // by a gradient that does not flow, maybe
    dot = sum_in_tier<Arch, Accuracy, T, 2>(n, {p, grad_p}, [=](auto const& in) SIMDACT_LAMBDA {
      using V = std::remove_cvref_t<decltype(in[0])>;
      return term(std::array{in[0], core::where(in[0] == V(0), V(0), in[1])});
    });
  }
  using Number = number_in_tier_t<Accuracy, T>;
  const auto shift = static_cast<Number>(dot);
  const auto scale = static_cast<Number>(1.0 / static_cast<double>(softmax.temperature));
  walk<Arch, T, 2, 1>(
      n, {p, grad_p}, {grad_x},
      [=](auto const& in) SIMDACT_LAMBDA {
        using V = std::remove_cvref_t<decltype(in[0])>;
        const auto prob = in_tier<Accuracy>(in[0]);
        using D = std::remove_cvref_t<decltype(prob)>;
        const D through = prob * (in_tier<Accuracy>(in[1]) - D(shift)) * D(scale);
        return std::array{core::where(in[0] == V(0), V(0), core::narrow<V>(through))};
      },
      T(0));
}

}  // namespace detail

/// probs = softmax of each row of `row_length` logits.
template <class T, class Accuracy>
SIMDACT_INLINE void forward(Softmax<T, Accuracy> const& softmax,
                            std::span<std::type_identity_t<T> const> logits,
                            std::span<std::type_identity_t<T>> probs, std::size_t row_length) {
  using Arch = xsimd::default_arch;
  detail::require_temperature<Arch>(softmax.temperature);
  detail::require_same_length<Arch>(probs, "probs", logits, "logits");
  detail::require_whole_rows<Arch>(logits.size(), row_length);
  detail::require_same_or_apart<Arch>(probs, "probs", logits, "logits");
  detail::for_each_row<Accuracy, T>(logits, probs, row_length, softmax.temperature,
                                    [&](T const* x, T* y, auto const&... exps) {
                                      detail::softmax_row<Arch>(softmax, exps..., x, y, row_length);
                                    });
}

/// probs = softmax of one row.
template <class T, class Accuracy>
SIMDACT_INLINE void forward(Softmax<T, Accuracy> const& softmax,
                            std::span<std::type_identity_t<T> const> logits,
                            std::span<std::type_identity_t<T>> probs) {
  forward(softmax, logits, probs, logits.size());
}

/// grad_logits = the Jacobian-vector product of each row: grad_i = p_i (g_i - sum_j p_j g_j) / T, from
/// the probabilities that `forward` gave. T = 0 gives 0 (piecewise constant), and so does T = +inf.
template <class T, class Accuracy>
SIMDACT_INLINE void backward(Softmax<T, Accuracy> const& softmax,
                             std::span<std::type_identity_t<T> const> probs,
                             std::span<std::type_identity_t<T> const> grad_probs,
                             std::span<std::type_identity_t<T>> grad_logits,
                             std::size_t row_length) {
  using Arch = xsimd::default_arch;
  detail::require_temperature<Arch>(softmax.temperature);
  detail::require_same_length<Arch>(grad_probs, "grad_probs", probs, "probs");
  detail::require_same_length<Arch>(grad_logits, "grad_logits", probs, "probs");
  detail::require_whole_rows<Arch>(probs.size(), row_length);
  detail::require_same_or_apart<Arch>(grad_logits, "grad_logits", probs, "probs");
  detail::require_same_or_apart<Arch>(grad_logits, "grad_logits", grad_probs, "grad_probs");
  for (std::size_t i = 0; i < probs.size(); i += row_length) {
    detail::softmax_backward_row<Arch>(softmax, probs.data() + i, grad_probs.data() + i,
                                       grad_logits.data() + i, row_length);
  }
}

/// The same for one row.
template <class T, class Accuracy>
SIMDACT_INLINE void backward(Softmax<T, Accuracy> const& softmax,
                             std::span<std::type_identity_t<T> const> probs,
                             std::span<std::type_identity_t<T> const> grad_probs,
                             std::span<std::type_identity_t<T>> grad_logits) {
  backward(softmax, probs, grad_probs, grad_logits, probs.size());
}

/// jacobian[i * n + j] = dp_i/dx_j = p_i ([i = j] - p_j) / T, for one row of n probabilities. The
/// output has n^2 elements, apart from `probs`.
template <class T, class Accuracy>
SIMDACT_INLINE void jacobian(Softmax<T, Accuracy> const& softmax,
                             std::span<std::type_identity_t<T> const> probs,
                             std::span<std::type_identity_t<T>> jacobian) {
  using Arch = xsimd::default_arch;
  detail::require_temperature<Arch>(softmax.temperature);
  const std::size_t n = probs.size();
  if (jacobian.size() != n * n) {
    detail::throw_length_mismatch<Arch>("jacobian", jacobian.size(), "probs squared", n * n);
  }
  if (detail::overlap(jacobian, probs)) {
    detail::throw_overlap<Arch>("jacobian", jacobian.size(), "probs", n);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double p = probs[i];
      const double rest = (i == j ? 1.0 : 0.0) - double(probs[j]);
      const bool flat = softmax.temperature == T(0) || p == 0.0;
      jacobian[i * n + j] = flat ? T(0) : static_cast<T>(p * rest / double(softmax.temperature));
    }
  }
}

}  // namespace simdact
