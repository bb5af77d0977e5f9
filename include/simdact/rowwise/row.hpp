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

/// The largest logit, NaN ignored; -inf for a row without any.
template <class Arch, class T>
T row_max(T const* row, std::size_t n) noexcept {
  using V = Lanes<T, Arch>;
  constexpr T lowest = -std::numeric_limits<T>::infinity();
  constexpr std::size_t width = lane_count<V>;
  const std::size_t body = n - n % width;
  V largest = V(lowest);
  const auto take = [&](V const& x)
                        SIMDACT_LAMBDA { largest = core::where(x > largest, x, largest); };
  for (std::size_t i = 0; i < body; i += width)
    take(load<V>(row + i));
  if (body != n)
    take(load_first<V>(row + body, n - body, lowest));
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

/// The sum of term(x_i, ...) over the elements of `in`, the last batch padded: in double whatever T, in
/// an order that does not depend on the width of a batch.
template <class Arch, class T, std::size_t In, class Term>
double sum_over(std::size_t n, std::array<T const*, In> in, T padding, Term term) noexcept {
  using V = Lanes<T, Arch>;
  using D = core::working_t<V>;
  constexpr std::size_t width = lane_count<V>;
  constexpr std::size_t parts = batches_per_block<V>;
  std::array<D, parts> sums;
  sums.fill(D(0.0));
  const std::size_t body = n - n % width;
  std::array<V, In> x;
  for (std::size_t i = 0; i < body; i += width) {
    for (std::size_t k = 0; k < In; ++k)
      x[k] = load<V>(in[k] + i);
    D& sum = sums[i / width % parts];
    sum = sum + term(x);
  }
  if (body != n) {
    for (std::size_t k = 0; k < In; ++k)
      x[k] = load_first<V>(in[k] + body, n - body, padding);
    D& sum = sums[body / width % parts];
    sum = sum + term(x);
  }
  double total = 0.0;
  for (D const& sum : sums)
    total = core::add_lanes(total, sum);
  return total;
}

/// The sum of the row's exponentials.
template <class Arch, class T>
double row_sum(T const* row, std::size_t n, ShiftedExp<T> const& shifted_exp) noexcept {
  return sum_over<Arch, T, 1>(n, {row}, -std::numeric_limits<T>::infinity(),
                              [&](auto const& x) SIMDACT_LAMBDA { return shifted_exp(x[0]); });
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
