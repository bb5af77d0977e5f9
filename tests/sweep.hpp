#pragma once

/// @file
/// Walks bit patterns of T, measures a function against its exact values and remembers the worst.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>

#include "real.hpp"

namespace sweep {

template <class T>
using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

/// |got - exact| in units in the last place of T at max(|exact|, floor); infinite where exactly one
/// of the two is NaN or infinite, or where a zero has the wrong sign, unless errors count from 1.
template <class T>
double ulp_error(T got, Real const& exact, double floor = 0.0) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  using Limits = std::numeric_limits<T>;
  if (std::isnan(got) || exact.is_nan())
    return std::isnan(got) && exact.is_nan() ? 0.0 : infinite;
  const T nearest = exact.to<T>();
  if (std::isinf(got) || std::isinf(nearest))
    return got == nearest ? 0.0 : infinite;
  if (floor < 1.0 && got == T(0) && !exact.is_zero() &&
      std::signbit(got) != std::signbit(nearest)) {
    return infinite;
  }
  long exponent = exact.is_zero() ? Limits::min_exponent - 1 : exact.exponent();
  if (floor > 0.0)
    exponent = std::max(exponent, Real(floor).exponent());
  exponent = std::max<long>(exponent, Limits::min_exponent - 1);
  const Real difference = abs(Real(static_cast<double>(got)) - exact);
  return ldexp(difference, Limits::digits - 1 - exponent).to_double();
}

/// The worst error of a sweep and how many samples it saw.
struct Worst {
  double error = 0.0;
  double x = 0.0;
  double got = 0.0;
  double exact = 0.0;
  std::uint64_t samples = 0;

  void add(double sample_error, double sample_x, double sample_got, Real const& sample_exact) {
    ++samples;
    if (!(sample_error <= error)) {
      *this = {sample_error, sample_x, sample_got, sample_exact.to_double(), samples};
    }
  }

  std::string describe(std::string_view what) const {
    std::ostringstream out;
    out.precision(17);
    out << what << ": worst of " << samples << " at x = " << x << " (" << std::hexfloat << x
        << std::defaultfloat << "): got " << got << ", exact " << exact << ", error ";
    out.precision(6);
    out << error << " ULP";
    return out.str();
  }
};

/// Calls f(x) for every `stride`-th bit pattern of T that is not NaN, and returns how many those were.
template <class T, class F>
std::uint64_t for_each_pattern(Bits<T> stride, F f) {
  std::uint64_t samples = 0;
  constexpr Bits<T> last = std::numeric_limits<Bits<T>>::max();
  for (Bits<T> bits = 0;; bits += stride) {
    const T x = std::bit_cast<T>(bits);
    if (!std::isnan(x)) {
      f(x);
      ++samples;
    }
    if (last - bits < stride)
      return samples;
  }
}

/// Calls f(x) for `count` numbers evenly spread over [low, high], and returns count.
template <class T, class F>
std::uint64_t for_each_between(double low, double high, std::uint64_t count, F f) {
  for (std::uint64_t i = 0; i < count; ++i) {
    f(static_cast<T>(low +
                     (high - low) * (static_cast<double>(i) + 0.5) / static_cast<double>(count)));
  }
  return count;
}

}  // namespace sweep
