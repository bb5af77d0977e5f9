#pragma once

#include "softmax.hpp"

namespace simdact {

/// Softmin: p_i = e^(-x_i/T) / sum_j e^(-x_j/T), softmax of -x.
///
/// Everything else is as in `Softmax` of the logits -x: parameters, errors and special values, where +inf
/// now has probability 0 and gradient 0, -inf makes its row NaN, and T = 0 is one-hot at the smallest.
/// Source: PyTorch, `torch.nn.Softmin`.
template <class T = float, class Accuracy = Precise>
struct Softmin {
  using value_type = T;
  static constexpr std::string_view name = "softmin";

  T temperature = T(1);
  MaskedRow masked_row = MaskedRow::nan;
};

namespace detail {

template <class T, class Accuracy>
struct SoftmaxTraits<Softmin<T, Accuracy>> : SoftmaxTraits<Softmax<T, Accuracy>> {
  static constexpr bool opposite = true;
};

/// What softmin is of the logits -x.
template <class T, class Accuracy>
SIMDACT_INLINE Softmax<T, Accuracy> of_opposite(Softmin<T, Accuracy> const& softmin) noexcept {
  return {.temperature = softmin.temperature, .masked_row = softmin.masked_row};
}

/// -x, in place of the probabilities: a row is still in the first cache when softmax reads it.
template <class Line, class T>
SIMDACT_INLINE void write_opposite(Line const& line, T const* x, T* y) noexcept {
  write(line, std::array{x}, y,
        [](auto const& in) SIMDACT_LAMBDA { return std::array{core::negated(in[0])}; });
}

template <class T, class Accuracy, class Line>
void forward_line(Softmin<T, Accuracy> const& softmin, Line const& line, T const* x,
                  T* p) noexcept {
  write_opposite(line, x, p);
  forward_line(of_opposite(softmin), line, static_cast<T const*>(p), p);
}

template <class Line>
void forward_line(Softmin<float, Fast> const& softmin, RowExps const& exps, Line const& line,
                  float const* x, float* p) noexcept {
  write_opposite(line, x, p);
  forward_line(of_opposite(softmin), exps, line, static_cast<float const*>(p), p);
}

/// -p_i (g_i - sum_j p_j g_j) / T.
template <class T, class Accuracy, class Line>
SIMDACT_INLINE typename Line::Sum backward_sum(Softmin<T, Accuracy> const& softmin,
                                               Line const& line, T const* p,
                                               T const* grad_p) noexcept {
  return backward_sum(of_opposite(softmin), line, p, grad_p);
}

template <class T, class Accuracy, class Line>
void write_backward(Softmin<T, Accuracy> const& softmin, Line const& line, T const* p,
                    T const* grad_p, T* grad_x, typename Line::Sum const& sum) noexcept {
  write_backward(Softmax<T, Accuracy>{.temperature = -softmin.temperature}, line, p, grad_p, grad_x,
                 sum);
}

}  // namespace detail

}  // namespace simdact
