#pragma once

/// @file
/// One row per activation: its closed form and derivative, by formulas that the kernels do not use,
/// its error bounds, limits and kinks. R is `Real` (MPFR), `Quad` or a floating-point type.

#include <cmath>
#include <numbers>
#include <type_traits>
#include <vector>

#include <simdact/simdact.hpp>

#include "real.hpp"

namespace reference {

using namespace simdact;

inline constexpr double inf = std::numeric_limits<double>::infinity();

/// The largest error that a kernel may have, in units in the last place of the exact result; in
/// double a derivative is measured against max(|f'|, 2^-10), since it crosses zero.
struct Bounds {
  double float_value = 0.5;
  double float_derivative = 0.5;
  double double_value = 2.0;
  double double_derivative = 4.0;
  double float_other_parameters = 0.51;  // both directions, at other parameters than the defaults
};

/// What f and f' are at -inf and +inf, and f at -0.
struct Limits {
  double value_at_minus_inf;
  double value_at_inf;
  double derivative_at_minus_inf;
  double derivative_at_inf;
  double value_at_minus_zero;
};

/// A point where the derivative jumps, and its value there (that of the left branch).
struct Kink {
  double x;
  double derivative;
};

struct Smooth {
  static constexpr Bounds bounds{};
  template <class F>
  static std::vector<Kink> kinks(F const&) {
    return {};
  }
};

/// max(x, 0), 1 above 0 and 0 elsewhere: exact in T.
struct Linear : Smooth {
  static constexpr Bounds bounds{0.5, 0.5, 0.5, 0.5, 0.5};
};

/// x for x > 0, else slope x.
inline Limits sloped_limits(double slope) {
  const double left = slope > 0.0 ? -inf : slope < 0.0 ? inf : -0.0;
  return {left, inf, slope, 1.0, std::copysign(0.0, -slope)};
}

template <class R>
R pi() {
  if constexpr (requires { R::pi(); }) {
    return R::pi();
  } else {
    return std::numbers::pi_v<R>;
  }
}

template <class R>
R softplus(R const& x) {
  using std::exp, std::log1p;
  return x > R(0) ? R(x + log1p(exp(-x))) : R(log1p(exp(x)));
}

template <class R>
R logistic(R const& x) {
  using std::exp;
  return R(1) / (R(1) + exp(-x));
}

/// The derivative of the logistic function.
template <class R>
R logistic_slope(R const& x) {
  using std::cosh;
  return R(1) / (R(2) + R(2) * cosh(x));
}

/// d/dx [x logistic(beta x)].
template <class R>
R swish_slope(R const& x, R const& beta) {
  return logistic<R>(beta * x) + beta * x * logistic_slope<R>(beta * x);
}

template <class F>
struct Reference;

template <class T>
struct Reference<ReLU<T>> : Linear {
  static Limits limits(ReLU<T> const&) { return {0.0, inf, 0.0, 1.0, 0.0}; }
  static std::vector<Kink> kinks(ReLU<T> const&) { return {{0.0, 0.0}}; }
  template <class R>
  static R value(ReLU<T> const&, R const& x) {
    return x > R(0) ? x : R(0);
  }
  template <class R>
  static R derivative(ReLU<T> const&, R const& x) {
    return x > R(0) ? R(1) : R(0);
  }
};

template <class T>
struct Reference<ReLU6<T>> : Linear {
  static Limits limits(ReLU6<T> const&) { return {0.0, 6.0, 0.0, 0.0, 0.0}; }
  static std::vector<Kink> kinks(ReLU6<T> const&) { return {{0.0, 0.0}, {6.0, 0.0}}; }
  template <class R>
  static R value(ReLU6<T> const&, R const& x) {
    return x > R(6) ? R(6) : x > R(0) ? x : R(0);
  }
  template <class R>
  static R derivative(ReLU6<T> const&, R const& x) {
    return x > R(0) && x < R(6) ? R(1) : R(0);
  }
};

template <class T>
struct Reference<LeakyReLU<T>> : Linear {
  static Limits limits(LeakyReLU<T> const& f) { return sloped_limits(f.negative_slope); }
  static std::vector<Kink> kinks(LeakyReLU<T> const& f) { return {{0.0, f.negative_slope}}; }
  template <class R>
  static R value(LeakyReLU<T> const& f, R const& x) {
    return x > R(0) ? x : R(x * R(f.negative_slope));
  }
  template <class R>
  static R derivative(LeakyReLU<T> const& f, R const& x) {
    return x > R(0) ? R(1) : R(f.negative_slope);
  }
};

template <class T>
struct Reference<PReLU<T>> : Linear {
  static Limits limits(PReLU<T> const& f) { return sloped_limits(f.weight); }
  static std::vector<Kink> kinks(PReLU<T> const& f) { return {{0.0, f.weight}}; }
  template <class R>
  static R value(PReLU<T> const& f, R const& x) {
    return x > R(0) ? x : R(x * R(f.weight));
  }
  template <class R>
  static R derivative(PReLU<T> const& f, R const& x) {
    return x > R(0) ? R(1) : R(f.weight);
  }
};

template <class T>
struct Reference<ELU<T>> : Smooth {
  static Limits limits(ELU<T> const& f) { return {-double(f.alpha), inf, 0.0, 1.0, -0.0}; }
  static std::vector<Kink> kinks(ELU<T> const& f) { return {{0.0, f.alpha}}; }
  template <class R>
  static R value(ELU<T> const& f, R const& x) {
    using std::expm1;
    return x > R(0) ? x : R(R(f.alpha) * expm1(x));
  }
  template <class R>
  static R derivative(ELU<T> const& f, R const& x) {
    using std::exp;
    return x > R(0) ? R(1) : R(R(f.alpha) * exp(x));
  }
};

template <class T>
struct Reference<CELU<T>> : Smooth {
  static Limits limits(CELU<T> const& f) { return {-double(f.alpha), inf, 0.0, 1.0, -0.0}; }
  static std::vector<Kink> kinks(CELU<T> const&) { return {{0.0, 1.0}}; }
  template <class R>
  static R value(CELU<T> const& f, R const& x) {
    using std::expm1;
    return x > R(0) ? x : R(R(f.alpha) * expm1(R(x / R(f.alpha))));
  }
  template <class R>
  static R derivative(CELU<T> const& f, R const& x) {
    using std::exp;
    return x > R(0) ? R(1) : R(exp(R(x / R(f.alpha))));
  }
};

template <class T>
struct Reference<SELU<T>> : Smooth {
  static constexpr double scale_alpha =
      1.0507009873554804934193349852946 * 1.6732632423543772848170429916717;
  static Limits limits(SELU<T> const&) {
    return {-scale_alpha, inf, 0.0, 1.0507009873554804934193349852946, -0.0};
  }
  static std::vector<Kink> kinks(SELU<T> const& f) { return {{0.0, f.scale * f.alpha}}; }
  template <class R>
  static R value(SELU<T> const& f, R const& x) {
    using std::expm1;
    return R(f.scale) * (x > R(0) ? x : R(R(f.alpha) * expm1(x)));
  }
  template <class R>
  static R derivative(SELU<T> const& f, R const& x) {
    using std::exp;
    return R(f.scale) * (x > R(0) ? R(1) : R(R(f.alpha) * exp(x)));
  }
};

template <class T>
struct Reference<GELU<T>> : Smooth {
  static Limits limits(GELU<T> const&) { return {-0.0, inf, -0.0, 1.0, -0.0}; }
  template <class R>
  static R value(GELU<T> const&, R const& x) {
    using std::erfc, std::sqrt;
    return x * erfc(R(-x / sqrt(R(2)))) / R(2);
  }
  template <class R>
  static R derivative(GELU<T> const&, R const& x) {
    using std::erfc, std::exp, std::sqrt;
    if (x < R(-1e9) || x > R(1e9))
      return x > R(0) ? R(1) : R(-0.0);
    return erfc(R(-x / sqrt(R(2)))) / R(2) + x * exp(R(-x * x / R(2))) / sqrt(R(2) * pi<R>());
  }
};

template <class T>
struct Reference<GELUTanh<T>> : Smooth {
  static Limits limits(GELUTanh<T> const&) { return {-0.0, inf, -0.0, 1.0, -0.0}; }
  template <class R>
  static R u(R const& x) {
    using std::sqrt;
    return sqrt(R(2) / pi<R>()) * (x + R(44715) / R(1000000) * x * x * x);
  }
  template <class R>
  static R value(GELUTanh<T> const&, R const& x) {
    using std::cosh, std::exp;
    if (x > R(20))
      return x;
    return x * exp(u(x)) / (R(2) * cosh(u(x)));
  }
  template <class R>
  static R derivative(GELUTanh<T> const&, R const& x) {
    using std::cosh, std::exp, std::sqrt;
    if (x > R(20))
      return R(1);
    const R slope = sqrt(R(2) / pi<R>()) * (R(1) + R(134145) / R(1000000) * x * x);
    return (exp(u(x)) + x * slope / cosh(u(x))) / (R(2) * cosh(u(x)));
  }
};

template <class T>
struct Reference<SiLU<T>> : Smooth {
  static Limits limits(SiLU<T> const&) { return {-0.0, inf, -0.0, 1.0, -0.0}; }
  template <class R>
  static R value(SiLU<T> const&, R const& x) {
    return x * logistic(x);
  }
  template <class R>
  static R derivative(SiLU<T> const&, R const& x) {
    return swish_slope(x, R(1));
  }
};

template <class T>
struct Reference<Swish<T>> : Smooth {
  static Limits limits(Swish<T> const& f) {
    return f.beta > T(0) ? Limits{-0.0, inf, -0.0, 1.0, -0.0} : Limits{-inf, 0.0, 1.0, -0.0, -0.0};
  }
  template <class R>
  static R value(Swish<T> const& f, R const& x) {
    return x * logistic<R>(R(f.beta) * x);
  }
  template <class R>
  static R derivative(Swish<T> const& f, R const& x) {
    return swish_slope(x, R(f.beta));
  }
};

template <class T>
struct Reference<Mish<T>> : Smooth {
  static Limits limits(Mish<T> const&) { return {-0.0, inf, -0.0, 1.0, -0.0}; }
  template <class R>
  static R value(Mish<T> const&, R const& x) {
    using std::tanh;
    return x * tanh(softplus(x));
  }
  template <class R>
  static R derivative(Mish<T> const&, R const& x) {
    using std::cosh, std::tanh;
    const R c = cosh(softplus(x));
    return tanh(softplus(x)) + x * logistic(x) / (c * c);
  }
};

template <class T>
struct Reference<Softplus<T>> : Smooth {
  static Limits limits(Softplus<T> const& f) {
    return {0.0, inf, 0.0, 1.0, std::numbers::ln2 / double(f.beta)};
  }
  template <class R>
  static R value(Softplus<T> const& f, R const& x) {
    return softplus<R>(R(f.beta) * x) / R(f.beta);
  }
  template <class R>
  static R derivative(Softplus<T> const& f, R const& x) {
    return logistic<R>(R(f.beta) * x);
  }
};

template <class T>
struct Reference<Hardswish<T>> : Smooth {
  static Limits limits(Hardswish<T> const&) { return {-0.0, inf, 0.0, 1.0, -0.0}; }
  static std::vector<Kink> kinks(Hardswish<T> const&) { return {{-3.0, 0.0}, {3.0, 1.0}}; }
  template <class R>
  static R value(Hardswish<T> const&, R const& x) {
    return x < R(-3) ? R(-0.0) : x > R(3) ? x : R(x * (x + R(3)) / R(6));
  }
  template <class R>
  static R derivative(Hardswish<T> const&, R const& x) {
    if (!(x > R(-3)))
      return R(0);
    return x < R(3) ? R(x / R(3) + R(1) / R(2)) : R(1);
  }
};

template <class T>
struct Reference<Hardsigmoid<T>> : Smooth {
  static Limits limits(Hardsigmoid<T> const&) { return {0.0, 1.0, 0.0, 0.0, 0.5}; }
  static std::vector<Kink> kinks(Hardsigmoid<T> const&) { return {{-3.0, 0.0}, {3.0, 0.0}}; }
  template <class R>
  static R value(Hardsigmoid<T> const&, R const& x) {
    return x < R(-3) ? R(0) : x > R(3) ? R(1) : R((x + R(3)) / R(6));
  }
  template <class R>
  static R derivative(Hardsigmoid<T> const&, R const& x) {
    return x > R(-3) && x < R(3) ? R(R(1) / R(6)) : R(0);
  }
};

template <class T>
struct Reference<Sigmoid<T>> : Smooth {
  static Limits limits(Sigmoid<T> const&) { return {0.0, 1.0, 0.0, 0.0, 0.5}; }
  template <class R>
  static R value(Sigmoid<T> const&, R const& x) {
    return logistic(x);
  }
  template <class R>
  static R derivative(Sigmoid<T> const&, R const& x) {
    return logistic_slope(x);
  }
};

template <class T>
struct Reference<LogSigmoid<T>> : Smooth {
  static Limits limits(LogSigmoid<T> const&) { return {-inf, -0.0, 1.0, 0.0, -std::numbers::ln2}; }
  template <class R>
  static R value(LogSigmoid<T> const&, R const& x) {
    return -softplus<R>(-x);
  }
  template <class R>
  static R derivative(LogSigmoid<T> const&, R const& x) {
    return logistic<R>(-x);
  }
};

template <class T>
struct Reference<Tanh<T>> : Smooth {
  static Limits limits(Tanh<T> const&) { return {-1.0, 1.0, 0.0, 0.0, -0.0}; }
  template <class R>
  static R value(Tanh<T> const&, R const& x) {
    using std::tanh;
    return tanh(x);
  }
  template <class R>
  static R derivative(Tanh<T> const&, R const& x) {
    using std::cosh;
    return R(1) / (cosh(x) * cosh(x));
  }
};

}  // namespace reference
