#pragma once

/// @file
/// Fits a `Tabulation` to a `KnownFunction`, and measures it.

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "known_function.hpp"
#include "polynomial_fit.hpp"
#include "tabulation.hpp"

namespace simdact::core {

/// In the units of a `KnownFunction`.
struct LargestErrors {
  double value = 0.0;
  double derivative = 0.0;
};

/// The cells that both sides share are chosen by plain fits, then fitted with care.
template <std::size_t Cells, class Arch, class Function>
class TabulationFit {
 public:
  explicit TabulationFit(Function const& f) : f_(f), left_(f, false), right_(f, true) {
    edges_ = best_edges();
    for (Side const* side : {&left_, &right_})
      fit(*side, 16, std::numeric_limits<double>::infinity());
  }

  Tabulation<Cells> const& table() const { return table_; }

  /// On the interval, from a dense sample of its floats.
  LargestErrors errors() const {
    LargestErrors errors;
    for (Side const* side : {&left_, &right_}) {
      for (std::size_t i = 0; i <= last; ++i)
        raise(errors, errors_in(*side, i, i == 0 ? 32768 : 131072 / Shape::cells));
    }
    return errors;
  }

 private:
  using Shape = TwoSided<Cells>;
  using Side = KnownSide<Arch, Function>;
  static constexpr std::size_t last = Shape::cells - 1;

  /// Where the cells of a side begin, in t = |x|: where start + scale t has another pattern, without its
  /// low bits.
  struct Edges {
    int shift = 0;
    std::uint32_t first = 0;
    float scale = 0.0f;

    Edges() = default;
    /// With 2^bits cells to an octave, of which the first is the `phase`-th, and the last from `end` on.
    Edges(int bits, std::uint32_t phase, double end)
        : shift(23 - bits), first(pattern_above(2.0f, shift) + phase) {
      scale = static_cast<float>((pattern(last) - pattern(0)) / end);
    }

    double pattern(std::size_t cell) const {
      return double(std::bit_cast<float>((first + static_cast<std::uint32_t>(cell)) << shift));
    }

    double operator[](std::size_t cell) const {
      return (pattern(cell) - pattern(0)) / double(scale);
    }
  };

  /// The best of some, by the errors of plain fits.
  std::array<Edges, 2> best_edges() {
    const double left_end = left_.settled_from(), right_end = right_.settled_from();
    std::array best = {Edges(1, 0, left_end), Edges(1, 0, right_end)};
    double least = std::numeric_limits<double>::infinity();
    for (int bits = 1; (std::size_t{2} << bits) <= Shape::cells; ++bits) {
      const std::uint32_t octave = 1u << bits;
      for (std::uint32_t phase = 0; phase < octave; phase += (std::max)(1u, octave / 8)) {
        edges_ = {Edges(bits, phase, left_end), Edges(bits, phase, right_end)};
        double error = fit(left_, 0, least);
        if (error < least)
          error = (std::max)(error, fit(right_, 0, least));
        if (error < least) {
          least = error;
          best = edges_;
        }
      }
    }
    return best;
  }

  /// Fits one side, by so many steps of `PolynomialFit`, and returns the largest error, or one that has
  /// reached the bound.
  double fit(Side const& side, int steps, double bound) {
    cut(side);
    fill_last(table_.beside_line, side, side.limit(), side.has_asymptote() ? 0.0 : side.slope());
    fill_last(table_.derivatives, side, side.slope(), 0.0);
    double largest = 0.0;
    for (std::size_t i = 0; i < last && largest < bound; ++i) {
      fit_cell(table_.beside_line, side.beside_line(), side, i, steps);
      fit_cell(table_.derivatives, side.derivative(), side, i, steps);
      const LargestErrors errors = errors_in(side, i, 2 * (Shape::degree + 2));
      largest = (std::max)({largest, errors.value, errors.derivative});
    }
    return largest;
  }

