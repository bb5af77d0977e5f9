#pragma once

/// @file
/// What every function over rows of logits starts from: the row's largest logit and the sum of the
/// exponentials below it.

#include <limits>
#include <span>

#include "../core/scaled_argument.hpp"
#include "../detail/check.hpp"
#include "../detail/loop.hpp"

namespace simdact::detail {

template <class Arch>
[[noreturn]] void throw_row_length(std::size_t length, std::size_t row_length) {
  throw std::invalid_argument("simdact: length " + std::to_string(length) +
                              " is not a multiple of row_length " + std::to_string(row_length));
}

/// Throws unless `length` elements are whole rows.
template <class Arch>
SIMDACT_INLINE void require_whole_rows(std::size_t length, std::size_t row_length) {
  if (row_length == 0 ? length != 0 : length % row_length != 0) {
    throw_row_length<Arch>(length, row_length);
  }
}

/// Rows are walked in blocks of this many elements, each with a lane of its own in every sum, so that
/// the order of summation is the same for every width of batch.
inline constexpr std::size_t row_block = 16;

template <class V>
inline constexpr std::size_t batches_per_block =
    lane_count<V> < row_block ? row_block / lane_count<V> : 1;

/// Calls f(batch, k) for the row's batches, the last one padded by -inf; k counts the batches within
/// their block.
template <class V, class T, class F>
SIMDACT_INLINE void for_each_batch(T const* row, std::size_t n, F f) noexcept {
  constexpr std::size_t width = lane_count<V>;
  const std::size_t body = n - n % width;
  for (std::size_t i = 0; i < body; i += width) {
    f(load<V>(row + i), i / width % batches_per_block<V>);
  }
  if (body != n) {
    constexpr T padding = -std::numeric_limits<T>::infinity();
    f(load_first<V>(row + body, n - body, padding), body / width % batches_per_block<V>);
  }
}

/// The largest logit, NaN ignored; -inf for a row without any.
template <class Arch, class T>
T row_max(T const* row, std::size_t n) noexcept {
  using V = Lanes<T, Arch>;
  constexpr T lowest = -std::numeric_limits<T>::infinity();
  V largest = V(lowest);
  for_each_batch<V>(row, n, [&](V const& x, std::size_t) SIMDACT_LAMBDA {
    largest = core::where(x > largest, x, largest);
  });
  std::array<T, lane_count<V>> lanes;
  store(largest, lanes.data());
  return *std::max_element(lanes.begin(), lanes.end());
}

/// e^((x - max)/temperature), temperature > 0 finite. The difference comes first, so that nothing
/// overflows; -inf gives 0, NaN and max = +-inf give NaN.
template <class T>
struct ShiftedExp {
  T max;
  T temperature;

  template <class V>
  SIMDACT_INLINE core::working_t<V> operator()(V const& x) const noexcept {
    using D = core::working_t<V>;
    const D wide = core::widen(x);
    const D shift = D(static_cast<double>(max));
    const D difference = wide - shift;
    if constexpr (core::is_wide<D>) {
      return core::exp_of_negative(difference * D(1.0 / static_cast<double>(temperature)), 1.0);
    } else {
      // Knuth's two-sum carries what the difference rounds away; it counts only where it is finite.
      const D back = difference + shift;
      const D lost = (wide - back) - (shift - (back - difference));
      const auto scaled = core::quotient(difference, temperature);
      const D low = core::low_where_it_counts(lost / D(temperature));
      return core::exp_of_negative(scaled.high, 1.0, scaled.low + low);
    }
  }
};

/// The sum of the row's exponentials, in double whatever T.
template <class Arch, class T>
double row_sum(T const* row, std::size_t n, ShiftedExp<T> const& shifted_exp) noexcept {
  using V = Lanes<T, Arch>;
  using D = core::working_t<V>;
  std::array<D, batches_per_block<V>> sums;
  sums.fill(D(0.0));
  for_each_batch<V>(row, n, [&](V const& x, std::size_t k) SIMDACT_LAMBDA {
    sums[k] = sums[k] + shifted_exp(x);
  });
  double sum = 0.0;
  for (D const& part : sums)
    sum = core::add_lanes(sum, part);
  return sum;
}

/// p_i = weight e^((x_i - max)/T) / sum.
template <class Arch, class T>
void write_probabilities(T const* x, T* p, std::size_t n, ShiftedExp<T> const& shifted_exp,
                         double sum, double weight) noexcept {
  loop<Arch, T, 1, 1>(n, {x}, {p}, [&](auto const& in) SIMDACT_LAMBDA {
    using V = std::remove_cvref_t<decltype(in[0])>;
    using D = core::working_t<V>;
    return std::array{core::narrow<V>(shifted_exp(in[0]) / D(sum) * D(weight))};
  });
}

}  // namespace simdact::detail
