#pragma once

/// @file
/// The points at which one direction of one activation is measured in double: each a function of its
/// index, so that any thread takes any of them and every run the same.

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <optional>
#include <vector>

#include "quad.hpp"

/// Where the function is as small as 2^-960, and where as small as 2^-1080: beyond the smallest double.
struct Tail {
  double begin;
  double end;
};

class DoublePoints {
 public:
  struct Kind {
    char const* what;
    std::uint64_t count;
  };

  /// How many points of each kind: 10,250,000.
  static constexpr std::array kinds = {
      Kind{"uniform in bit pattern", 4000000},
      Kind{"uniform in [-4, 4], [-40, 40] and [-750, 50], a third each", 3000000},
      Kind{"around 0, uniform in the exponent from 2^-60 to 1", 1000000},
      Kind{"around -3, 3 and 6, their distance uniform in its exponent", 500000},
      Kind{"around the derivative's zero, likewise; without one, in [-2, -0.5]", 1000000},
      Kind{"where results become subnormal and vanish, and subnormal inputs", 500000},
      Kind{"from 2^1000 to the largest double", 250000},
  };

  /// value(x) is the function in quadruple precision, derivative(x) its or its antiderivative's
  /// derivative. One point of `thinned` of each kind.
  template <class Value, class Derivative>
  DoublePoints(Value value, Derivative derivative, std::uint64_t thinned)
      : thinned_(thinned), root_(root_of(derivative)) {
    for (const double side : {-1.0, 1.0}) {
      if (const auto tail = tail_of([&](double x) { return abs(value(side * x)); }))
        tails_.push_back({side * tail->begin, side * tail->end});
    }
  }

  std::uint64_t size() const {
    return std::accumulate(kinds.begin(), kinds.end(), std::uint64_t{0},
                           [&](std::uint64_t n, Kind kind) { return n + kind.count / thinned_; });
  }

  double operator()(std::uint64_t i) const {
    std::size_t kind = 0;
    for (std::uint64_t first = i; first >= kinds[kind].count / thinned_; ++kind)
      first -= kinds[kind].count / thinned_;
    const std::uint64_t random = mixed(2 * i);
    // Independent of `random`, in [0, 1).
    const double share = static_cast<double>(mixed(2 * i + 1) >> 11) * 0x1p-53;
    const double sign = (random & 1) != 0 ? -1.0 : 1.0;
    const std::uint64_t choice = random >> 1;
    switch (kind) {
      case 0:
        return pattern(random);
      case 1:
        return within(choice % 3, share);
      case 2:
        return sign * std::exp2(-60.0 * share);
      case 3:
        return std::array{-3.0, 3.0, 6.0}[choice % 3] + sign * std::exp2(2.0 - 54.0 * share);
      case 4:
        return root_ ? *root_ + sign * std::exp2(-1.0 - 52.0 * share) : -2.0 + 1.5 * share;
      case 5:
        return small(choice, sign, share);
      default:
        return sign * std::ldexp(1.0 + share, 1000 + static_cast<int>(choice % 24));
    }
  }

 private:
  /// splitmix64 (Steele, Lea and Flood 2014).
  static std::uint64_t mixed(std::uint64_t i) {
    std::uint64_t z = (i + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  /// The double of these bits; the largest exponent, which stands for NaN and infinity, loses a bit.
  static double pattern(std::uint64_t bits) {
    const double x = std::bit_cast<double>(bits);
    return std::isfinite(x) ? x : std::bit_cast<double>(bits & ~(std::uint64_t{1} << 52));
  }

  static double within(std::uint64_t choice, double share) {
    return choice == 0   ? -4.0 + 8.0 * share
           : choice == 1 ? -40.0 + 80.0 * share
                         : -750.0 + 800.0 * share;
  }

  double small(std::uint64_t choice, double sign, double share) const {
    const std::size_t tail = choice % (tails_.size() + 1);
    if (tail == tails_.size())
      return sign * share * 0x1p-1018;
    return tails_[tail].begin + (tails_[tail].end - tails_[tail].begin) * share;
  }

  /// Where f, from `low` to `high`, stops holding.
  template <class F>
  static double last(double low, double high, F f) {
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      (f(middle) ? low : high) = middle;
    }
    return low;
  }

  template <class Derivative>
  static std::optional<double> root_of(Derivative derivative) {
    const auto negative = [&](double x) { return derivative(x) < Quad(0.0); };
    if (!negative(-2.0) || negative(-0.5))
      return std::nullopt;
    return last(-2.0, -0.5, negative);
  }

  template <class Size>
  static std::optional<Tail> tail_of(Size size) {
    const auto above = [&](double limit) {
      return [&size, limit](double x) { return size(x) > ldexp(Quad(1.0), int(limit)); };
    };
    if (!above(-960)(2.0) || above(-1080)(2000.0))
      return std::nullopt;
    return Tail{last(2.0, 2000.0, above(-960)), last(2.0, 2000.0, above(-1080))};
  }

  std::uint64_t thinned_;
  std::optional<double> root_;
  std::vector<Tail> tails_;
};
