#pragma once

/// @file
/// Rows of logits for the softmax family, the same with every compiler and C library, and their exact
/// softmax.

#include <random>
#include <string>
#include <vector>

#include "sweep.hpp"

namespace rows {

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T quiet_nan = std::numeric_limits<T>::quiet_NaN();

constexpr double spreads[] = {0.1, 1.0, 10.0, 100.0, 10000.0};
constexpr double temperatures[] = {0.01, 0.5, 1.0, 3.0, 100.0};

/// Calls f(n, spread, temperature) for rows of 1 to 50257 logits, and returns how many logits those
/// were. Short rows meet every spread at every temperature; the longest meets each of either once.
template <class F>
std::size_t for_each_shape(F f) {
  std::size_t count = 0;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 3, 7, 16, 17, 1000, 50257}) {
    for (std::size_t s = 0; s < std::size(spreads); ++s) {
      for (std::size_t t = 0; t < std::size(temperatures); ++t) {
        if (n <= 1000 || (s + t) % 5 == 2) {
          f(n, spreads[s], temperatures[t]);
          count += n;
        }
      }
    }
  }
  return count;
}
constexpr std::size_t logits_in_all_shapes = (1 + 2 + 3 + 7 + 16 + 17 + 1000) * 25 + 50257 * 5;

/// n logits, uniform in [-spread, spread). Every step but the last is exact.
template <class T>
std::vector<T> logits(std::size_t n, double spread, unsigned seed = 7) {
  std::mt19937 random(seed);
  std::vector<T> x(n);
  for (T& v : x)
    v = static_cast<T>(spread * (static_cast<double>(random()) * 0x1p-31 - 1.0));
  return x;
}

/// The r-th row of a row-major matrix.
template <class T>
std::vector<T> row_of(std::vector<T> const& matrix, std::size_t r, std::size_t columns) {
  const auto first = matrix.begin() + static_cast<std::ptrdiff_t>(r * columns);
  return {first, first + static_cast<std::ptrdiff_t>(columns)};
}

template <class T>
bool all_nan(std::vector<T> const& v) {
  return !v.empty() && std::all_of(v.begin(), v.end(), [](T x) { return std::isnan(x); });
}

/// Where log-sum-exp crosses zero, its errors are units in the last place of this number.
template <class T>
constexpr double crossing_floor = sizeof(T) == 4 ? 0x1p-26 : 1.0;
template <class T>
constexpr double crossing_bound = sizeof(T) == 4 ? 1.0 : 4.0;

/// There a zero may have either sign.
template <class T>
double crossing_error(T got, Real const& exact) {
  const T signed_as_exact = got == 0 ? std::copysign(got, exact.to<T>()) : got;
  return sweep::ulp_error(signed_as_exact, exact, crossing_floor<T>);
}

/// A row's largest logit, its distance from there and the sum of all exponentials but the largest's
/// own, in 320 bits.
template <class T>
class Exact {
 public:
  Exact(std::vector<T> const& x, T temperature)
      : max_(*std::max_element(x.begin(), x.end())), temperature_(temperature) {
    const std::size_t largest =
        static_cast<std::size_t>(std::max_element(x.begin(), x.end()) - x.begin());
    for (std::size_t i = 0; i < x.size(); ++i) {
      depth_.push_back((Real(x[i]) - max_) / temperature_);
      exp_.push_back(exp_where_it_counts(depth_[i]));
      if (i != largest)
        rest_ = rest_ + exp_[i];
    }
    log_sum_ = log1p(rest_);
  }

  Real prob(std::size_t i) const { return exp_[i] / (Real(1) + rest_); }
  Real log_prob(std::size_t i) const { return depth_[i] - log_sum_; }
  /// prob(i) - 1 for the largest logit i.
  Real largest_prob_minus_one() const { return -(rest_ / (Real(1) + rest_)); }
  Real log_sum_exp() const { return max_ / temperature_ + log_sum_; }

 private:
  /// Below e^-800 nothing reaches the smallest double, however often it is added.
  static Real exp_where_it_counts(Real const& x) { return x < Real(-800) ? Real(0) : exp(x); }

  Real max_;
  Real temperature_;
  std::vector<Real> depth_;
  std::vector<Real> exp_;
  Real rest_ = Real(0);
  Real log_sum_;
};

/// FNV-1a over the bits of floats.
inline std::uint32_t checksum(std::vector<float> const& values) {
  std::uint32_t hash = 0x811c9dc5u;
  for (const float v : values) {
    const auto bits = std::bit_cast<std::uint32_t>(v);
    for (unsigned shift = 0; shift < 32; shift += 8)
      hash = (hash ^ ((bits >> shift) & 0xffu)) * 0x01000193u;
  }
  return hash;
}

/// A row of 16M logits that takes few values, each many times, so that its exact sum needs but one
/// exponential a value.
class LongRow {
 public:
  static constexpr std::size_t length = (std::size_t{1} << 24) + 3;
  static constexpr std::size_t level_count = 4096;

  explicit LongRow(double spread) : levels(level_count), counts(level_count), level_of(length) {
    for (std::size_t k = 0; k < level_count; ++k)
      levels[k] = static_cast<float>(spread * (static_cast<double>(k) / 2048.0 - 1.0));
    std::mt19937 random(11);
    for (std::uint16_t& level : level_of) {
      level = static_cast<std::uint16_t>(random() >> 20);
      ++counts[level];
    }
    largest_ = level_count - 1;
    while (counts[largest_] == 0)
      --largest_;
  }

  std::vector<float> logits() const {
    std::vector<float> x(length);
    std::transform(level_of.begin(), level_of.end(), x.begin(),
                   [&](std::uint16_t level) { return levels[level]; });
    return x;
  }

  Real depth(std::size_t level, float temperature) const {
    return (Real(levels[level]) - Real(levels[largest_])) / Real(temperature);
  }
  /// log sum_i e^((x_i - max)/temperature).
  Real log_sum(float temperature) const {
    Real rest(-1);
    for (std::size_t k = 0; k < level_count; ++k)
      rest = rest + Real(static_cast<double>(counts[k])) * exp(depth(k, temperature));
    return log1p(rest);
  }
  Real log_sum_exp() const { return Real(levels[largest_]) + log_sum(1.0f); }

  std::vector<float> levels;
  std::vector<std::size_t> counts;
  std::vector<std::uint16_t> level_of;

 private:
  std::size_t largest_;
};

}  // namespace rows
