#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "piecewise.hpp"

namespace simdact::core {

/// What a `Piecewise` is fitted to.
template <class Value, class Unit>
struct Curve {
  Value value;        // value(t), t >= 0
  Unit unit;          // unit(t): what an error at t is measured in
  double limit;       // value at infinity
  bool through_zero;  // value(0) = 0, and the relative error near 0 counts
  bool monotone;      // so that its limit is not to be passed
};

template <class Value, class Unit>
Curve(Value, Unit, double, bool, bool) -> Curve<Value, Unit>;

/// A polynomial on [begin, end] by weighted least squares, its weights moved until the largest error is
/// about the least possible (Lawson 1961), its coefficients rounded to float from the top one down, the
/// lower ones fitted anew after each rounding.
class PolynomialFit {
 public:
  /// Of the degree `degree` in t - centre; without a constant term if `lowest` is 1.
  template <class Value, class Unit>
  PolynomialFit(Curve<Value, Unit> const& curve, double begin, double end, double centre,
                std::size_t degree, std::size_t lowest)
      : middle_(0.5 * (begin + end) - centre),
        half_(0.5 * (end - begin)),
        lowest_(lowest),
        coefficients_(degree + 1) {
    const std::size_t count = 8 * (degree + 2);
    constexpr double pi = 3.14159265358979323846;
    for (std::size_t i = 0; i < count; ++i) {
      const double u = std::cos(pi * (double(i) + 0.5) / double(count));
      const double t = middle_ + half_ * u;
      nodes_.push_back({u, t, curve.value(t + centre), curve.unit(t + centre), 1.0});
    }
    level();
    solve(degree + 1);
    for (std::size_t k = degree + 1; k-- > lowest;) {
      coefficients_[k] = static_cast<double>(static_cast<float>(coefficients_[k]));
      solve(k);
    }
  }

  float operator[](std::size_t k) const { return static_cast<float>(coefficients_[k]); }

  /// In units.
  double largest_error() const {
    double largest = 0.0;
    for (Node const& node : nodes_)
      largest = std::max(largest, error(node));
    return largest;
  }

 private:
  struct Node {
    double u;  // in [-1, 1]
    double t;
    double value;
    double unit;
    double weight;
  };

  double polynomial(double t, std::size_t from) const {
    double y = 0.0;
    for (std::size_t k = coefficients_.size(); k-- > from;)
      y = y * t + coefficients_[k];
    return y * std::pow(t, double(from));
  }

  double error(Node const& node) const {
    return std::fabs(polynomial(node.t, 0) - node.value) / node.unit;
  }

  void level() {
    std::vector<Node> best = nodes_;
    double least = std::numeric_limits<double>::infinity();
    for (int step = 0; step < 16; ++step) {
      solve(coefficients_.size());
      const double largest = largest_error();
      if (largest < least) {
        least = largest;
        best = nodes_;
      }
      double sum = 0.0;
      for (Node& node : nodes_) {
        node.weight *= error(node) + 1e-3 * largest;
        sum += node.weight;
      }
      if (!(sum > 0.0))
        break;
      for (Node& node : nodes_)
        node.weight *= double(nodes_.size()) / sum;
    }
    nodes_ = best;
  }

  /// Fits the coefficients below `known` to what those from there on leave.
  void solve(std::size_t known) {
    if (known <= lowest_)
      return;
    const std::size_t n = known - lowest_;
    // The normal equations, in Chebyshev polynomials of u.
    std::vector<std::vector<double>> rows(n, std::vector<double>(n + 1, 0.0));
    std::vector<double> basis(n);
    for (Node const& node : nodes_) {
      const double scale = lowest_ == 0 ? 1.0 : node.t;
      const double wanted = (node.value - polynomial(node.t, known)) / scale;
      const double weight = node.weight * (scale / node.unit) * (scale / node.unit);
      for (std::size_t k = 0; k < n; ++k)
        basis[k] = k == 0 ? 1.0 : k == 1 ? node.u : 2.0 * node.u * basis[k - 1] - basis[k - 2];
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < n; ++k)
          rows[i][k] += weight * basis[i] * basis[k];
        rows[i][n] += weight * basis[i] * wanted;
      }
    }
    const std::vector<double> monomials = in_t(solution(std::move(rows)));
    std::copy(monomials.begin(), monomials.end(), coefficients_.begin() + std::ptrdiff_t(lowest_));
  }

  /// Of a symmetric positive definite system, by Gauss and Jordan.
  static std::vector<double> solution(std::vector<std::vector<double>> rows) {
    const std::size_t n = rows.size();
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const double factor = rows[j][i] / rows[i][i];
        for (std::size_t k = i; j != i && k <= n; ++k)
          rows[j][k] -= factor * rows[i][k];
      }
    }
    std::vector<double> x;
    for (std::size_t i = 0; i < n; ++i)
      x.push_back(rows[i][n] / rows[i][i]);
    return x;
  }

  /// Chebyshev polynomials of u = (t - middle)/half as monomials of t.
  std::vector<double> in_t(std::vector<double> const& chebyshev) const {
    const std::size_t n = chebyshev.size();
    std::vector<double> sum(n, 0.0), last(n, 0.0), now(n, 0.0);
    now[0] = 1.0;
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = 0; i < n; ++i)
        sum[i] += chebyshev[k] * now[i];
      std::vector<double> next(n);
      const double factor = k == 0 ? 1.0 : 2.0;
      for (std::size_t i = 0; i < n; ++i) {
        const double times_t = i == 0 ? 0.0 : now[i - 1];
        next[i] = factor * (times_t - middle_ * now[i]) / half_ - last[i];
      }
      last = now;
      now = next;
    }
    return sum;
  }

  double middle_, half_;
  std::size_t lowest_;
  std::vector<double> coefficients_;
  std::vector<Node> nodes_;
};

