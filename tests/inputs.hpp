#pragma once

/// @file
/// Inputs for the array and batch tests, and bitwise comparison.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

/// n normal numbers.
template <class T>
std::vector<T> numbers(std::size_t n, unsigned seed, double deviation = 2.0) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(0.0, deviation);
  std::vector<T> x(n);
  for (T& v : x)
    v = static_cast<T>(normal(random));
  return x;
}

/// n normal numbers, the first ones strewn with special values.
template <class T>
std::vector<T> inputs(std::size_t n) {
  std::vector<T> x = numbers<T>(n, 20260821, 4.0);
  const std::array special = {std::numeric_limits<T>::infinity(),
                              -std::numeric_limits<T>::infinity(),
                              std::numeric_limits<T>::quiet_NaN(),
                              T(-0.0),
                              T(0),
                              std::numeric_limits<T>::denorm_min()};
  for (std::size_t i = 0; i < special.size() && 7 * i < n; ++i)
    x[7 * i] = special[i];
  return x;
}

/// The same bits, any NaN being equal to any other.
template <class T>
bool same_bits(T a, T b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

/// Of vectors, arrays or spans; what is expected may also be a list in braces.
template <class A, class B = A>
bool all_same_bits(A const& a, B const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](auto u, auto v) { return same_bits(u, v); });
}
