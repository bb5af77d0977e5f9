#pragma once

/// @file
/// What every function over rows of logits starts from: the row's largest logit and the sum of the
/// exponentials below it.

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

/// The largest logit, NaN ignored; -inf for a row without any.
template <class Arch, class T>
T row_max(T const* row, std::size_t n) noexcept {
  using V = Lanes<T, Arch>;
  constexpr T lowest = -std::numeric_limits<T>::infinity();
  const std::array<V, 4> largest = gather<Arch, T, 1>(
      n, {row}, lowest, lowest,
      [](V const& so_far, auto const& x) SIMDACT_LAMBDA { return core::larger(x[0], so_far); });
  std::array<T, lane_count<V>> lanes;
  store(largest_of(largest), lanes.data());
  return largest_of(lanes);
}

template <class Arch, class T>
bool row_has_nan(T const* row, std::size_t n) noexcept {
  return std::any_of(row, row + n, [](T v) { return std::isnan(v); });
}

/// (x - max)/temperature for finite max and temperature > 0, and what is built on it. The difference
/// comes first, so that nothing overflows.
template <class T>
struct Shifted {
  /// Float logits are clamped here: deeper than a float reaches, since sums go on in double.
  static constexpr double wide_floor = -700.0;

  T max;
  T temperature;

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
  template <class V>
  SIMDACT_INLINE core::working_t<V> minus(V const& x, double log_sum) const noexcept {
    using D = core::working_t<V>;
    if constexpr (core::is_wide<D>) {
      return core::fmadd(difference(x), D(inverse()), D(-log_sum));
    } else {
      const auto scaled = quotient(x);
      return (scaled.high - D(log_sum)) + scaled.low;
    }
  }

 private:
  SIMDACT_INLINE double inverse() const noexcept { return 1.0 / static_cast<double>(temperature); }

  template <class V>
  SIMDACT_INLINE core::working_t<V> difference(V const& x) const noexcept {
    return core::widen(x) - core::working_t<V>(static_cast<double>(max));
  }

  /// In double lanes Knuth's two-sum carries what the difference rounds away; it counts only where it
  /// is finite.
  template <class D>
  SIMDACT_INLINE auto quotient(D const& x) const noexcept {
    const D shift = D(max);
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
template <class Arch, class T>
double sum_beside_max(T const* row, std::size_t n, Shifted<T> const& shifted) noexcept {
  const auto [below, at_max] =
      sums_over<Arch, T, 1>(n, {row}, shifted.max, [&](auto const& x) SIMDACT_LAMBDA {
        auto e = shifted.exp(x[0]);
        using D = decltype(e);
        if constexpr (core::is_wide<D>)
          e = core::where(e < D(0x1p-1009), D(0.0), e);  // e^wide_floor is 2^-1009.9
        const auto is_below = core::widen(x[0]) < D(static_cast<double>(shifted.max));
        // NaN counts as a maximum, and makes the sum NaN.
        return std::array{core::where(is_below, e, D(0.0)), core::where(is_below, D(0.0), e)};
      });
  return (at_max - 1.0) + below;
}

/// p_i = weight e^((x_i - max)/T) / sum.
template <class Arch, class T>
void write_probabilities(T const* x, T* p, std::size_t n, Shifted<T> const& shifted, double sum,
                         double weight) noexcept {
  loop<Arch, T, 1, 1>(n, {x}, {p}, [&](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    using D = core::working_t<V>;
    return std::array{core::narrow<V>(shifted.exp(in[0]) / D(sum) * D(weight))};
  });
}

}  // namespace simdact::detail
