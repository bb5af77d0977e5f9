#pragma once

/// @file
/// A row's largest logit and its sum of exponentials, of parts of the row that are merged in any order.

#include "../core/double_exp.hpp"
#include "special_row.hpp"

namespace simdact::detail {

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
    const double rest = rest_of_row<Arch>(x, n, max, temperature);
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
