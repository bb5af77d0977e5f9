#pragma once

/// @file
/// Does a result keep its tier's promise? Precise: is it the float nearest to the exact value? Decided by
/// the reference formula in double, but by MPFR where a rounding boundary lies within that formula's
/// error. Fast: how large is its error? For that the formula in double is exact enough.

#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "../last_place.hpp"
#include "../reference.hpp"
#include "../sweep.hpp"
#include "direction.hpp"
#include "row.hpp"

template <class Direction>
class Judge {
 public:
  using F = typename Direction::Function;

  explicit Judge(F const& f) : f_(f) {}

  void operator()(float x, float y) {
    if (std::isnan(x)) {
      if (!std::isnan(y))
        blame(x, y, Real(std::numeric_limits<double>::quiet_NaN()));
    } else if (std::isinf(x) || x == 0.0f) {
      const Real exact = limit(x);
      if constexpr (Contract<F>::fast) {
        measure(x, y, exact.to_double());
      } else {
        compare(x, y, exact.template to<float>(), exact);
      }
    } else if constexpr (Contract<F>::fast) {
      measure(x, y, Direction::template reference<double>(f_, double(x)));
    } else {
      judge(x, y);
    }
  }

  Findings findings;

 private:
  /// What the double formula's error stays below: `relative` of the value (some 500 units in the last
  /// place; glibc's functions are within 10, and the rounding of arguments costs at most 2^-45), and
  /// where derivatives cross zero also `absolute`.
  static constexpr double relative = 0x1p-44;
  static constexpr double absolute = 0x1p-48;
  static bool may_cross_zero(float x) { return std::fabs(x) > 0.25f && std::fabs(x) < 4.0f; }

  void judge(float x, float y) {
    const double value = Direction::template reference<double>(f_, double(x));
    const double low = value * (1.0 - relative);
    const double high = value * (1.0 + relative);
    const bool crossing = may_cross_zero(x);
    const float nearest = static_cast<float>(crossing ? low - absolute : low);
    const bool decided =
        nearest == static_cast<float>(crossing ? high + absolute : high) && value != 0.0;
    if (decided && std::bit_cast<std::uint32_t>(y) == std::bit_cast<std::uint32_t>(nearest)) {
      if (std::bit_cast<std::uint32_t>(x) % 65521 == 0 && std::fabs(value) > 0x1p-200)
        verify(x, value);
    } else if (value == 0.0) {
      // Exactly zero, or so small that only the sign is left: that of the limit on this side.
      const double sign = Direction::limit(f_, x > 0.0f);
      if (std::bit_cast<std::uint32_t>(y) !=
          std::bit_cast<std::uint32_t>(std::copysign(0.0f, static_cast<float>(sign)))) {
        blame(x, y, Real(std::copysign(0.0, sign)));
      }
    } else {
      ++findings.decided_by_mpfr;
      const Real exact = Direction::template reference<Real>(f_, Real(x));
      compare(x, y, exact.template to<float>(), exact);
    }
  }

  /// Holds the double formula against MPFR (not where the result is a zero by a wide margin).
  void verify(float x, double value) {
    const Real exact = Direction::template reference<Real>(f_, Real(x));
    const double allowed = std::fabs(value) * relative + (may_cross_zero(x) ? absolute : 0.0);
    const double error = abs(Real(value) - exact).to_double() / allowed;
    findings.reference_error = std::max(findings.reference_error, error);
    if (!(error < 1.0)) {
      throw std::logic_error("the reference of " + std::string(f_.name) +
                             " is not as accurate as it claims at " + std::to_string(x));
    }
  }

  /// The fast tier: the error, infinite where the function's range is left.
  void measure(float x, float y, double exact) {
    const auto nearest = static_cast<float>(exact);
    if (y == nearest)
      return;
    ++findings.misrounded;
    double error = std::numeric_limits<double>::infinity();
    if (std::isfinite(y) && std::isfinite(nearest) && Direction::in_range(y)) {
      const double magnitude = std::max(std::fabs(exact), Direction::floor(x));
      error = std::fabs(double(y) - exact) / last_place(magnitude);
    }
    if (error > findings.max_ulp) {
      findings.max_ulp = error;
      findings.worst = x;
    }
  }

  /// The exact value at +-inf and +-0.
  Real limit(float x) const {
    if (std::isinf(x))
      return Real(Direction::limit(f_, x > 0.0f));
    if (std::signbit(x))
      return Direction::at_minus_zero(f_);
    return Direction::template reference<Real>(f_, Real(0.0));
  }

  void compare(float x, float y, float nearest, Real const& exact) {
    if (std::bit_cast<std::uint32_t>(y) != std::bit_cast<std::uint32_t>(nearest))
      blame(x, y, exact);
  }

  void blame(float x, float y, Real const& exact) {
    ++findings.misrounded;
    const double error = sweep::ulp_error(y, exact, Direction::floor(x));
    if (error > findings.max_ulp) {
      findings.max_ulp = error;
      findings.worst = x;
    }
  }

  F f_;
};
