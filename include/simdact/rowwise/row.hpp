#pragma once

/// @file
/// What every function over rows of logits starts from: the row's largest logit and the sum of the
/// exponentials below it.

#include <cmath>
#include <limits>
#include <span>

#include "../core/scaled_argument.hpp"
#include "../detail/check.hpp"
#include "sum.hpp"

namespace simdact::detail {

/// Of scalars, or lane by lane of registers. The compiler knows how many steps that takes.
template <class T, std::size_t N>
SIMDACT_INLINE T largest_of(std::array<T, N> const& lanes) noexcept {
  if constexpr (N == 1) {
    return lanes[0];
  } else {
    std::array<T, N / 2> half;
    for (std::size_t k = 0; k < N / 2; ++k)
      half[k] = core::larger(lanes[k], lanes[k + N / 2]);
    return largest_of(half);
  }
}

/// A row of neighbours in memory: a register holds several of them.
template <class Arch, class T>
struct Row {
  using V = Lanes<T, Arch>;
  using Max = T;
  using Sum = double;
  static constexpr std::size_t step = lane_count<V>;

  std::size_t n;

  SIMDACT_INLINE V load(T const* x, std::size_t i) const noexcept { return detail::load<V>(x + i); }

  static SIMDACT_INLINE double widened(T x) noexcept { return static_cast<double>(x); }

  template <class D, std::size_t Parts>
  static SIMDACT_INLINE double total(BlockLanes<D, Parts> const& lanes) noexcept {
    return sum_of_lanes(lanes);
  }
};

template <class Arch, class T, std::size_t In, class Term>
auto sums_over(std::size_t n, std::array<T const*, In> in, T padding, Term term) noexcept {
  return sums_of(Row<Arch, T>{n}, in, padding, term);
}

/// y_i = kernel(in_i).
template <class Arch, class T, std::size_t In, class Kernel>
SIMDACT_INLINE void write(Row<Arch, T> const& row, std::array<T const*, In> in, T* y,
                          Kernel kernel) noexcept {
  walk<Arch, T, In, 1>(row.n, in, {y}, kernel, T(0));
}

template <class Arch, class T>
SIMDACT_INLINE void fill(Row<Arch, T> const& row, T* y, T value) noexcept {
  std::fill_n(y, row.n, value);
}

/// The largest logit, NaN ignored; -inf for a row without any.
template <class Arch, class T>
T row_max(T const* row, std::size_t n) noexcept {
  using V = Lanes<T, Arch>;
  constexpr T lowest = -std::numeric_limits<T>::infinity();
  const std::array<V, 4> largest = gather<Arch, T, 1>(
      n, {row}, lowest, lowest,
      [](V const& so_far, auto const& x) SIMDACT_LAMBDA { return core::larger(x[0], so_far); });
  return largest_of(lanes_of(largest_of(largest)));
}

template <class Arch, class T>
SIMDACT_INLINE T max_of(Row<Arch, T> const& row, T const* x) noexcept {
  return row_max<Arch>(x, row.n);
}

/// Of a row whose elements are `stride` apart.
template <class Arch, class T>
bool row_has_nan(T const* row, std::size_t n, std::size_t stride = 1) noexcept {
  for (std::size_t i = 0; i < n; ++i) {
    if (std::isnan(row[i * stride]))
      return true;
  }
  return false;
}

/// Are the sums of all rows finite? A sum minus itself is 0 if it is.
template <class D>
SIMDACT_INLINE bool all_finite(D const& sums) noexcept {
  return sum_of_lanes(std::array{sums - sums}) == 0.0;
}

/// (x - max)/temperature for finite max and temperature > 0, and what is built on it. The difference
/// comes first, so that nothing overflows. Max is T, or lanes of it, a maximum for each.
template <class T, class Max = T>
struct Shifted {
  /// Float logits are clamped here: deeper than a float reaches, since sums go on in double.
  static constexpr double wide_floor = -700.0;

  Max max;
  T temperature;

  /// The maximum as a number of working lanes.
  template <class D>
  SIMDACT_INLINE D working_max() const noexcept {
    if constexpr (std::is_arithmetic_v<Max>) {
      return D(static_cast<double>(max));
    } else {
      return core::widen(max);
    }
  }

