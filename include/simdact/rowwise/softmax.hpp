#pragma once

/// @file
/// Softmax with temperature: `forward` and `backward` over rows are in softmax_rows.hpp, over any axis in
/// axis.hpp, with a mask in masked.hpp; the Jacobian is here.

#include "softmax_rows.hpp"

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

template <class T, class Accuracy>
struct SoftmaxTraits<Softmax<T, Accuracy>> {
  static constexpr std::string_view output = "probs";
  static constexpr std::string_view grad_output = "grad_probs";
  static constexpr bool fast = core::is_fast<T, Accuracy>;
  static constexpr bool opposite = false;
  static constexpr T of_zero = T(0);
  static SIMDACT_INLINE double of_share(double count) noexcept { return 1.0 / count; }
};

/// Of a line with this largest logit.
template <class T, class Accuracy, class Line>
void forward_below(Softmax<T, Accuracy> const& softmax, Line const& line, T const* x, T* p,
                   typename Line::Max const& max) noexcept {
  if (write_special(softmax, line, x, p, max))
    return;
  const Shifted<T, typename Line::Max> shifted{max, softmax.temperature};
  const auto sum = typename Line::Sum(1.0) + sum_beside_max(line, x, shifted);
  write_probabilities(line, x, p, shifted, sum, 1.0);
}

/// Leaves the exponentials where the probabilities will be.
template <class Line>
ExpSumOf<Line> exp_sum_below(Softmax<float, Fast> const&, RowExps const& exps, Line const& line,
                             float const* x, float* p, typename Line::Max const& max) noexcept {
  if (!exps.reach_to(max))
    return out_of_reach<Line>(max);
  return {true, max, write_exps(line, exps.of(max), x, p)};
}

template <class Line>
void write_from(Softmax<float, Fast> const& softmax, RowExps const&, Line const& line,
                float const* x, float* p, ExpSumOf<Line> const& row) noexcept {
  if (!row.in_reach)
    return forward_below(softmax, line, x, p, row.max);
  const auto share = number_in_tier<true>(line, typename Line::Sum(1.0) / row.sum);
  write(line, std::array<float const*, 1>{p}, p, [=](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    return std::array{in[0] * V(share)};
  });
}

template <class Line>
void forward_line(Softmax<float, Fast> const& softmax, RowExps const& exps, Line const& line,
                  float const* x, float* p) noexcept {
  if (!exceed_caches<float>(line.n))
    return forward_below(softmax, exps, line, x, p, max_of(line, x));
  // To compute the exponentials again takes less time than to write them, read them and write again.
  const auto row = sum_of_exps(line, exps, x);
  if (!row.in_reach)
    return forward_line(softmax, line, x, p);
  const auto share = number_in_tier<true>(line, typename Line::Sum(1.0) / row.sum);
  write(line, std::array{x}, p, [=, exp = exps.of(row.max)](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    return std::array{exp(in[0]) * V(share)};
  });
}

/// grad_x_i = p_i (g_i - sum_j p_j g_j) / T, given that sum and `flowing(p_i, g_i)`, which is g_i where p_i is
/// not 0.
template <class T, class Accuracy, class Line, class Flowing>
SIMDACT_INLINE void write_gradient(Softmax<T, Accuracy> const& softmax, Line const& line,
                                   std::array<T const*, 2> in, T* grad_x,
                                   typename Line::Sum const& dot, Flowing flowing) noexcept {
  constexpr bool fast = core::is_fast<T, Accuracy>;
  const auto shift = number_in_tier<fast>(line, dot);
  using Number = number_in_tier_t<Accuracy, T>;
  const auto scale = static_cast<Number>(1.0 / static_cast<double>(softmax.temperature));
  write(line, in, grad_x, [=](auto const& pg) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(pg[0])>;
    const auto prob = in_tier<fast>(pg[0]), grad = in_tier<fast>(flowing(pg[0], pg[1]));
    using D = std::remove_cvref_t<decltype(prob)>;
    D through;
    if constexpr (fast) {  // 0 where p_i is 0, even if the difference were infinite
      through = core::fnmadd(prob, D(shift), prob * grad);
    } else {
      through = prob * (grad - D(shift));
    }
    return std::array{
        core::narrow<V>(core::fmadd(through, D(scale), D(Number(0))))};  // -0 + 0 = +0
  });
}

