#pragma once

/// @file
/// One direction of one activation in double, at all its points, on all cores: quadruple precision
/// measures each point, MPFR again the worst ones and every 97th, which holds the former to its claim.

#include <atomic>
#include <mutex>
#include <span>
#include <stdexcept>

#include "../sweep.hpp"
#include "direction.hpp"
#include "double_points.hpp"
#include "on_all_cores.hpp"
#include "worst_list.hpp"

/// How far an error that quadruple precision measures may be off, in ULP: 60 bits more than a double's
/// less 12 where an argument near 1000 is exponentiated leave plenty.
inline constexpr double measuring_error = 0x1p-30;

/// sweep::ulp_error for a quadruple value that is neither 0, nor nearly so, nor NaN.
inline double quad_ulp_error(double got, Quad const& exact, double floor) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  const double nearest = exact.to_double();
  if (!std::isfinite(got) || !std::isfinite(nearest))
    return got == nearest ? 0.0 : infinite;
  if (got == 0.0 && std::signbit(got) != std::signbit(nearest))
    return infinite;
  int exponent = std::max(exact.exponent(), -1022);
  if (floor > 0.0)
    exponent = std::max(exponent, std::ilogb(floor));
  return ldexp(abs(Quad(got) - exact), 52 - exponent).to_double();
}

struct DoubleFindings {
  std::uint64_t points = 0;
  std::uint64_t by_mpfr = 0;
  double largest_disagreement = 0.0;  // of the two precisions, in ULP
  WorstList worst;

  void merge(DoubleFindings const& other) {
    points += other.points;
    by_mpfr += other.by_mpfr;
    largest_disagreement = std::max(largest_disagreement, other.largest_disagreement);
    worst.merge(other.worst);
  }
};

template <class Direction>
class DoubleJudge {
 public:
  using F = typename Direction::Function;

  explicit DoubleJudge(F const& f) : f_(f) {}

  void operator()(double x, double y, bool sampled) {
    ++findings.points;
    const Quad exact = Direction::template reference<Quad>(f_, Quad(x));
    if (exact.is_nan() || far_below_doubles(exact)) {
      if (!vanishes(x, y, exact))
        findings.worst.add({exact_error(x, y), x});
      return;
    }
    const double error = quad_ulp_error(y, exact, Direction::floor(x));
    findings.worst.add({error, x});
    if (sampled)
      verify(x, error, exact_error(x, y));
  }

  /// The error by MPFR.
  double exact_error(double x, double y) {
    ++findings.by_mpfr;
    const Real exact = Direction::template reference<Real>(f_, Real(x));
    return sweep::ulp_error(y, exact, Direction::floor(x));
  }

  DoubleFindings findings;

 private:
  static bool far_below_doubles(Quad const& exact) {
    return exact.is_zero() || exact.exponent() < -2000;
  }

  /// Far below the smallest double only the sign is left, that of the limit on this side; the formulas
  /// underflow term by term there.
  bool vanishes(double x, double y, Quad const& exact) const {
    const double zero = std::copysign(0.0, Direction::limit(f_, x > 0.0));
    return !exact.is_nan() && x != 0.0 && y == 0.0 && std::signbit(y) == std::signbit(zero);
  }

  void verify(double x, double error, double by_mpfr) {
    const double disagreement = error == by_mpfr ? 0.0 : std::fabs(error - by_mpfr);
    findings.largest_disagreement = std::max(findings.largest_disagreement, disagreement);
    if (!(disagreement <= measuring_error * std::max(1.0, by_mpfr)))
      throw std::logic_error("the quadruple reference of " + std::string(f_.name) + " is off at " +
                             std::to_string(x));
  }

  F f_;
};

/// `report(share)` is called about once a second with the share that is done.
template <class Direction, class Report>
DoubleFindings measure_doubles(typename Direction::Function const& f, std::uint64_t thinned,
                               Report report) {
  using F = typename Direction::Function;
  constexpr std::uint64_t block = 1 << 13;
  const DoublePoints points(
      [&](double x) { return Direction::template reference<Quad>(f, Quad(x)); },
      [&](double x) { return Derivative<F>::template reference<Quad>(f, Quad(x)); }, thinned);
  const std::uint64_t total = points.size();
  std::atomic<std::uint64_t> next{0};
  std::mutex merging;
  DoubleFindings findings;
  on_all_cores([&](bool reports) {
    std::vector<double> x(block), y(block);
    DoubleJudge<Direction> judge(f);
    for (std::uint64_t first; (first = next.fetch_add(block)) < total;) {
      const std::size_t n = std::min(block, total - first);
      for (std::size_t i = 0; i < n; ++i)
        x[i] = points(first + i);
      Direction::kernel(f, std::span(x).first(n), std::span(y).first(n));
      for (std::size_t i = 0; i < n; ++i)
        judge(x[i], y[i], (first + i) % 97 == 0);
      if (reports)
        report(static_cast<double>(first) / static_cast<double>(total));
    }
    const std::lock_guard lock(merging);
    findings.merge(judge.findings);
  });
  return findings;
}
