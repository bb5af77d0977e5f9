#pragma once

/// @file
/// Quotients of polynomials fitted to a curve.

#include <Eigen/QR>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include <simdact/core/fast_tanh.hpp>
#include <simdact/core/polynomial_fit.hpp>

#include "fit.hpp"
#include "rounded.hpp"

namespace fit {

/// On [0, end], by least squares of over(u) - under(u) value(u), its weights moved until the largest error of the
/// quotient is about the least possible (Loeb 1957 for the denominator, Lawson 1961). under(0) is the given number or one
/// next to it by which over(0) loses little in rounding; the other coefficients are rounded to float one after the other,
/// the rest fitted anew each time.
template <std::size_t Over, std::size_t Under>
class RationalFit {
 public:
  template <class Value, class Unit>
  RationalFit(simdact::core::Curve<Value, Unit> const& curve, double end, float under_at_0)
      : end_(end) {
    choose_constants(curve.value(0.0), under_at_0);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const double angle = std::numbers::pi * (double(i) + 0.5) / double(nodes_.size());
      const double v = 0.5 - 0.5 * std::cos(angle);
      nodes_[i] = {v, curve.value(end * v), curve.unit(end * v), 1.0, 1.0};
    }
    level();
    for (std::size_t k = terms; k-- > 0;) {
      coefficients_[k] = coefficient(k) / scale(k);
      solve(k);
    }
  }

  simdact::core::Rational<Over, Under> rounded() const {
    simdact::core::Rational<Over, Under> r{static_cast<float>(end_), {over_at_0_}, {under_at_0_}};
    for (std::size_t k = 0; k < Over; ++k)
      r.over[k + 1] = coefficient(k);
    for (std::size_t k = 0; k < Under; ++k)
      r.under[k + 1] = coefficient(Over + k);
    return r;
  }

  /// In units.
  double largest_error() const {
    double largest = 0.0;
    for (Node const& node : nodes_)
      largest = std::max(largest, error(node));
    return largest;
  }

 private:
  using Number = long double;
  static constexpr std::size_t terms = Over + Under;

  struct Node {
    double v;  // u/end
    double value;
    double unit;
    double under;  // of the last solution
    double weight;
  };

  /// Coefficients are those of powers of v from 1 on; the numerator's come first.
  static constexpr std::size_t power(std::size_t k) { return k < Over ? k + 1 : k - Over + 1; }
  Number scale(std::size_t k) const { return std::pow(Number(end_), -Number(power(k))); }
  float coefficient(std::size_t k) const { return static_cast<float>(coefficients_[k] * scale(k)); }

  static Number term(std::size_t k, Node const& node) {
    const Number v = std::pow(Number(node.v), Number(power(k)));
    return k < Over ? v : -v * Number(node.value);
  }

  /// over - under value, without what the terms before `from` give.
  Number rest(Node const& node, std::size_t from) const {
    Number sum = Number(over_at_0_) - Number(under_at_0_) * Number(node.value);
    for (std::size_t k = from; k < terms; ++k)
      sum += coefficients_[k] * term(k, node);
    return sum;
  }

  void choose_constants(double value, float under_at_0) {
    const auto lost = [=](float under) {
      return std::fabs(double(static_cast<float>(double(under) * value)) / double(under) - value);
    };
    under_at_0_ = under_at_0;
    for (int i = 0; i < 400; ++i) {
      if (lost(under_at_0) < lost(under_at_0_))
        under_at_0_ = under_at_0;
      under_at_0 = std::nextafter(under_at_0, 2.0f * under_at_0);
    }
    over_at_0_ = static_cast<float>(double(under_at_0_) * value);
  }

  double under_at(Node const& node) const {
    Number sum = under_at_0_;
    for (std::size_t k = Over; k < terms; ++k)
      sum += coefficients_[k] * std::pow(Number(node.v), Number(power(k)));
    return static_cast<double>(sum);
  }

  double error(Node const& node) const {
    return std::fabs(static_cast<double>(rest(node, 0)) / (under_at(node) * node.unit));
  }

  void level() {
    auto best = nodes_;
    double least = std::numeric_limits<double>::infinity();
    constexpr int steps = 60, first = 5;  // that the denominator has settled
    for (int step = 0; step < steps; ++step) {
      solve(terms);
      for (Node& node : nodes_)
        node.under = under_at(node);
      const double largest = largest_error();
      if (step >= first && largest < least) {
        least = largest;
        best = nodes_;
      }
      for (Node& node : nodes_)
        node.weight *= error(node) / largest + 1e-3;
    }
    nodes_ = best;
    solve(terms);
  }

