#pragma once

/// @file
/// How the outputs of an activation are distributed, of a whole array or of each feature of a batch: to see
/// dead and saturated units. Arguments are whatever converts to a span. No allocation, no state; to be called
/// from any thread.

#include <array>
#include <limits>
#include <span>

#include "columns.hpp"
#include "elementwise.hpp"

namespace simdact {

/// A unit is saturated where |f'(x)| is below this: next to nothing of a gradient comes through.
inline constexpr double saturation_slope = 1e-3;

/// Of the outputs f(x) of an array. The shares are in [0, 1]; a ReLU unit is dead in a batch where zeros
/// is 1. Of no elements, count is 0 and all else NaN.
///
/// Maximum error, of up to 16M elements and beside that of f: of the mean 1e-15 max|f(x)|; of the variance
/// 1e-13 of it and 2.5e-16 max|f(x)| deviation, in which a mean far larger than the deviation does not
/// cancel. Doubles around 10^154 and above overflow the variance.
struct ActivationStatistics {
  std::size_t count;  // of all elements
  double mean;        // of the finite outputs; NaN if there are none
  double variance;    // likewise: the mean square of their deviations from the mean
  double zeros;       // the share of outputs that are 0, of either sign
  double saturated;   // the share of elements with |f'(x)| < saturation_slope
  double not_finite;  // the share of outputs that are NaN or infinite
};

namespace detail {

/// What is known so far of the outputs of some lanes, each for itself. Counts are doubles, which have them exactly.
struct RunningStatistics {
  using PerLane = std::array<double, column_block>;
  PerLane finite;
  PerLane not_finite;
  PerLane zeros;
  PerLane saturated;
  PerLane mean;
  PerLane squares;  // sums of the squared deviations from the mean

  /// An output and a slope for each lane from k on.
  /// Welford, "Note on a method for calculating corrected sums of squares and products", 1962.
  template <class D>
  SIMDACT_INLINE void add(D const& y, D const& slope, std::size_t k) noexcept {
    if constexpr (core::is_wide<D>) {
      constexpr std::size_t width = lane_count<std::remove_cvref_t<decltype(y.part[0])>>;
      y.for_each_part(
          [&](auto part) SIMDACT_LAMBDA { add(y.part[part], slope.part[part], k + part * width); });
    } else {
      const auto count = [&](D const& one_or_0, PerLane& counts) SIMDACT_LAMBDA {
        const D now = load<D>(&counts[k]) + one_or_0;
        store(now, &counts[k]);
        return now;
      };
      const D one(1.0), none(0.0);
      const auto is_finite = y - y == none;
      const D number = count(core::where(is_finite, one, none), finite);
      count(core::where(is_finite, none, one), not_finite);
      count(core::where(y == none, one, none), zeros);
      count(core::where(core::magnitude(slope) < D(saturation_slope), one, none), saturated);
      const D before = load<D>(&mean[k]);
      const D deviation = core::where(is_finite, y - before, none);
      const D now = before + core::ratio(deviation, core::larger(number, one));
      const D remaining = core::where(is_finite, y - now, none);
      store(now, &mean[k]);
      store(core::fmadd(deviation, remaining, load<D>(&squares[k])), &squares[k]);
    }
  }

  /// To the statistics of one lane those of another.
  /// Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983.
  SIMDACT_INLINE void join(std::size_t to, std::size_t from) noexcept {
    not_finite[to] += not_finite[from];
    zeros[to] += zeros[from];
    saturated[to] += saturated[from];
    if (finite[from] == 0.0)
      return;
    const double apart = mean[from] - mean[to];
    const double before = finite[to];
    finite[to] += finite[from];
    const double step = apart * (finite[from] / finite[to]);
    mean[to] += step;
    squares[to] = core::fmadd(step, apart * before, squares[to] + squares[from]);
  }

  SIMDACT_INLINE ActivationStatistics result(std::size_t k) const noexcept {
    const double count = finite[k] + not_finite[k];
    return {static_cast<std::size_t>(count),
            finite[k] == 0.0 ? std::numeric_limits<double>::quiet_NaN() : mean[k],
            squares[k] / finite[k],
            zeros[k] / count,
            saturated[k] / count,
            not_finite[k] / count};
  }
};

template <class Arch, Activation F, class T>
void statistics_of_columns(F const& f, std::span<T const> x, ActivationStatistics* statistics,
                           JoinedRows rows) noexcept {
  using V = Lanes<T, Arch>;
  constexpr std::size_t width = lane_count<V>;
  rows.for_each_block([&](std::size_t first, std::size_t lanes) SIMDACT_LAMBDA {
    RunningStatistics running{};
    std::array<T, column_block> y, slopes;
    rows.walk_down(first, lanes, [&](std::size_t i, std::size_t n) SIMDACT_LAMBDA {
      forward_and_derivative(f, x.subspan(i, n), std::span<T>(y.data(), n),
                             std::span<T>(slopes.data(), n));
      std::size_t k = 0;
      for (; k + width <= n; k += width)
        running.add(core::widen(load<V>(&y[k])), core::widen(load<V>(&slopes[k])), k);
      for (; k < n; ++k)
        running.add(static_cast<double>(y[k]), static_cast<double>(slopes[k]), k);
    });
    rows.for_each_shared(lanes, [&](std::size_t column, std::size_t lane)
                                    SIMDACT_LAMBDA { running.join(column, lane); });
    for (std::size_t k = 0; k < (std::min)(lanes, rows.features); ++k)
      statistics[first + k] = running.result(k);
  });
}

}  // namespace detail

/// The statistics of f(x[i]) over a whole array.
template <Activation F>
SIMDACT_INLINE ActivationStatistics
activation_statistics(F const& f, std::span<typename F::value_type const> x) noexcept {
  ActivationStatistics statistics;
  detail::statistics_of_columns<xsimd::default_arch>(f, x, &statistics, {x.size(), 1});
  return statistics;
}

/// statistics[j] = those of f(x[r][j]) over the rows r of a row-major matrix (rows, features). Without rows
/// each entry is that of no elements.
/// Errors (`std::invalid_argument`, before anything is written): a length that is not whole rows, not one
/// entry for each feature, memory that overlaps.
template <Activation F>
SIMDACT_INLINE void activation_statistics(F const& f, std::span<typename F::value_type const> x,
                                          std::size_t features,
                                          std::span<ActivationStatistics> statistics) {
  using Arch = xsimd::default_arch;
  const std::size_t rows = detail::require_whole_rows<Arch>(x, "x", features, "features");
  if (statistics.size() != features) {
    detail::throw_length_mismatch<Arch>("statistics", statistics.size(), "a row of x", features);
  }
  detail::require_apart<Arch>(statistics, "statistics", x, "x");
  detail::statistics_of_columns<Arch>(f, x, statistics.data(), {rows, features});
}

}  // namespace simdact
