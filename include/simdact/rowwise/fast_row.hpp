#pragma once

/// @file
/// A row in the Fast tier: its exponentials in floats, their sum in double.

#include <bit>

#include "../core/fast.hpp"
#include "special_row.hpp"

namespace simdact::detail {

/// e^(x/T) 2^(spare - top) for the logits x of a row, in floats; 0 where that is below 2^-126. 2^top is
/// about the largest e^(x/T) of the row: nothing overflows or is lost. x - max, which would round, is
/// never formed. A Level is a float, or lanes of one for each of several rows.
template <class Level = float>
struct RowExp {
  /// Room below the largest result: what has no place in it is 0 as a probability, too.
  static constexpr double spare = 60.0;

  float rate;                 // log2(e)/T
  float step_high, step_low;  // T ln 2 = 1/rate
  Level shift;  // added to an integer n, it leaves the exponent field of 2^(n - top + spare) below
  Level least;  // from which logit on down the result is 0
  std::array<float, 5> coefficients;  // of (e^r - 1)/r by powers of T r

  template <class V>
  SIMDACT_INLINE V operator()(V const& x) const noexcept {
    const V d = core::larger(V(least), x);  // NaN in x stays
    const V shifted = core::fmadd(d, V(rate), V(shift));
    const V n = core::without_shift(shifted, V(shift));
    const V r = core::fnmadd(n, V(step_low), core::fnmadd(n, V(step_high), d));
    const V scale = core::power_of_two(shifted);
    const V rest = core::horner_by(r, coefficients);
    return core::fmadd(rest * r, scale, scale);
  }
};

/// What the exponentials of all rows at one temperature have in common.
class RowExps {
 public:
  explicit SIMDACT_INLINE RowExps(float temperature) noexcept
      : inverse_(1.0 / static_cast<double>(temperature)),
        step_(static_cast<double>(temperature) * ln2),
        longest_((temperature >= 0x1p-20f && temperature <= 0x1p20f ? temperature : 0.0f) * reach) {
    exp_.rate = static_cast<float>(inverse_ * 0x1.71547652b82fep0);
    exp_.step_high = static_cast<float>(step_);
    if constexpr (!SIMDACT_HAS_FMA)  // half of the bits are left for n
      exp_.step_high =
          std::bit_cast<float>(std::bit_cast<std::uint32_t>(exp_.step_high) & 0xfffff000u);
    exp_.step_low = static_cast<float>(step_ - static_cast<double>(exp_.step_high));
    // For |r| <= ln(2)/2: e^r within 9.3e-8; by least squares, see polynomial_fit.hpp.
    exp_.coefficients = {0x1.fffff6p-1f, 0x1.fffdc4p-2f, 0x1.555a6ep-3f, 0x1.573ad6p-5f,
                         0x1.0fa79cp-7f};
    double power = 1.0;
    for (float& c : exp_.coefficients)
      c = static_cast<float>(static_cast<double>(c) * (power *= inverse_));
  }

  /// Is a row with this maximum within reach? One with a maximum that is no number is not, nor is one at
  /// temperature 0 or +inf.
  SIMDACT_INLINE bool reach_to(float max) const noexcept { return std::fabs(max) < longest_; }

  /// To all of the rows with these maxima?
  template <class A>
  SIMDACT_INLINE bool reach_to(xsimd::batch<float, A> const& max) const noexcept {
    return all(core::magnitude(max) < xsimd::batch<float, A>(longest_));
  }

  /// Those of a row with this maximum, or of rows with these.
  template <class V>
  SIMDACT_INLINE RowExp<V> of(V const& max) const noexcept {
    using D = core::working_t<V>;
    const D bottom = top(core::widen(max)) - D(RowExp<>::spare);
    // From a quarter above, where it comes to -127 whether rounded to the nearest or downwards: the exponent's
    // field has no place for -128.
    constexpr double lowest = -126.75;
    return {exp_.rate,
            exp_.step_high,
            exp_.step_low,
            core::narrow<V>(D(static_cast<double>(core::float_exponent_shift)) - bottom),
            core::narrow<V>((bottom + D(lowest)) * D(step_)),
            exp_.coefficients};
  }

  /// A sum of one row's results as one of another's, whose maximum is larger.
  SIMDACT_INLINE double moved(double sum, float from, float to) const noexcept {
    const double steps = top(static_cast<double>(from)) - top(static_cast<double>(to));
    return std::ldexp(sum, static_cast<int>(std::fmax(steps, -2000.0)));
  }

  /// log(sum_j e^((x_j - max)/T)) >= 0, given the sum of that row's results.
  SIMDACT_INLINE double log_sum(double sum, double max) const noexcept {
    const double bottom = top(max) - RowExp<>::spare;
    const double depth = bottom * ln2 - max * inverse_;
    return core::at_least(std::log(sum) + depth, 0.0);
  }

 private:
  static constexpr double ln2 = 0x1.62e42fefa39efp-1;
  /// Of |max/T|: so far, n step_high is exact.
  static constexpr float reach = SIMDACT_HAS_FMA ? 0x1p19f : 0x1p10f;

  template <class D>
  SIMDACT_INLINE D top(D const& max) const noexcept {
    const D shift(0x1.8p52);  // leaves an integer
    return core::without_shift(core::fmadd(max, D(static_cast<double>(exp_.rate)), shift), shift);
  }

