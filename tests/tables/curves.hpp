#pragma once

/// @file
/// What the tables of the Fast tier are fitted to: one curve each, its unit a fourth of the error that the
/// tier allows.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include <simdact/core/piecewise.hpp>

#include "../last_place.hpp"
#include "fit.hpp"
#include "rational_fit.hpp"

namespace curves {

using simdact::core::Centre;
using simdact::core::Curve;
using simdact::core::Piecewise;

/// The unit of a value f(x) with |x| = t, where |f| is at least `least`.
inline double value_unit(double t, double least) {
  return last_place(std::max(least, std::min(t, 1.0)));
}

/// Of a derivative, which counts from 1.
inline double slope_unit(double) { return 0x1p-23; }

inline double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }
inline double normal(double x) { return 0.5 * std::erfc(-x * std::numbers::sqrt2 * 0.5); }
inline double density(double x) {
  return std::exp(-0.5 * x * x) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

/// For what is to be multiplied by t: of a gated unit's value.
inline double gate_unit(double t) { return value_unit(t, 0.0) / std::max(t, 0x1p-126); }

/// GELUTanh's 2 u(t) and its derivative.
inline constexpr double tanh_scale = 2.0 * std::numbers::sqrt2 * std::numbers::inv_sqrtpi;
inline double tanh_argument(double t) { return tanh_scale * (t + 0.044715 * t * t * t); }
inline double tanh_slope(double t) { return tanh_scale * (1.0 + 3.0 * 0.044715 * t * t); }

/// limit tanh(t/length).
inline auto tanh_curve(double limit, double length) {
  return Curve{[=](double t) { return limit * std::tanh(t / length); },
               [=](double t) { return value_unit(t, limit * std::tanh(t / length)); }, limit, true,
               true};
}

/// limit tanh(t/(2 length)), in what moves the other by a unit.
inline auto tanh_of_half(double limit, double length) {
  const auto unit = [=](double t) {
    const double square = std::pow(std::tanh(0.5 * t / length), 2.0);
    const double slope = 2.0 * (1.0 - square) / ((1.0 + square) * (1.0 + square));
    return tanh_curve(limit, length).unit(t) / slope;
  };
  return Curve{tanh_curve(limit, 2.0 * length).value, unit, limit, true, true};
}

/// A table's name and curve.
template <class C>
struct Named {
  std::string name;
  std::string formula;
  C curve;
};
template <class C>
Named(char const*, char const*, C) -> Named<C>;

/// What the curve of t becomes: a table for AVX-512, the cheapest that keeps the tier's bound...
template <class Table>
struct LookedUp {};

/// ... or, for the others, one polynomial of something else, on an interval of that.
template <std::size_t Degree>
struct Polynomial {
  double begin, end;
};

/// ... or a quotient of polynomials on [0, end], or a power of one, the denominator's constant term given, since just
/// below a power of two its roundings are the smallest...
template <std::size_t Over, std::size_t Under, int Power = 1>
struct Quotient {
  float end;
  float under_at_0;
};

/// ... or one of polynomials of t^2 for f(t)/t, f being an odd function...
template <std::size_t Over, std::size_t Under>
struct OddQuotient {
  float end;
  float under_at_0;
};

/// ... or that at half its argument.
template <std::size_t Over, std::size_t Under>
struct OddQuotientOfHalf {
  float end;
  float under_at_0;
};

/// Calls visit(shape, named) for every curve.
template <class Visit>
void for_each(Visit visit) {
  using std::exp, std::log1p;
  const Curve softplus_curve{[](double t) { return log1p(exp(-t)); },
                             [](double t) { return value_unit(t, log1p(exp(-t))); }, 0.0, false,
                             true};
  const Curve sigmoid_curve{[](double t) { return 0.5 * tanh(0.5 * t); },
                            [](double t) { return value_unit(t, logistic(-t)); }, 0.5, true, true};
  visit(LookedUp<Piecewise<16, 4>>{}, Named{"sigmoid", "1/(1 + e^-t) - 1/2", sigmoid_curve});
  visit(OddQuotient<3, 4>{17.0f, 1.0f},
        Named{"centred_sigmoid", "1/(1 + e^-t) - 1/2", sigmoid_curve});
  visit(LookedUp<Piecewise<32, 4, Centre::shared>>{},
        Named{"silu", "1/(1 + e^t)",
              Curve{[](double t) { return logistic(-t); }, gate_unit, 0.0, false, false}});
  visit(LookedUp<Piecewise<16, 4, Centre::shared>>{},
        Named{"gelu", "Phi(-t)",
              Curve{[](double t) { return normal(-t); }, gate_unit, 0.0, false, false}});
  visit(LookedUp<Piecewise<32, 4>>{},
        Named{"gelu_slope", "Phi(-t) - t phi(t)",
              Curve{[](double t) { return normal(-t) - t * density(t); }, slope_unit, 0.0, false,
                    false}});
  visit(LookedUp<Piecewise<16, 4, Centre::shared>>{},
        Named{"gelu_tanh", "1/(1 + e^v) with GELUTanh's v = 2 u(t)",
              Curve{[](double t) { return logistic(-tanh_argument(t)); }, gate_unit, 0.0, false,
                    false}});
  visit(LookedUp<Piecewise<32, 4>>{},
        Named{"gelu_tanh_slope", "s (1 - t v' (1 - s)), s = 1/(1 + e^v)",
              Curve{[](double t) {
                      const double s = logistic(-tanh_argument(t));
                      return s * (1.0 - t * tanh_slope(t) * (1.0 - s));
                    },
                    slope_unit, 0.0, false, false}});
  visit(LookedUp<Piecewise<32, 4>>{}, Named{"tanh", "tanh t", tanh_curve(1.0, 1.0)});
  visit(OddQuotientOfHalf<2, 3>{9.0f, 1.9f},
        Named{"tanh_of_half", "tanh(t/2)", tanh_of_half(1.0, 1.0)});
  visit(LookedUp<Piecewise<32, 4, Centre::own>>{},
        Named{"lecun_tanh", "1.7159 tanh(2t/3)", tanh_curve(1.7159, 1.5)});
  visit(OddQuotientOfHalf<2, 3>{14.75f, 1.725f},
        Named{"lecun_tanh_of_half", "1.7159 tanh(t/3)", tanh_of_half(1.7159, 1.5)});
  visit(LookedUp<Piecewise<16, 4>>{}, Named{"softplus", "log(1 + e^-t)", softplus_curve});
  visit(Quotient<5, 6>{17.5f, 1.0f},
        Named{"softplus_tail", "log(1 + e^-t) up to t = 17.5", softplus_curve});
  visit(LookedUp<Piecewise<32, 4>>{},
        Named{"softplus_beta", "t/(1 + e^t) + log(1 + e^-t)",
              Curve{[](double t) { return t * logistic(-t) + log1p(exp(-t)); }, slope_unit, 0.0,
                    false, true}});
  visit(Quotient<4, 5, 2>{5.4f, 1.9f},
        Named{"normal_tail", "Phi(-t)",
              Curve{[](double t) { return normal(-t); }, gate_unit, 0.0, false, true}});
  visit(OddQuotient<5, 5>{5.8f, 1.0f},
        Named{"centred_gelu_slope", "Phi(t) - 1/2 + t phi(t)",
              Curve{[](double t) { return 0.5 - normal(-t) + t * density(t); }, slope_unit, 0.5,
                    true, false}});
  visit(Quotient<4, 5, 2>{5.1f, 1.9f},
        Named{"gelu_tanh_tail", "1/(1 + e^v) with GELUTanh's v = 2 u(t)",
              Curve{[](double t) { return logistic(-tanh_argument(t)); }, gate_unit, 0.0, false,
                    true}});
  visit(OddQuotient<5, 6>{5.55f, 1.0f}, Named{"centred_gelu_tanh_slope", "s - 1/2 + t v' s (1 - s)",
                                              Curve{[](double t) {
                                                      const double v = tanh_argument(t);
                                                      const double s = logistic(v);
                                                      return 0.5 * tanh(0.5 * v) +
                                                             t * tanh_slope(t) * s * logistic(-v);
                                                    },
                                                    slope_unit, 0.5, true, false}});
  visit(Polynomial<3>{-0.5 * std::numbers::ln2, 0.5 * std::numbers::ln2},
        Named{"fast_decay", "(e^r - 1 - r)/r^2 for |r| <= ln(2)/2",
              Curve{[](double r) { return (std::expm1(r) - r) / (r * r); },
                    [](double r) { return 0x1p-23 * exp(r) / (r * r); }, 0.0, false, false}});
}

}  // namespace curves
