#pragma once

/// @file
/// The rows that softmax and its logarithm answer by a limit or a convention, not by their formula.

#include <cmath>

#include "row.hpp"

namespace simdact {

/// What a row becomes in which every logit is -inf (masked): NaN, or probabilities of zero.
enum class MaskedRow { nan, zero };

namespace detail {

template <class Arch, class T>
[[noreturn]] void throw_temperature(T temperature) {
  fail<Arch>("temperature is ", temperature, ", but must be >= 0");
}

template <class Arch, class T>
SIMDACT_INLINE void require_temperature(T temperature) {
  if (!(temperature >= T(0)))
    throw_temperature<Arch>(temperature);
}

/// How a function of the softmax family works: `output` and `grad_output`, the names of what it gives and of
/// the gradient there; `fast`, whether it has kernels of its own in the Fast tier; `opposite`, whether it is of
/// -x; `of_zero`, what it makes of probability 0, and `of_share(c)`, of probability 1/c. Beside it stand
/// forward_below or forward_line, and backward_line, for any line.
template <class F>
struct SoftmaxTraits;

template <class T>
SIMDACT_INLINE bool is_special(T temperature, T max) noexcept {
  return temperature == T(0) || std::isinf(temperature) || !std::isfinite(max);
}

/// Is the logit one of those that share the probability of a special row?
template <class T>
SIMDACT_INLINE bool has_share(T x, T max, T temperature) noexcept {
  return temperature == T(0) ? x == max : x != -std::numeric_limits<T>::infinity();
}

template <class Arch, class T>
double count_shares(T const* x, std::size_t n, T max, T temperature, std::size_t stride) noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < n; ++i)
    count += has_share(x[i * stride], max, temperature);
  return static_cast<double>(count);
}

/// sum_j e^((x_j - max)/T) - 1 of a special row, whose elements are `stride` apart: NaN if there is one in it,
/// 0 if max is infinite.
template <class Arch, class T>
double special_rest(T const* x, std::size_t n, T max, T temperature,
                    std::size_t stride = 1) noexcept {
  if (row_has_nan<Arch>(x, n, stride))
    return std::numeric_limits<double>::quiet_NaN();
  return std::isfinite(max) ? count_shares<Arch>(x, n, max, temperature, stride) - 1.0 : 0.0;
}

/// The same of any row.
template <class Arch, class T>
double rest_of_row(T const* x, std::size_t n, T max, T temperature) noexcept {
  return is_special(temperature, max) ? special_rest<Arch>(x, n, max, temperature)
                                      : sum_beside_max<Arch>(x, n, Shifted<T>{max, temperature});
}

/// What is written to each element of a row without a logit to see.
template <class F>
SIMDACT_INLINE typename F::value_type of_masked_row(F const& f) noexcept {
  using T = typename F::value_type;
  return f.masked_row == MaskedRow::zero ? SoftmaxTraits<F>::of_zero
                                         : std::numeric_limits<T>::quiet_NaN();
}

/// Writes the row, whose elements are `stride` apart, and returns true if it is a special one.
template <class Arch, class F, class T, class OfShare>
bool write_special_row(F const& f, T const* x, T* y, std::size_t n, T max, OfShare of_share,
                       std::size_t stride = 1) noexcept {
  constexpr T of_zero = SoftmaxTraits<F>::of_zero;
  constexpr T infinity = std::numeric_limits<T>::infinity();
  const auto fill = [&](T value) SIMDACT_LAMBDA {
    for (std::size_t i = 0; i < n; ++i)
      y[i * stride] = value;
  };
  if (!is_special(f.temperature, max))
    return false;
  if (max == infinity || row_has_nan<Arch>(x, n, stride)) {
    fill(std::numeric_limits<T>::quiet_NaN());
  } else if (max == -infinity) {
    fill(of_masked_row(f));
  } else {
    const double count = count_shares<Arch>(x, n, max, f.temperature, stride);
    const T share = static_cast<T>(of_share(count));
    for (std::size_t i = 0; i < n; ++i)
      y[i * stride] = has_share(x[i * stride], max, f.temperature) ? share : of_zero;
  }
  return true;
}

template <class F>
SIMDACT_INLINE auto share_of() noexcept {
  return [](double count) SIMDACT_LAMBDA { return SoftmaxTraits<F>::of_share(count); };
}

template <class F, class Arch, class T>
SIMDACT_INLINE bool write_special(F const& f, Row<Arch, T> const& row, T const* x, T* y,
                                  T max) noexcept {
  return write_special_row<Arch>(f, x, y, row.n, max, share_of<F>());
}

}  // namespace detail

}  // namespace simdact