/// sum_j p_j g_j, given `flowing`.
template <class T, class Accuracy, class Line, class Flowing>
SIMDACT_INLINE typename Line::Sum flowing_sum(Softmax<T, Accuracy> const&, Line const& line,
                                              std::array<T const*, 2> in,
                                              Flowing flowing) noexcept {
  constexpr bool fast = core::is_fast<T, Accuracy>;
  using Number = number_in_tier_t<Accuracy, T>;
  return sum_in_tier<Accuracy>(line, in, [=](auto const& pg) SIMDACT_LAMBDA {
    const auto prob = in_tier<fast>(pg[0]), grad = in_tier<fast>(flowing(pg[0], pg[1]));
    using D = std::remove_cvref_t<decltype(prob)>;
    // A product that no compiler fuses with the sum here and not there.
    return core::fmadd(prob, grad, D(Number(-0.0)));
  });
}

/// As long as all of it is finite.
inline constexpr auto all_flows = [](auto const&, auto const& grad) SIMDACT_LAMBDA { return grad; };

template <class T, class Accuracy, class Line>
SIMDACT_INLINE typename Line::Sum backward_sum(Softmax<T, Accuracy> const& softmax,
                                               Line const& line, T const* p,
                                               T const* grad_p) noexcept {
  return flowing_sum(softmax, line, std::array{p, grad_p}, all_flows);
}

/// Where a gradient that does not flow is infinite or NaN, maybe. A function of its own, to leave the others short.
template <class T, class Accuracy, class Line>
void write_masked_gradient(Softmax<T, Accuracy> const& softmax, Line const& line,
                           std::array<T const*, 2> in, T* grad_x) noexcept {
  const auto flowing = [](auto const& prob, auto const& grad) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(prob)>;
    return core::zero_where(prob == V(0), grad);
  };
  write_gradient(softmax, line, in, grad_x, flowing_sum(softmax, line, in, flowing), flowing);
}

/// 0 where p_i is 0, whatever g_i, since nothing flows through a masked logit.
template <class T, class Accuracy, class Line>
SIMDACT_INLINE void write_backward(Softmax<T, Accuracy> const& softmax, Line const& line,
                                   T const* p, T const* grad_p, T* grad_x,
                                   typename Line::Sum const& sum) noexcept {
  const std::array in = {p, grad_p};
  if (softmax.temperature == T(0)) [[unlikely]] {  // piecewise constant
    fill(line, grad_x, T(0));
  } else if (!all_finite(sum)) [[unlikely]] {
    write_masked_gradient(softmax, line, in, grad_x);
  } else {
    write_gradient(softmax, line, in, grad_x, sum, all_flows);
  }
}

}  // namespace detail

/// jacobian[i * n + j] = dp_i/dx_j = p_i ([i = j] - p_j) / T, for one row of n probabilities. The
/// output has n^2 elements, apart from `probs`. Errors (`std::invalid_argument`, before anything is
/// written): a temperature below 0 or NaN, another length, memory that overlaps.
template <class T, class Accuracy>
SIMDACT_INLINE void jacobian(Softmax<T, Accuracy> const& softmax,
                             std::span<std::type_identity_t<T> const> probs,
                             std::span<std::type_identity_t<T>> jacobian) {
  using Arch = xsimd::default_arch;
  detail::require_temperature<Arch>(softmax.temperature);
  const std::size_t n = probs.size();
  // n * n may be more than there are numbers.
  if (n == 0 ? !jacobian.empty() : jacobian.size() % n != 0 || jacobian.size() / n != n) {
    detail::fail<Arch>("jacobian has length ", jacobian.size(), ", but must have that of probs, ",
                       n, ", squared");
  }
  detail::require_apart<Arch>(jacobian, "jacobian", probs, "probs");
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double p = double(probs[i]);
      const double rest = (i == j ? 1.0 : 0.0) - double(probs[j]);
      const bool flat = softmax.temperature == T(0) || p == 0.0;
      jacobian[i * n + j] = flat ? T(0) : static_cast<T>(p * rest / double(softmax.temperature));
    }
  }
}

}  // namespace simdact
