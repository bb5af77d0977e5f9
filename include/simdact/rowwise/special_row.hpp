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
  throw std::invalid_argument("simdact: temperature is " + std::to_string(temperature) +
                              ", but must be >= 0");
}

template <class Arch, class T>
SIMDACT_INLINE void require_temperature(T temperature) {
  if (!(temperature >= T(0)))
    throw_temperature<Arch>(temperature);
}

/// y_i = of_share(count of chosen logits) where x_i is one of them, else of_zero.
template <class Arch, class T, class Chosen, class OfShare>
void share_equally(T const* x, T* y, std::size_t n, Chosen chosen, T of_zero,
                   OfShare of_share) noexcept {
  const auto count = std::count_if(x, x + n, chosen);
  const T share = static_cast<T>(of_share(static_cast<double>(count)));
  std::transform(x, x + n, y, [=](T v) { return chosen(v) ? share : of_zero; });
}

/// Writes the row and returns true if it is a special one. `softmax` is of the softmax family;
/// of_zero is what it makes of probability 0, of_share(c) of probability 1/c.
template <class Arch, class Softmax, class T, class OfShare>
bool write_special_row(Softmax const& softmax, T const* x, T* y, std::size_t n, T max, T of_zero,
                       OfShare of_share) noexcept {
  constexpr T infinity = std::numeric_limits<T>::infinity();
  constexpr T nan = std::numeric_limits<T>::quiet_NaN();
  const bool cold = softmax.temperature == T(0);
  const bool hot = softmax.temperature == infinity;
  if (!cold && !hot && std::isfinite(max))
    return false;
  if (max == infinity || row_has_nan<Arch>(x, n)) {
    std::fill_n(y, n, nan);
  } else if (max == -infinity) {
    std::fill_n(y, n, softmax.masked_row == MaskedRow::zero ? of_zero : nan);
  } else if (cold) {
    share_equally<Arch>(
        x, y, n, [=](T v) { return v == max; }, of_zero, of_share);
  } else {
    share_equally<Arch>(
        x, y, n, [](T v) { return v != -infinity; }, of_zero, of_share);
  }
  return true;
}

}  // namespace detail

}  // namespace simdact
