#pragma once

/// @file
/// Logarithm of softmax with temperature: `forward` and `backward` over rows are in softmax_rows.hpp, over
/// any axis in axis.hpp, with a mask in masked.hpp.

#include "../core/fast_exp.hpp"
#include "log_sum.hpp"
#include "softmax_rows.hpp"

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

template <class T, class Accuracy>
struct SoftmaxTraits<LogSoftmax<T, Accuracy>> {
  static constexpr std::string_view output = "log_probs";
  static constexpr std::string_view grad_output = "grad_log_probs";
  static constexpr bool fast = core::is_fast<T, Accuracy>;
  static constexpr bool opposite = false;
  static constexpr T of_zero = -std::numeric_limits<T>::infinity();
  static SIMDACT_INLINE double of_share(double count) noexcept {
    return 0.0 - LogSum::of(count - 1.0).value();
  }
};

/// Of a line with this largest logit.
template <class T, class Accuracy, class Line>
void forward_below(LogSoftmax<T, Accuracy> const& log_softmax, Line const& line, T const* x, T* y,
                   typename Line::Max const& max) noexcept {
  if (write_special(log_softmax, line, x, y, max))
    return;
  const Shifted<T, typename Line::Max> shifted{max, log_softmax.temperature};
  const auto log_sum = lanewise([](double rest) SIMDACT_LAMBDA { return LogSum::of(rest).value(); },
                                sum_beside_max(line, x, shifted));
  write(line, std::array{x}, y, [=](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    return std::array{core::narrow<V>(shifted.minus(in[0], log_sum))};
  });
}

template <class Line>
ExpSumOf<Line> exp_sum_below(LogSoftmax<float, Fast> const&, RowExps const& exps, Line const& line,
                             float const* x, float*, typename Line::Max const& max) noexcept {
  if (!exps.reach_to(max))
    return out_of_reach<Line>(max);
  const auto term = [exp = exps.of(max)](auto const& in) SIMDACT_LAMBDA { return exp(in[0]); };
  return {true, max, sum_in_floats(line, std::array{x}, no_logit, term)};
}

template <class Line>
void write_from(LogSoftmax<float, Fast> const& log_softmax, RowExps const& exps, Line const& line,
                float const* x, float* y, ExpSumOf<Line> const& row) noexcept {
  if (!row.in_reach)
    return forward_below(log_softmax, line, x, y, row.max);
  const auto log_sum = number_in_tier<true>(
      line, lanewise([&](double sum, double max) SIMDACT_LAMBDA { return exps.log_sum(sum, max); },
                     row.sum, Line::widened(row.max)));
  const float inverse = 1.0f / log_softmax.temperature;
  write(line, std::array{x}, y, [=, max = row.max](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    return std::array{core::fmadd(in[0] - V(max), V(inverse), core::negated(V(log_sum)))};
  });
}

/// In the Fast tier; a row out of its reach is left to the other one.
template <class Line>
void forward_line(LogSoftmax<float, Fast> const& log_softmax, RowExps const& exps, Line const& line,
                  float const* x, float* y) noexcept {
  const auto row = sum_of_exps(line, exps, x);
  if (!row.in_reach)
    return forward_line(log_softmax, line, x, y);
  write_from(log_softmax, exps, line, x, y, row);
}

/// e^y for y <= 0.
template <bool fast, class V>
SIMDACT_INLINE auto probability_in_tier(V const& y) noexcept {
  if constexpr (fast) {
    return core::fast_exp(core::at_least(y, core::fast_exp_floor));
  } else {
    return core::exp_of_negative(core::widen(y), 1.0);
  }
}

/// Of log-probabilities and gradients: nothing flows through a masked logit.
template <class T, bool fast>
inline constexpr auto flowing_gradient = [](auto const& yg) SIMDACT_LAMBDA {
  using V = std::remove_cvref_t<decltype(yg[0])>;
  return in_tier<fast>(core::zero_where(yg[0] == V(-std::numeric_limits<T>::infinity()), yg[1]));
};

template <class T, class Accuracy, class Line>
SIMDACT_INLINE typename Line::Sum backward_sum(LogSoftmax<T, Accuracy> const&, Line const& line,
                                               T const* y, T const* grad_y) noexcept {
  return sum_in_tier<Accuracy>(line, std::array{y, grad_y},
                               flowing_gradient<T, core::is_fast<T, Accuracy>>);
}

/// grad_x_i = (g_i - e^y_i sum_j g_j) / T; 0 where y_i is -inf, whatever g_i.
template <class T, class Accuracy, class Line>
void write_backward(LogSoftmax<T, Accuracy> const& log_softmax, Line const& line, T const* y,
                    T const* grad_y, T* grad_x, typename Line::Sum const& sum) noexcept {
  constexpr bool fast = core::is_fast<T, Accuracy>;
  if (log_softmax.temperature == T(0))  // piecewise constant
    return fill(line, grad_x, T(0));
  const auto shift = number_in_tier<fast>(line, sum);
  const auto scale = static_cast<number_in_tier_t<Accuracy, T>>(
      1.0 / static_cast<double>(log_softmax.temperature));
  write(line, std::array{y, grad_y}, grad_x, [=](auto const& yg) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(yg[0])>;
    const auto p = probability_in_tier<fast>(yg[0]);
    using D = std::remove_cvref_t<decltype(p)>;
    const D through = core::fnmadd(p, D(shift), flowing_gradient<T, fast>(yg)) * D(scale);
    return std::array{core::where(yg[0] == V(-std::numeric_limits<T>::infinity()), V(0),
                                  core::narrow<V>(through))};
  });
}

}  // namespace detail

}  // namespace simdact
