#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "../detail/fail.hpp"
#include "last_place.hpp"
#include "polynomial_fit.hpp"

namespace simdact::core {

/// A function and its derivative as its user gives them, on an interval around 0. `Arch` as in the loops:
/// no copy that was compiled for a newer CPU is ever shared.
template <class Arch, class Value, class Derivative>
class KnownFunction {
 public:
  KnownFunction(Value const& value, Derivative const& derivative, double begin, double end)
      : value_(value), derivative_(derivative), begin_(begin), end_(end) {
    constexpr double most = 0x1p100;
    if (!(begin >= -most && begin <= -1.0 / most && end >= 1.0 / most && end <= most)) {
      detail::fail<Arch>("the interval is ", interval(), ", but must be finite and have 0 inside");
    }
  }

  double begin() const { return begin_; }
  double end() const { return end_; }
  double value(double x) const { return checked(static_cast<double>(value_(x)), "f", x); }
  double derivative(double x) const {
    return checked(static_cast<double>(derivative_(x)), "f'", x);
  }

  /// What the errors of f(x) = value and of its derivative are measured in.
  static double value_unit(double x, double value) {
    return last_place((std::max)(std::fabs(value), (std::min)(std::fabs(x), 1.0)));
  }
  static double derivative_unit(double derivative) {
    return last_place((std::max)(std::fabs(derivative), 1.0));
  }

 private:
  double checked(double y, char const* name, double x) const {
    if (!(std::fabs(y) <= double((std::numeric_limits<float>::max)()))) {
      detail::fail<Arch>(name, "(", x, ") is ", y, ", but must be finite in float on ", interval());
    }
    return y;
  }

  auto interval() const { return detail::Message<Arch>("[", begin_, ", ", end_, "]"); }

  Value const& value_;
  Derivative const& derivative_;
  double begin_, end_;
};

/// One side of 0 of a function, t = |x|: a line, and the curves of what is beside it and of the
/// derivative.
template <class Arch, class Function>
class KnownSide {
 public:
  KnownSide(Function const& f, bool right)
      : f_(f), sign_(right ? 1.0 : -1.0), end_(right ? f.end() : -f.begin()) {
    const double x = sign_ * end_;
    const double unit = Function::value_unit(x, f.value(x));
    slope_ = settled(f.derivative(x), unit / end_);
    line_ = slope_;
    limit_ = settled(slope_ == 0.0 ? f.value(x) : f.value(x) - slope_ * x, unit);
    if (settled_from() > 0.9 * end_) {  // too late for an asymptote
      line_ = 0.0;
      limit_ = settled(f.value(x), unit);
    }
  }

  bool is_right() const { return sign_ > 0.0; }
  double sign() const { return sign_; }
  double end() const { return end_; }

  /// At the end, and from there on.
  double slope() const { return slope_; }
  /// Of beside_line().
  double limit() const { return limit_; }
  /// Does the line that begins there come from 0?
  bool has_asymptote() const { return line_ == slope_; }

  /// f(x), without its asymptote.
  auto beside_line() const {
    return Curve{
        [this](double t) { return t < end_ ? f_.value(sign_ * t) - line_ * sign_ * t : limit_; },
        [this](double t) {
          const double x = sign_ * (std::min)(t, end_);
          return Function::value_unit(x, f_.value(x));
        },
        limit_, f_.value(0.0) == 0.0, false};
  }

  auto derivative() const {
    return Curve{[this](double t) { return t < end_ ? f_.derivative(sign_ * t) : slope_; },
                 [this](double t) {
                   return Function::derivative_unit(f_.derivative(sign_ * (std::min)(t, end_)));
                 },
                 slope_, false, false};
  }

  /// From where on both curves are as good as their limits.
  double settled_from() const {
    return (std::min)(end_, (std::max)(end_of(beside_line(), end_), end_of(derivative(), end_)));
  }

 private:
  /// As a float; a whole number, if it is one but for rounding.
  static double settled(double number, double unit) {
    const double whole = std::nearbyint(number);
    const bool is_near = std::fabs(number - whole) < 0.5 * unit;
    return is_near ? whole : static_cast<double>(static_cast<float>(number));
  }

  Function const& f_;
  double sign_, end_, slope_, line_, limit_;
};

}  // namespace simdact::core