  /// e^((x - max)/temperature); 1 at the maximum; -inf gives 0, or e^wide_floor; NaN and max = +-inf give
  /// NaN.
  template <class V>
  SIMDACT_INLINE core::working_t<V> exp(V const& x) const noexcept {
    using D = core::working_t<V>;
    if constexpr (core::is_wide<D>) {
      const D scaled = core::at_least(difference(x) * D(inverse()), wide_floor);
      return core::exp(core::exp_parts(scaled));
    } else {
      const auto scaled = quotient(x);
      return core::exp_of_negative(scaled.high, 1.0, scaled.low);
    }
  }

  /// (x - max)/temperature - log_sum, for log_sum >= 0: never above 0.
  template <class V, class Sum>
  SIMDACT_INLINE core::working_t<V> minus(V const& x, Sum const& log_sum) const noexcept {
    using D = core::working_t<V>;
    if constexpr (core::is_wide<D>) {
      return core::fmadd(difference(x), D(inverse()), D(core::negated(log_sum)));
    } else {
      const auto scaled = quotient(x);
      return (scaled.high - D(log_sum)) + scaled.low;
    }
  }

 private:
  SIMDACT_INLINE double inverse() const noexcept { return 1.0 / static_cast<double>(temperature); }

  template <class V>
  SIMDACT_INLINE core::working_t<V> difference(V const& x) const noexcept {
    return core::widen(x) - working_max<core::working_t<V>>();
  }

  /// In double lanes Knuth's two-sum carries what the difference rounds away; it counts only where it
  /// is finite.
  template <class D>
  SIMDACT_INLINE auto quotient(D const& x) const noexcept {
    const D shift = working_max<D>();
    const D high = difference(x);
    const D back = high + shift;
    const D lost = (x - back) - (shift - (back - high));
    auto scaled = core::quotient(high, temperature);
    scaled.low = scaled.low + core::low_where_it_counts(lost / D(temperature));
    return scaled;
  }
};

/// sum_i e^((x_i - max)/T) - 1: without the term of one largest logit, so that its logarithm and its
/// share keep their relative accuracy where that logit outweighs all others.
template <class Line, class T>
auto sum_beside_max(Line const& line, T const* x,
                    Shifted<T, typename Line::Max> const& shifted) noexcept {
  const T padding = [&] {
    if constexpr (Line::step > 1) {
      return shifted.max;
    } else {
      return T(0);
    }
  }();
  const auto [below, at_max] =
      sums_of(line, std::array{x}, padding, [=](auto const& in) SIMDACT_LAMBDA {
        auto e = shifted.exp(in[0]);
        using D = decltype(e);
        if constexpr (core::is_wide<D>)
          e = core::where(e < D(0x1p-1009), D(0.0), e);  // e^wide_floor is 2^-1009.9
        const auto is_below = core::widen(in[0]) < shifted.template working_max<D>();
        // NaN counts as a maximum, and makes the sum NaN.
        return std::array{core::where(is_below, e, D(0.0)), core::where(is_below, D(0.0), e)};
      });
  return (at_max - typename Line::Sum(1.0)) + below;
}

template <class Arch, class T>
double sum_beside_max(T const* row, std::size_t n, Shifted<T> const& shifted) noexcept {
  return sum_beside_max(Row<Arch, T>{n}, row, shifted);
}

/// p_i = weight e^((x_i - max)/T) / sum. The weight is a number, or one for each of several rows.
template <class Line, class T, class Weight>
void write_probabilities(Line const& line, T const* x, T* p,
                         Shifted<T, typename Line::Max> const& shifted,
                         typename Line::Sum const& sum, Weight const& weight) noexcept {
  write(line, std::array{x}, p, [=](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    using D = core::working_t<V>;
    return std::array{core::narrow<V>(shifted.exp(in[0]) / D(sum) * D(weight))};
  });
}

template <class Arch, class T>
void write_probabilities(T const* x, T* p, std::size_t n, Shifted<T> const& shifted, double sum,
                         double weight) noexcept {
  write_probabilities(Row<Arch, T>{n}, x, p, shifted, sum, weight);
}

}  // namespace simdact::detail
