#pragma once

/// @file
/// Sums over rows, in double whatever T, in an order that does not depend on the width of a batch or on how
/// a row lies in memory, and within a few roundings of the exact sum at any length.
///
/// What is summed is a line: a `Row`, or `Columns`, which are rows side by side. A line has `n` elements, of
/// which a register holds `step`, and gives sums of type `Sum`.

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "../core/wide.hpp"
#include "../detail/loop.hpp"

namespace simdact::detail {

/// Rows are walked in blocks of this many elements, each with a lane of its own in every sum.
inline constexpr std::size_t row_block = 16;

/// This many blocks are added up plainly before the error of their sum is kept: too few for roundings
/// to gather, enough to make keeping it free.
inline constexpr std::size_t blocks_per_chunk = 16;

template <class Line>
inline constexpr std::size_t batches_per_block =
    Line::step < row_block ? row_block / Line::step : 1;

/// One after the other, the registers that hold the lanes of a block.
template <class D, std::size_t Parts>
using BlockLanes = std::array<D, Parts>;

template <class D, std::size_t N>
SIMDACT_INLINE std::array<D, N> registers_of(core::Wide<D, N> const& wide) noexcept {
  std::array<D, N> registers;
  std::size_t count = 0;
  wide.lift([&](D const& r) SIMDACT_LAMBDA { return registers[count++] = r; }, wide);
  return registers;
}

/// Half of the registers onto the other half, until one is left.
template <class D, std::size_t Parts>
SIMDACT_INLINE D sum_of_registers(BlockLanes<D, Parts> lanes) noexcept {
  for (std::size_t half = Parts / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i)
      lanes[i] = lanes[i] + lanes[i + half];
  }
  return lanes[0];
}

/// Half of the lanes onto the other half, until one is left.
template <class D, std::size_t Parts>
SIMDACT_INLINE double sum_of_lanes(BlockLanes<D, Parts> const& lanes) noexcept {
  const D sum = sum_of_registers(lanes);
  if constexpr (core::is_wide<D>) {
    return sum_of_lanes(registers_of(sum));
  } else {
    return core::total(sum);
  }
}

/// A sum of blocks, with what its additions have rounded away.
template <class D, std::size_t Parts>
struct CompensatedSum {
  BlockLanes<D, Parts> sum;
  BlockLanes<D, Parts> lost;

  SIMDACT_INLINE CompensatedSum() noexcept {
    sum.fill(D(0.0));
    lost.fill(D(0.0));
  }

  /// Knuth's two-sum, lane by lane.
  SIMDACT_INLINE void add(BlockLanes<D, Parts> const& terms) noexcept {
    for (std::size_t p = 0; p < Parts; ++p) {
      const D next = sum[p] + terms[p];
      const D back = next - sum[p];
      lost[p] = lost[p] + ((sum[p] - (next - back)) + (terms[p] - back));
      sum[p] = next;
    }
  }

  template <class Line>
  SIMDACT_INLINE typename Line::Sum total() const noexcept {
    using Sum = typename Line::Sum;
    const Sum high = Line::total(sum);
    const Sum low = Line::total(lost);
    // An infinite sum has no error.
    return core::where(core::magnitude(low) < Sum(std::numeric_limits<double>::infinity()),
                       high + low, high);
  }
};

/// The lanes below count.
template <class D, class V, class T>
SIMDACT_INLINE auto first_lanes(std::size_t count) noexcept {
  constexpr std::size_t width = lane_count<V>;
  static constexpr std::array<T, 2 * width> ones_then_zeros = [] {
    std::array<T, 2 * width> a{};
    std::fill_n(a.begin(), width, T(1));
    return a;
  }();
  return D(0.0) < core::widen(load<V>(ones_then_zeros.data() + (width - count)));
}

/// The sums of `term(std::array<V, In>) -> std::array<D, Sums>` over the elements of `in`. Lanes behind
/// the end hold `padding` and do not count.
template <class Line, class T, std::size_t In, class Term>
auto sums_of(Line const& line, std::array<T const*, In> in, T padding, Term term) noexcept {
  using V = typename Line::V;
  using D = core::working_t<V>;
  using Terms = decltype(term(std::declval<std::array<V, In>>()));
  constexpr std::size_t sums = std::tuple_size_v<Terms>;
  constexpr std::size_t width = Line::step;
  constexpr std::size_t parts = batches_per_block<Line>;
  constexpr std::size_t block = width * parts;
  constexpr std::size_t chunk = block * blocks_per_chunk;

  const auto sum_chunk = [&](std::size_t i, std::size_t end) SIMDACT_LAMBDA {
    std::array<BlockLanes<D, parts>, sums> lanes;
    for (auto& l : lanes)
      l.fill(D(0.0));
    const auto add = [&](std::size_t part, Terms const& terms) SIMDACT_LAMBDA {
      for (std::size_t s = 0; s < sums; ++s)
        lanes[s][part] = lanes[s][part] + terms[s];
    };
    const auto terms_at = [&](std::size_t at) SIMDACT_LAMBDA {
      std::array<V, In> x;
      for (std::size_t k = 0; k < In; ++k)
        x[k] = line.load(in[k], at);
      return term(x);
    };
    for (; i + block <= end; i += block) {
      for (std::size_t part = 0; part < parts; ++part)
        add(part, terms_at(i + part * width));
    }
    std::size_t part = 0;
    for (; i + width <= end; i += width)
      add(part++, terms_at(i));
    if constexpr (width > 1) {
      if (i < end) {
        std::array<V, In> x;
        for (std::size_t k = 0; k < In; ++k)
          x[k] = core::load_first(V(padding), in[k] + i, end - i);
        Terms terms = term(x);
        for (D& t : terms)
          t = core::where(first_lanes<D, V, T>(end - i), t, D(0.0));
        add(part, terms);
      }
    }
    return lanes;
  };

  const std::size_t n = line.n;
  std::array<typename Line::Sum, sums> result;
  if (n <= chunk) {
    const auto lanes = sum_chunk(0, n);
    std::transform(lanes.begin(), lanes.end(), result.begin(),
                   [](auto const& l) SIMDACT_LAMBDA { return Line::total(l); });
    return result;
  }
  std::array<CompensatedSum<D, parts>, sums> totals;
  for (std::size_t start = 0; start < n; start += chunk) {
    const auto lanes = sum_chunk(start, (std::min)(n, start + chunk));
    for (std::size_t s = 0; s < sums; ++s)
      totals[s].add(lanes[s]);
  }
  std::transform(totals.begin(), totals.end(), result.begin(),
                 [](auto const& t) SIMDACT_LAMBDA { return t.template total<Line>(); });
  return result;
}

}  // namespace simdact::detail