  double inverse_;
  double step_;  // T ln 2
  float longest_;
  RowExp<> exp_;
};

/// So many floats are added up in a lane before their sum becomes a double: where one outweighs the others,
/// all additions round the same way.
inline constexpr std::size_t additions = 16;

/// The sum of `term(std::array<V, In>) -> V`, which of `padding` is 0.
template <class Arch, std::size_t In, class Term>
SIMDACT_INLINE double sum_in_floats(Row<Arch, float> const& row, std::array<float const*, In> in,
                                    float padding, Term term) noexcept {
  using V = Lanes<float, Arch>;
  const std::size_t n = row.n;
  constexpr std::size_t block = 4 * additions * lane_count<V>;
  core::working_t<V> sum(0.0);
  for (std::size_t start = 0; start < n; start += block) {
    const auto parts = gather<Arch, float, In>((std::min)(block, n - start), in, padding, 0.0f,
                                               [&](auto const& so_far, auto const& x)
                                                   SIMDACT_LAMBDA { return so_far + term(x); });
    sum = sum + core::widen((parts[0] + parts[1]) + (parts[2] + parts[3]));
    for (float const*& from : in)
      from += block;
  }
  return sum_of_lanes(std::array{sum});
}

/// Pads a row without a part in its sum.
inline constexpr float no_logit = -std::numeric_limits<float>::infinity();

/// A kernel that keeps the sum of what it gives.
template <class V>
struct SummedExp {
  RowExp<> exp;
  V sum = V(0.0f);

  SIMDACT_INLINE std::array<V, 1> operator()(std::array<V, 1> const& x) noexcept {
    const V e = exp(x[0]);
    sum = sum + e;
    return {e};
  }
};

/// Writes the exponentials and returns their sum.
template <class Arch>
SIMDACT_INLINE double write_exps(Row<Arch, float> const& row, RowExp<> const& exp, float const* x,
                                 float* y) noexcept {
  using V = Lanes<float, Arch>;
  constexpr std::size_t block = additions * lane_count<V>;
  core::working_t<V> sum(0.0);
  for (std::size_t start = 0; start < row.n; start += block) {
    const auto done = walk<Arch, float, 1, 1, Batches::from_start>(
        (std::min)(block, row.n - start), {x + start}, {y + start}, SummedExp<V>{exp}, no_logit);
    sum = sum + core::widen(done.sum);
  }
  return sum_of_lanes(std::array{sum});
}

/// A line's largest logit and the sum of the exponentials that suit it.
template <class Max, class Sum>
struct ExpSum {
  bool in_reach;
  Max max;
  Sum sum;
};

template <class Line>
using ExpSumOf = ExpSum<typename Line::Max, typename Line::Sum>;

template <class Line>
SIMDACT_INLINE ExpSumOf<Line> out_of_reach(typename Line::Max const& max) noexcept {
  return {false, max, typename Line::Sum(0.0)};
}

/// In one traversal. A row out of reach has none.
template <class Arch>
SIMDACT_INLINE ExpSum<float, double> sum_of_exps(Row<Arch, float> const& row, RowExps const& exps,
                                                 float const* x) noexcept {
  constexpr std::size_t block = 1024;  // stays in the first cache
  ExpSum<float, double> so_far{true, -std::numeric_limits<float>::infinity(), 0.0};
  for (std::size_t start = 0; start < row.n; start += block) {
    const std::size_t count = (std::min)(block, row.n - start);
    const float block_max = row_max<Arch>(x + start, count);
    if (block_max > so_far.max || start == 0) {
      if (!exps.reach_to(block_max))
        return out_of_reach<Row<Arch, float>>(block_max);
      if (start != 0)
        so_far.sum = exps.moved(so_far.sum, so_far.max, block_max);
      so_far.max = block_max;
    }
    const auto term = [exp = exps.of(so_far.max)](auto const& in)
                          SIMDACT_LAMBDA { return exp(in[0]); };
    so_far.sum += sum_in_floats(Row<Arch, float>{count}, std::array{x + start}, no_logit, term);
  }
  return so_far;
}

/// Calls all(), in the Fast tier all(exps).
template <class F, class All>
SIMDACT_INLINE void with_exps(F const& f, All all) {
  if constexpr (SoftmaxTraits<F>::fast) {
    all(RowExps(f.temperature));
  } else {
    all();
  }
}

/// What a tier computes in: floats if it is Fast, else double lanes.
template <bool fast, class V>
SIMDACT_INLINE auto in_tier(V const& x) noexcept {
  if constexpr (fast) {
    return x;
  } else {
    return core::widen(x);
  }
}

/// What belongs to a line, as a number of its tier, or as lanes of such numbers.
template <bool fast, class Line>
SIMDACT_INLINE auto number_in_tier(Line const&, typename Line::Sum const& x) noexcept {
  if constexpr (!fast) {
    return x;
  } else if constexpr (std::is_same_v<typename Line::Sum, double>) {
    return static_cast<float>(x);
  } else {
    return core::narrow<typename Line::V>(x);
  }
}

template <class Accuracy, class V>
SIMDACT_INLINE auto in_tier(V const& x) noexcept {
  return in_tier<core::is_fast<scalar_of_t<V>, Accuracy>>(x);
}

template <class Accuracy, class T>
using number_in_tier_t = std::conditional_t<core::is_fast<T, Accuracy>, float, double>;

/// The sum of `term(std::array<V, In>)`, which is of the tier's lanes; of `padding` it is 0.
template <class Accuracy, class Line, class T, std::size_t In, class Term>
SIMDACT_INLINE typename Line::Sum sum_in_tier(Line const& line, std::array<T const*, In> in,
                                              Term term, T padding = T(0)) noexcept {
  if constexpr (core::is_fast<T, Accuracy>) {
    return sum_in_floats(line, in, padding, term);
  } else {
    const auto terms = [&](auto const& x) SIMDACT_LAMBDA { return std::array{term(x)}; };
    return sums_of(line, in, padding, terms)[0];
  }
}

}  // namespace simdact::detail
