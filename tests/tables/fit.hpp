#pragma once

/// @file
/// Fits a `Piecewise` to a curve.

#include <bit>
#include <cstdint>

#include <simdact/core/piecewise.hpp>
#include <simdact/core/polynomial_fit.hpp>

#include "rounded.hpp"

namespace fit {

using simdact::core::Centre;
using simdact::core::Curve;

/// A fitted table and its largest error in the curve's units.
template <class Table>
struct Fitted {
  Table table{};
  double error = 0.0;
};

/// How the cells lie: their widths are given by the offset and by how many bits below the exponent tell them
/// apart; polynomials are in t - centre, unless each has a centre of its own.
struct Layout {
  float offset;
  int mantissa_bits;
  float centre;
};

/// The polynomial as builds with AVX-512 evaluate it.
template <std::size_t Size>
float value_of(std::array<float, Size> const& c, float u) {
  return simdact::core::horner_by(Rounded<true>(u), c).number;
}

/// Stops where the error exceeds `bar`.
template <class Table, class Value, class Unit>
Fitted<Table> with(Layout const& layout, Curve<Value, Unit> const& curve, double bar) {
  Fitted<Table> fitted;
  Table& p = fitted.table;
  p.offset = layout.offset;
  p.centre = layout.centre;
  p.shift = 23 - layout.mantissa_bits;
  const std::uint32_t first = std::bit_cast<std::uint32_t>(p.offset) >> p.shift;
  const auto begin_of = [&](std::size_t i) {
    const auto pattern = (first + static_cast<std::uint32_t>(i)) << p.shift;
    return std::max(0.0, double(std::bit_cast<float>(pattern)) - double(p.offset));
  };
  const auto at = [&](std::size_t i, std::size_t k) -> float& {
    return p.coefficients[k][(first + i) % Table::cells];
  };
  // Polynomials that overshoot a limit which the curve itself never reaches are no fit.
  const bool rises = curve.value(0.0) < curve.limit;
  for (std::size_t i = 0; i + 1 < Table::cells; ++i) {
    const double begin = begin_of(i), end = begin_of(i + 1);
    const bool from_zero = curve.through_zero && i == 0;
    float centre = layout.centre;
    if constexpr (Table::centre_kind == Centre::own) {
      centre = from_zero ? 0.0f : static_cast<float>(0.5 * (begin + end));
      p.centres[(first + i) % Table::cells] = centre;
    }
    const simdact::core::PolynomialFit<xsimd::default_arch, Table::degree> polynomial(
        curve, begin, end, double(centre), from_zero ? 1 : 0);
    std::array<float, Table::degree + 1> c;
    for (std::size_t k = 0; k <= Table::degree; ++k)
      at(i, k) = c[k] = polynomial[k];
    constexpr int samples = 500;
    for (int k = 1; k <= samples; ++k) {
      const double share = double(k) / samples;
      const auto t = static_cast<float>((1.0 - share) * begin + share * end);
      const double y = value_of(c, t - centre);
      if (curve.monotone && (rises ? y > curve.limit : y < curve.limit))
        fitted.error = std::numeric_limits<double>::infinity();
      const double error = std::fabs(y - curve.value(double(t))) / curve.unit(double(t));
      fitted.error = std::max(fitted.error, error);
    }
    if (fitted.error >= bar)
      return fitted;
  }
  at(Table::cells - 1, 0) = static_cast<float>(curve.limit);
  const double tail = begin_of(Table::cells - 1);
  fitted.error =
      std::max(fitted.error, std::fabs(curve.limit - curve.value(tail)) / curve.unit(tail));
  // Somewhat inside the last cell, so that the rounding of t + offset does not lead out of it.
  p.last = static_cast<float>(0.75 * tail + 0.25 * begin_of(Table::cells));
  return fitted;
}

/// The best of some layouts.
template <class Table, class Value, class Unit>
Fitted<Table> best(Curve<Value, Unit> const& curve) {
  constexpr bool shared = Table::centre_kind == Centre::shared;
  const double end = simdact::core::end_of(curve, 1024.0);
  Fitted<Table> best;
  best.error = std::numeric_limits<double>::infinity();
  for (int bits = 1; (std::size_t{2} << bits) <= Table::cells; ++bits) {
    const double ratio = std::exp2(double(Table::cells - 1) / double(1 << bits));
    for (double stretch = 0.9; stretch < 1.4; stretch *= 1.02) {
      const auto offset = static_cast<float>(stretch * end / (ratio - 1.0));
      for (float centre = shared ? 0.5f : 0.0f; centre <= (shared ? 5.0f : 0.0f); centre += 0.5f) {
        const Fitted<Table> fitted = with<Table>({offset, bits, centre}, curve, best.error);
        if (fitted.error < best.error)
          best = fitted;
      }
    }
  }
  return best;
}

}  // namespace fit