  /// Fits the first coefficients to what the others leave.
  void solve(std::size_t unknown) {
    if (unknown == 0)
      return;
    Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic> terms_at(
        count, static_cast<Eigen::Index>(unknown));
    Eigen::Matrix<Number, Eigen::Dynamic, 1> wanted(count);
    Eigen::Index row = 0;
    for (Node const& node : nodes_) {
      const Number weight = std::sqrt(Number(node.weight)) / Number(node.unit * node.under);
      wanted[row] = -weight * rest(node, unknown);
      for (std::size_t k = 0; k < unknown; ++k)
        terms_at(row, static_cast<Eigen::Index>(k)) = weight * term(k, node);
      ++row;
    }
    const Eigen::Matrix<Number, Eigen::Dynamic, 1> solution =
        terms_at.colPivHouseholderQr().solve(wanted);
    for (std::size_t k = 0; k < unknown; ++k)
      coefficients_[k] = solution[static_cast<Eigen::Index>(k)];
  }

  static constexpr int count = 400;

  double end_;
  float over_at_0_ = 0.0f, under_at_0_ = 0.0f;
  std::array<Number, terms> coefficients_{};
  std::array<Node, count> nodes_{};
};

template <std::size_t Over, std::size_t Under, int Power = 1>
using FittedRational = Fitted<simdact::core::Rational<Over, Under, Power>>;

/// Of the curve itself, or of its square root to be squared, which doubles the roundings: those leave less to the fit. Up
/// to where it has come down to 0.
template <std::size_t Over, std::size_t Under, int Power, class Value, class Unit>
FittedRational<Over, Under, Power> quotient(simdact::core::Curve<Value, Unit> const& curve,
                                            float end, float under_at_0) {
  const auto root = [=](double t) { return std::pow(curve.value(t), 1.0 / Power); };
  const auto unit = [=](double t) {
    const double roundings = (Power - 1) * 0x1.8p-24 * curve.value(t);  // a fourth of what they are
    return (curve.unit(t) - roundings) / (Power * std::pow(curve.value(t), 1.0 - 1.0 / Power));
  };
  const RationalFit<Over, Under> fitted(
      simdact::core::Curve{root, unit, curve.limit, curve.through_zero, curve.monotone},
      double(end), under_at_0);
  const auto r = fitted.rounded();
  float last = end;
  const auto over = [&](auto t) { return simdact::core::horner_by(t, r.over).number; };
  while (over(Rounded<true>(last)) > 0.0f || over(Rounded<false>(last)) > 0.0f) {
    last *= 1.001f;
    if (last > 1.1f * end)
      throw std::runtime_error("a quotient does not come down to 0");
  }
  return {{last, r.over, r.under}, fitted.largest_error()};
}

/// Of an odd function's curve over t, in t^2; up to where whole(quotient, t) stands at the limit, in builds with fused
/// multiply-adds and in those without, before a monotone one passes that in one of them.
template <std::size_t Over, std::size_t Under, class Value, class Unit, class Whole>
FittedRational<Over, Under> odd_quotient(simdact::core::Curve<Value, Unit> const& curve, float end,
                                         float under_at_0, Whole whole) {
  const auto over_t = [](auto f) {
    return [=](double u) {
      const double t = std::max(std::sqrt(u), 0x1p-26);  // at 0 the slope
      return f(t) / t;
    };
  };
  const simdact::core::Curve ratio{over_t(curve.value), over_t(curve.unit), curve.limit, false,
                                   false};
  const RationalFit<Over, Under> fitted(ratio, double(end) * double(end), under_at_0);
  auto r = fitted.rounded();
  const auto limit = static_cast<float>(curve.limit);
  float t = curve.monotone ? 0.75f * end : static_cast<float>(end_of(curve, double(end)));
  for (;; t = std::nextafter(t, 2.0f * end)) {
    r.last = t;
    const float fused = whole(r, Rounded<true>(t)).number;
    const float plain = whole(r, Rounded<false>(t)).number;
    if (fused == limit && plain == limit)
      return {r, fitted.largest_error()};
    if (t > 1.1f * end || (curve.monotone && (fused > limit || plain > limit)))
      throw std::runtime_error("an odd function passes its limit and does not stand there");
  }
}

/// Of the curve itself.
template <std::size_t Over, std::size_t Under, class Value, class Unit>
FittedRational<Over, Under> odd_quotient(simdact::core::Curve<Value, Unit> const& curve, float end,
                                         float under_at_0) {
  return odd_quotient<Over, Under>(curve, end, under_at_0, [](auto const& r, auto t) {
    return simdact::core::evaluate_odd(r, t);
  });
}

/// Of tanh, given the curve of half its argument.
template <std::size_t Over, std::size_t Under, class Value, class Unit>
FittedRational<Over, Under> odd_quotient_of_half(simdact::core::Curve<Value, Unit> const& curve,
                                                 float end, float under_at_0) {
  const auto limit = static_cast<float>(curve.limit);
  return odd_quotient<Over, Under>(curve, end, under_at_0, [=](auto const& r, auto t) {
    return simdact::core::fast_tanh_by_half(r, limit, t);
  });
}

}  // namespace fit