/// A fitted table and its largest error in the curve's units, as evaluated in floats.
template <class Table>
struct Fitted {
  Table table;
  double error;
};

/// With the cells' widths given by the offset and by how many bits below the exponent tell them apart.
template <class Table, class Value, class Unit>
Fitted<Table> fit_with(Curve<Value, Unit> const& curve, float offset, int mantissa_bits) {
  Fitted<Table> fitted{};
  Table& p = fitted.table;
  p.offset = offset;
  p.shift = 23 - mantissa_bits;
  const std::uint32_t first = pattern_above(offset, p.shift);
  const auto begin_of = [&](std::size_t i) {
    const auto pattern = (first + static_cast<std::uint32_t>(i)) << p.shift;
    return std::max(0.0, double(std::bit_cast<float>(pattern)) - double(offset));
  };
  const auto at = [&](std::size_t i, std::size_t k) -> float& {
    const std::size_t cell = (first + i) % Table::cells;
    return Table::by_row ? p.coefficients[cell][k] : p.coefficients[k][cell];
  };
  for (std::size_t i = 0; i + 1 < Table::cells; ++i) {
    const double begin = begin_of(i), end = begin_of(i + 1);
    const bool from_zero = curve.through_zero && i == 0;
    float centre = 0.0f;
    if constexpr (Table::centred) {
      if (!from_zero)
        centre = static_cast<float>(0.5 * (begin + end));
      p.centres[(first + i) % Table::cells] = centre;
    }
    const PolynomialFit polynomial(curve, begin, end, double(centre), Table::degree,
                                   from_zero ? 1 : 0);
    for (std::size_t k = 0; k <= Table::degree; ++k)
      at(i, k) = polynomial[k];
  }
  at(Table::cells - 1, 0) = static_cast<float>(curve.limit);
  // Somewhat inside the last cell, so that the rounding of t + offset does not lead out of it.
  p.last = static_cast<float>(0.75 * begin_of(Table::cells - 1) + 0.25 * begin_of(Table::cells));
  // Polynomials that overshoot a limit which the curve itself never reaches are no fit.
  const bool rises = curve.value(0.0) < curve.limit;
  constexpr int samples = 200;  // of a cell
  for (std::size_t i = 0; i + 1 < Table::cells; ++i) {
    for (int k = 1; k <= samples; ++k) {
      const double share = double(k) / samples;
      const auto t = static_cast<float>((1.0 - share) * begin_of(i) + share * begin_of(i + 1));
      const double y = evaluate(p, t);
      const bool overshoots = curve.monotone && (rises ? y > curve.limit : y < curve.limit);
      const double error = std::fabs(y - curve.value(double(t))) / curve.unit(double(t));
      fitted.error =
          overshoots ? std::numeric_limits<double>::infinity() : std::max(fitted.error, error);
    }
  }
  return fitted;
}

/// Where the curve stays within half a unit of its limit.
template <class Value, class Unit>
double end_of(Curve<Value, Unit> const& curve) {
  double end = 1024.0;
  while (std::fabs(curve.value(end) - curve.limit) < 0.5 * curve.unit(end) && end > 0x1p-20)
    end /= 1.01;
  return end * 1.01;
}

/// The best of some widths, the same for all curves: functions that are evaluated together then share
/// the search for the cell.
template <class Table, class... Curves>
std::array<Fitted<Table>, sizeof...(Curves)> fit(Curves const&... curves) {
  const double end = std::max({end_of(curves)...});
  std::array<Fitted<Table>, sizeof...(Curves)> best;
  double least = std::numeric_limits<double>::infinity();
  for (int bits = 1; (std::size_t{2} << bits) <= Table::cells; ++bits) {
    const double ratio = std::exp2(double(Table::cells - 1) / double(1 << bits));
    for (double stretch = 1.0; stretch < 1.4; stretch *= 1.03) {
      const auto offset = static_cast<float>(stretch * end / (ratio - 1.0));
      const std::array fitted{fit_with<Table>(curves, offset, bits)...};
      double error = 0.0;
      for (auto const& one : fitted)
        error = std::max(error, one.error);
      if (fitted[0].table.last >= end && error < least) {
        least = error;
        best = fitted;
      }
    }
  }
  return best;
}

}  // namespace simdact::core
