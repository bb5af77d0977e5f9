#pragma once

/// @file
/// How the outputs of an activation are distributed, of a whole array or of each feature of a batch: to see
/// dead and saturated units. Arguments are whatever converts to a span. No allocation, no state; to be called
/// from any thread.

#include <cmath>
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

/// What is known of a lane's outputs so far.
struct RunningStatistics {
  std::size_t finite;
  std::size_t not_finite;
  std::size_t zeros;
  std::size_t saturated;
  double mean;
  double squares;  // sum of the squared deviations from the mean

  /// Welford, "Note on a method for calculating corrected sums of squares and products", 1962.
  SIMDACT_INLINE void add(double y, double slope) noexcept {
    zeros += y == 0.0 ? 1 : 0;
    saturated += std::fabs(slope) < saturation_slope ? 1 : 0;
    if (!std::isfinite(y)) {
      ++not_finite;
      return;
    }
    ++finite;
    const double deviation = y - mean;
    mean += deviation / static_cast<double>(finite);
    squares = core::fmadd(deviation, y - mean, squares);
  }

  /// Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983.
  SIMDACT_INLINE void add(RunningStatistics const& other) noexcept {
    not_finite += other.not_finite;
    zeros += other.zeros;
    saturated += other.saturated;
    if (other.finite == 0)
      return;
    const double apart = other.mean - mean;
    const double before = static_cast<double>(finite);
    finite += other.finite;
    const double step = apart * (static_cast<double>(other.finite) / static_cast<double>(finite));
    mean += step;
    squares = core::fmadd(step, apart * before, squares + other.squares);
  }

  SIMDACT_INLINE ActivationStatistics result() const noexcept {
    const std::size_t all = finite + not_finite;
    const double count = static_cast<double>(all);
    const double outputs = static_cast<double>(finite);
    return {all,
            finite == 0 ? std::numeric_limits<double>::quiet_NaN() : mean,
            squares / outputs,
            static_cast<double>(zeros) / count,
            static_cast<double>(saturated) / count,
            static_cast<double>(not_finite) / count};
  }
};

template <class Arch, Activation F, class T>
void statistics_of_columns(F const& f, std::span<T const> x, ActivationStatistics* statistics,
                           JoinedRows rows) noexcept {
  rows.for_each_block([&](std::size_t first, std::size_t lanes) SIMDACT_LAMBDA {
    std::array<RunningStatistics, column_block> running{};
    std::array<T, column_block> y, slopes;
    rows.walk_down(first, lanes, [&](std::size_t i, std::size_t n) SIMDACT_LAMBDA {
      forward_and_derivative(f, x.subspan(i, n), std::span<T>(y.data(), n),
                             std::span<T>(slopes.data(), n));
      for (std::size_t k = 0; k < n; ++k)
        running[k].add(static_cast<double>(y[k]), static_cast<double>(slopes[k]));
    });
    rows.for_each_shared(lanes, [&](std::size_t column, std::size_t lane)
                                    SIMDACT_LAMBDA { running[column].add(running[lane]); });
    for (std::size_t k = 0; k < (std::min)(lanes, rows.features); ++k)
      statistics[first + k] = running[k].result();
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