  void cut(Side const& side) {
    const bool right = side.is_right();
    const auto sign = static_cast<float>(side.sign());
    Edges const& edges = edges_[right];
    auto& cut = table_.cut;
    // The right side's cells are counted on from the left side's.
    const double start = edges.pattern(right ? Shape::cells : 0);
    cut.shift = edges.shift;
    cut.offset[right] = static_cast<float>(start);
    cut.scale[right] = sign * edges.scale * static_cast<float>(start / edges.pattern(0));
    // Somewhat inside the last cell, so that rounding does not lead out of it.
    const auto inside = static_cast<float>(0.75 * edges[last] + 0.25 * edges[last + 1]);
    (right ? cut.end : cut.begin) = sign * inside;
    if constexpr (!Shape::by_row) {
      for (std::size_t i = 0; i <= last; ++i)
        Shape::entry(cut.centres, right, edges.first + i) = 0.0f + sign * centre(edges, i);
    }
    // A slope of 0 has the sign with which its line leaves a limit of -0 as it is.
    table_.slope[right] = side.slope() == 0.0 ? -0.0f * sign : static_cast<float>(side.slope());
    table_.start[right] = side.has_asymptote() ? 0.0f : -1.0f;
  }

  static float centre(Edges const& edges, std::size_t i) {
    if (Shape::by_row || i == 0)
      return 0.0f;
    return static_cast<float>(i == last ? edges[last] : 0.5 * (edges[i] + edges[i + 1]));
  }

  /// The last cell's polynomial: a line, of that value where the cell begins.
  template <class Polynomials>
  void fill_last(Polynomials& polynomials, Side const& side, double value, double slope) {
    const bool right = side.is_right();
    Edges const& edges = edges_[right];
    const auto coefficient = [&](std::size_t k) -> float& {
      return polynomials.coefficient(right, edges.first + last, k);
    };
    coefficient(0) = static_cast<float>(value);
    for (std::size_t k = 1; k <= Shape::degree; ++k)
      coefficient(k) = right ? -0.0f : 0.0f;  // times x it is -0, which leaves a value of -0 so
    if (slope != 0.0) {
      const double begin = side.sign() * (edges[last] - double(centre(edges, last)));
      coefficient(0) = static_cast<float>(value - slope * begin);
      coefficient(1) = static_cast<float>(slope);
    }
  }

  template <class Polynomials, class OneCurve>
  void fit_cell(Polynomials& polynomials, OneCurve const& curve, Side const& side, std::size_t i,
                int steps) {
    const bool right = side.is_right();
    Edges const& edges = edges_[right];
    const auto coefficient = [&](std::size_t k) -> float& {
      return polynomials.coefficient(right, edges.first + i, k);
    };
    const bool from_zero = curve.through_zero && i == 0;
    const PolynomialFit<Arch, Shape::degree> in_t(
        curve, edges[i], edges[i + 1], double(centre(edges, i)), from_zero ? 1 : 0, steps);
    for (std::size_t k = 0; k <= Shape::degree; ++k)
      coefficient(k) = right || k % 2 == 0 ? in_t[k] : 0.0f - in_t[k];
    if (from_zero)  // -0 + 0 would lose the sign
      coefficient(0) = -0.0f;
  }

  LargestErrors errors_in(Side const& side, std::size_t i, std::size_t count) const {
    Edges const& edges = edges_[side.is_right()];
    const double end = i == last ? side.end() : edges[i + 1];
    LargestErrors largest;
    for (std::size_t k = 0; k < count; ++k) {
      double share = (double(k) + 0.5) / double(count);
      // Many are near 0, where errors are relative, but none where the rounding of f itself would count.
      if (i == 0)
        share = (std::max)(0x1p-12, share * share * share);
      const auto x = static_cast<float>(side.sign() * ((1.0 - share) * edges[i] + share * end));
      const double at = double(x);
      if (at < f_.begin() || at > f_.end())  // by rounding
        continue;
      const double value = f_.value(at), derivative = f_.derivative(at);
      raise(largest, {in_units(double(table_.forward(x)) - value, Function::value_unit(at, value)),
                      in_units(double(table_.derivative(x)) - derivative,
                               Function::derivative_unit(derivative))});
    }
    return largest;
  }

  static double in_units(double error, double unit) {
    const double units = std::fabs(error) / unit;
    return std::isnan(units) ? std::numeric_limits<double>::infinity() : units;
  }

  static void raise(LargestErrors& to, LargestErrors const& errors) {
    to.value = (std::max)(to.value, errors.value);
    to.derivative = (std::max)(to.derivative, errors.derivative);
  }

  Function const& f_;
  Side left_, right_;
  std::array<Edges, 2> edges_;
  Tabulation<Cells> table_{};
};

}  // namespace simdact::core
