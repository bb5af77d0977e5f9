#pragma once

/// @file
/// What can be said of an activation by computing with it, as text.

#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>
#include <reference.hpp>
#include <string>
#include <utility>
#include <vector>

namespace docs {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// The grid: to |x| = 40, where double knows no difference from the limit any more, so fine that no wave of a
/// usual function fits between two points.
inline constexpr int per_unit = 256, reach = 40 * per_unit;
inline double grid(int i) { return double(i) / per_unit; }

inline std::string number(double x) {
  if (std::isinf(x))
    return x > 0 ? "∞" : "-∞";
  char text[32];
  std::snprintf(text, sizeof text, "%.5g", x + 0.0);
  return text;
}

/// Where `holds` changes between a point where it does and one where it does not.
template <class Holds>
double edge(Holds const& holds, double in, double out) {
  for (int step = 0; step < 60; ++step) {
    const double middle = (in + out) / 2;
    (holds(middle) ? in : out) = middle;
  }
  return std::round(in * 1e9) / 1e9;
}

/// The highest point of g in [low, high], by the golden section.
template <class G>
double highest(G const& g, double low, double high) {
  constexpr double part = 2 - std::numbers::phi;
  for (int step = 0; step < 60; ++step) {
    const double a = low + part * (high - low), b = high - part * (high - low);
    if (g(a) < g(b)) {
      low = a;
    } else {
      high = b;
    }
  }
  return (low + high) / 2;
}

/// The supremum of a function, whether it is reached, and where.
struct Greatest {
  double value = -infinity;
  bool reached = true;
  std::string where;
};

/// g takes a double, for which it calls the kernel, or a `Real` of 320 bits, for which it calls the reference:
/// that alone tells 1 from tanh(100).
template <class G>
Greatest greatest(G const& g) {
  Greatest result;
  int first = 0, last = 0;
  for (int i = -reach; i <= reach; ++i) {
    const double y = g(grid(i));
    if (y > result.value) {
      result.value = y;
      first = last = i;
    } else if (y == result.value && last == i - 1) {
      last = i;
    }
  }
  const auto is_level = [&](double x) { return g(x) == result.value; };
  std::string ends;
  for (const int side : {-1, 1}) {
    const double limit = g(side * infinity);
    if (limit < result.value)
      continue;
    result.value = limit;
    const Real far_off = g(Real(side * 100.0));
    result.reached = !(far_off < Real(limit)) && !(far_off > Real(limit)) && std::isfinite(limit);
    int i = side * reach;
    while (is_level(grid(i - side)))
      i -= side;
    ends += (ends.empty() ? "" : " and ") +
            (result.reached ? "beyond " + number(edge(is_level, grid(i), grid(i - side)))
                            : "towards " + number(side * infinity));
  }
  if (!ends.empty()) {
    result.where = ends;
  } else if (first == last) {
    const double x = highest(g, grid(first - 1), grid(first + 1));
    result.value = std::max(result.value, g(x));
    result.where = "at " + number(std::round(x * 1e6) / 1e6);
  } else {
    result.where = "between " + number(edge(is_level, grid(first), grid(first - 1))) + " and " +
                   number(edge(is_level, grid(last), grid(last + 1)));
  }
  return result;
}

/// The points, of multiples of 1/64, where g jumps.
template <class G>
std::string jumps(G const& g) {
  std::string points;
  for (int i = -10 * 64; i <= 10 * 64; ++i) {
    const double x = i / 64.0;
    if (std::fabs(g(x + 0x1p-30) - g(x - 0x1p-30)) > 1e-6)
      points += (points.empty() ? "" : ", ") + number(x);
  }
  return points.empty() ? "none" : points;
}

/// E[g(z)], z ~ N(0, 1), by the midpoint rule, whose cells end at the jumps.
template <class G>
double expectation(G const& g) {
  constexpr int cells_per_unit = 1024, cells = 12 * cells_per_unit;
  double sum = 0;
  for (int i = -cells; i < cells; ++i) {
    const double z = (i + 0.5) / cells_per_unit;
    sum += g(z) * std::exp(-z * z / 2);
  }
  return sum / cells_per_unit * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

using Properties = std::vector<std::pair<std::string, std::string>>;

template <class F>
class Examined {
 public:
  explicit Examined(F const& f) : f_(f) {}

  Properties properties() const {
    const auto opposite = [this](auto const& x) { return -this->value(x); };
    const auto steepness = [this](auto const& x) {
      using std::abs;
      return abs(this->slope(x));
    };
    const auto y = [this](double x) { return value(x); };
    const auto d = [this](double x) { return slope(x); };
    const Greatest least = greatest(opposite);
    const Greatest most = greatest([this](auto const& x) { return this->value(x); });
    const Greatest steepest = greatest(steepness);
    const double gain = simdact::initialization_gain(f_);
    const double gradient = gain * gain * expectation([&](double z) { return d(z) * d(z); });
    return {
        {"range", (least.reached ? "[" : "(") + number(-least.value) + ", " + number(most.value) +
                      (most.reached ? "]" : ")")},
        {"largest slope", number(steepest.value) + " " + steepest.where},
        {"jumps", jumps(y)},
        {"kinks", jumps(d)},
        {"monotone", falls()},
        {"saturates", saturates()},
        {"mean", number(std::round(expectation(y) * 1e6) / 1e6)},
        {"gain", number(gain)},
        {"gradient", number(gradient)},
    };
  }

 private:
  double value(double x) const { return f_.forward(x); }
  Real value(Real const& x) const { return reference::Reference<F>::value(f_, x); }
  double slope(double x) const { return f_.derivative(x); }
  Real slope(Real const& x) const { return reference::Reference<F>::derivative(f_, x); }

  /// The intervals in which f falls.
  std::string falls() const {
    const auto is_falling = [this](double x) { return slope(x) < 0; };
    std::string intervals;
    for (int i = -reach; i < reach; ++i) {
      if (!is_falling(grid(i)))
        continue;
      double low = edge(is_falling, grid(i), grid(i - 1));
      // Down there the kernel's slope may have vanished.
      if (slope(Real(-100.0)) < Real(0.0) && intervals.empty())
        low = -infinity;
      while (i < reach && is_falling(grid(i)))
        ++i;
      const double high = i < reach ? edge(is_falling, grid(i - 1), grid(i)) : infinity;
      intervals +=
          (intervals.empty() ? "" : " and ") + ("(" + number(low)) + ", " + number(high) + ")";
    }
    return intervals.empty() ? "yes" : "falls in " + intervals;
  }

  std::string saturates() const {
    const bool left = slope(-infinity) == 0, right = slope(infinity) == 0;
    return left && right ? "left and right" : left ? "left" : right ? "right" : "no";
  }

  F f_;
};

}  // namespace docs
