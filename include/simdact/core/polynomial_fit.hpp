#pragma once

/// @file
/// Polynomials fitted to a curve, as the tables of the Fast tier need them.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace simdact::core {

/// What polynomials are fitted to.
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

/// From where on the curve stays within half a unit of its limit, before `end`.
template <class Value, class Unit>
double end_of(Curve<Value, Unit> const& curve, double end) {
  while (std::fabs(curve.value(end) - curve.limit) < 0.5 * curve.unit(end) && end > 0x1p-20)
    end /= 1.01;
  return end * 1.01;
}

/// A polynomial on [begin, end] by weighted least squares, its weights moved until the largest error is
/// about the least possible (Lawson 1961), its coefficients rounded to float from the top one down, the
/// lower ones fitted anew after each rounding. `Arch` as in the loops: no copy that was compiled for a
/// newer CPU is ever shared.
template <class Arch, std::size_t Degree>
class PolynomialFit {
 public:
  /// In powers of t - centre; without a constant term if `lowest` is 1. Without `steps`, the weights are
  /// as they come, and the largest error is up to twice the least.
  template <class Value, class Unit>
  PolynomialFit(Curve<Value, Unit> const& curve, double begin, double end, double centre,
                std::size_t lowest, int steps = 16)
      : middle_(0.5 * (begin + end) - centre), half_(0.5 * (end - begin)), lowest_(lowest) {
    constexpr double pi = 3.14159265358979323846;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const double u = std::cos(pi * (double(i) + 0.5) / double(nodes_.size()));
      const double t = middle_ + half_ * u;
      nodes_[i] = {u, t, curve.value(t + centre), curve.unit(t + centre), 1.0};
    }
    level(steps);
    solve(Degree + 1);
    for (std::size_t k = Degree + 1; k-- > lowest;) {
      coefficients_[k] = static_cast<double>(static_cast<float>(coefficients_[k]));
      solve(k);
    }
  }

  float operator[](std::size_t k) const { return static_cast<float>(coefficients_[k]); }

  /// In units.
  double largest_error() const {
    double largest = 0.0;
    for (Node const& node : nodes_)
      largest = (std::max)(largest, error(node));
    return largest;
  }

 private:
  static constexpr std::size_t terms = Degree + 1;
  using Terms = std::array<double, terms>;
  /// Of n normal equations, with their right-hand side.
  using Rows = std::array<std::array<double, terms + 1>, terms>;

  struct Node {
    double u;  // in [-1, 1]
    double t;
    double value;
    double unit;
    double weight;
  };

  double polynomial(double t, std::size_t from) const {
    double y = 0.0;
    for (std::size_t k = terms; k-- > from;)
      y = y * t + coefficients_[k];
    return from == 0 ? y : y * std::pow(t, double(from));
  }

  double error(Node const& node) const {
    return std::fabs(polynomial(node.t, 0) - node.value) / node.unit;
  }

  void level(int steps) {
    auto best = nodes_;
    double least = std::numeric_limits<double>::infinity();
    for (int step = 0; step < steps; ++step) {
      solve(terms);
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
    Rows rows{};
    Terms basis{};
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
    const Terms monomials = in_t(n, solution(n, rows));
    std::copy_n(monomials.begin(), n, coefficients_.begin() + std::ptrdiff_t(lowest_));
  }

  /// Of a symmetric positive definite system, by Gauss and Jordan.
  static Terms solution(std::size_t n, Rows rows) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const double factor = rows[j][i] / rows[i][i];
        for (std::size_t k = i; j != i && k <= n; ++k)
          rows[j][k] -= factor * rows[i][k];
      }
    }
    Terms x{};
    for (std::size_t i = 0; i < n; ++i)
      x[i] = rows[i][n] / rows[i][i];
    return x;
  }

  /// Chebyshev polynomials of u = (t - middle)/half as monomials of t.
  Terms in_t(std::size_t n, Terms const& chebyshev) const {
    Terms sum{}, last{}, now{};
    now[0] = 1.0;
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = 0; i < n; ++i)
        sum[i] += chebyshev[k] * now[i];
      Terms next{};
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
  Terms coefficients_{};
  std::array<Node, 8 * (Degree + 2)> nodes_{};
};

}  // namespace simdact::core
