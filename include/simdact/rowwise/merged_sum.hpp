#pragma once

/// @file
/// A row's largest logit and its sum of exponentials, of parts of the row that are merged in any order.

#include "../core/double_exp.hpp"
#include "row.hpp"

namespace simdact::detail {

/// sum_j e^((x_j - max)/T) - 1 of a block with this largest logit; NaN if there is one in the block.
template <class Arch, class T>
double rest_of_block(T const* x, std::size_t n, T max, T temperature) noexcept {
  constexpr T infinity = std::numeric_limits<T>::infinity();
  const bool cold = temperature == T(0);
  if (std::isfinite(max) && !cold && temperature != infinity)
    return sum_beside_max<Arch>(x, n, Shifted<T>{max, temperature});
  if (row_has_nan<Arch>(x, n))
    return std::numeric_limits<double>::quiet_NaN();
  if (!std::isfinite(max))
    return 0.0;
  const auto counts = [=](T v) { return cold ? v == max : v != -infinity; };
  return static_cast<double>(std::count_if(x, x + n, counts)) - 1.0;
}

/// Of the logits seen so far. NaN and infinities are in `max` alone.
template <class T>
struct MergedSum {
  T temperature;
  T max;
  /// sum_j e^((x_j - max)/T) - 1. To twice the precision: a sum of many parts is rounded as often.
  core::Two<double> rest;

  static SIMDACT_INLINE MergedSum none(T temperature) noexcept {
    return {temperature, -std::numeric_limits<T>::infinity(), {0.0, 0.0}};
  }

  template <class Arch>
  static SIMDACT_INLINE MergedSum of(T const* x, std::size_t n, T temperature) noexcept {
    const T max = row_max<Arch>(x, n);
    const double rest = rest_of_block<Arch>(x, n, max, temperature);
    if (std::isnan(rest))
      return {temperature, std::numeric_limits<T>::quiet_NaN(), {0.0, 0.0}};
    return {temperature, max, {rest, 0.0}};
  }

  /// Of two largest logits the larger one counts, the other one becomes part of the rest.
  SIMDACT_INLINE void add(MergedSum const& other) noexcept {
    if (!std::isfinite(max) || !std::isfinite(other.max)) {
      if (max < other.max || std::isnan(other.max))
        *this = other;
      return;
    }
    const bool rises = max < other.max;
    const MergedSum low = rises ? *this : other;
    if (rises)
      *this = other;
    const core::Two<double> share = exp_below_max(low.max);
    rest = core::sum(core::sum(rest, core::product(low.rest, share)), share);
  }

  SIMDACT_INLINE double rounded_rest() const noexcept { return rest.high + rest.low; }

 private:
  /// e^((x - max)/T) for x <= max.
  SIMDACT_INLINE core::Two<double> exp_below_max(T x) const noexcept {
    if (x == max || std::isinf(temperature))
      return {1.0, 0.0};
    const auto t = static_cast<double>(temperature);
    const auto difference = core::two_sum(static_cast<double>(x), -static_cast<double>(max));
    const auto scaled = core::quotient(difference.high, t);
    const double low = scaled.low + core::low_where_it_counts(difference.low / t);
    const double high = core::at_least(scaled.high, -core::exp_limit<double>);
    const auto e = core::DoubleExp<double>(high, low).value();
    return {core::unlift(e.high, high), core::unlift(e.low, high)};
  }
};

}  // namespace simdact::detail
