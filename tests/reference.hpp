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
  double fast = 4.0;  // both directions, in the tier's own unit: see contract.hpp
  double float_other_parameters = 0.51;  // both directions, at other parameters than the defaults
};

/// What no rounding may leave.
struct Range {
  double least = -inf;
  double greatest = inf;
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
  static constexpr double steepest =
      1.76;  // no |f'| is larger; SELU's scale * alpha = 1.758... comes close
  static constexpr Range range{};
  static constexpr Bounds bounds{};
  template <class F>
  static std::vector<Kink> kinks(F const&) {
    return {};
  }
};

/// max(x, 0), 1 above 0 and 0 elsewhere: exact in T.
struct Linear : Smooth {
  static constexpr Bounds bounds{0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
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

template <class T, class Accuracy>
struct Reference<ReLU<T, Accuracy>> : Linear {
  static Limits limits(ReLU<T, Accuracy> const&) { return {0.0, inf, 0.0, 1.0, 0.0}; }
  static std::vector<Kink> kinks(ReLU<T, Accuracy> const&) { return {{0.0, 0.0}}; }
  template <class R>
  static R value(ReLU<T, Accuracy> const&, R const& x) {
    return x > R(0) ? x : R(0);
  }
  template <class R>
  static R derivative(ReLU<T, Accuracy> const&, R const& x) {
    return x > R(0) ? R(1) : R(0);
  }
};

template <class T, class Accuracy>
struct Reference<ReLU6<T, Accuracy>> : Linear {
  static Limits limits(ReLU6<T, Accuracy> const&) { return {0.0, 6.0, 0.0, 0.0, 0.0}; }
  static std::vector<Kink> kinks(ReLU6<T, Accuracy> const&) { return {{0.0, 0.0}, {6.0, 0.0}}; }
  template <class R>
  static R value(ReLU6<T, Accuracy> const&, R const& x) {
    return x > R(6) ? R(6) : x > R(0) ? x : R(0);
  }
  template <class R>
  static R derivative(ReLU6<T, Accuracy> const&, R const& x) {
    return x > R(0) && x < R(6) ? R(1) : R(0);
  }
};

template <class T, class Accuracy>
struct Reference<LeakyReLU<T, Accuracy>> : Linear {
  static Limits limits(LeakyReLU<T, Accuracy> const& f) { return sloped_limits(f.negative_slope); }
  static std::vector<Kink> kinks(LeakyReLU<T, Accuracy> const& f) {
    return {{0.0, f.negative_slope}};
  }
  template <class R>
  static R value(LeakyReLU<T, Accuracy> const& f, R const& x) {
    return x > R(0) ? x : R(x * R(f.negative_slope));
  }
  template <class R>
  static R derivative(LeakyReLU<T, Accuracy> const& f, R const& x) {
    return x > R(0) ? R(1) : R(f.negative_slope);
  }
};

template <class T, class Accuracy>
struct Reference<PReLU<T, Accuracy>> : Linear {
  static Limits limits(PReLU<T, Accuracy> const& f) { return sloped_limits(f.weight); }
  static std::vector<Kink> kinks(PReLU<T, Accuracy> const& f) { return {{0.0, f.weight}}; }
  template <class R>
  static R value(PReLU<T, Accuracy> const& f, R const& x) {
    return x > R(0) ? x : R(x * R(f.weight));
  }
  template <class R>
  static R derivative(PReLU<T, Accuracy> const& f, R const& x) {
    return x > R(0) ? R(1) : R(f.weight);
  }
};

template <class T, class Accuracy>
struct Reference<ELU<T, Accuracy>> : Smooth {
  static Limits limits(ELU<T, Accuracy> const& f) {
    return {-double(f.alpha), inf, 0.0, 1.0, -0.0};
  }
  static std::vector<Kink> kinks(ELU<T, Accuracy> const& f) { return {{0.0, f.alpha}}; }
  template <class R>
  static R value(ELU<T, Accuracy> const& f, R const& x) {
    using std::expm1;
    return x > R(0) ? x : R(R(f.alpha) * expm1(x));
  }
  template <class R>
  static R derivative(ELU<T, Accuracy> const& f, R const& x) {
    using std::exp;
    return x > R(0) ? R(1) : R(R(f.alpha) * exp(x));
  }
};

template <class T, class Accuracy>
struct Reference<CELU<T, Accuracy>> : Smooth {
  static Limits limits(CELU<T, Accuracy> const& f) {
    return {-double(f.alpha), inf, 0.0, 1.0, -0.0};
  }
  static std::vector<Kink> kinks(CELU<T, Accuracy> const&) { return {{0.0, 1.0}}; }
  template <class R>
  static R value(CELU<T, Accuracy> const& f, R const& x) {
    using std::expm1;
    return x > R(0) ? x : R(R(f.alpha) * expm1(R(x / R(f.alpha))));
  }
  template <class R>
  static R derivative(CELU<T, Accuracy> const& f, R const& x) {
    using std::exp;
    return x > R(0) ? R(1) : R(exp(R(x / R(f.alpha))));
  }
};

template <class T, class Accuracy>
struct Reference<SELU<T, Accuracy>> : Smooth {
  static constexpr double scale_alpha =
      1.0507009873554804934193349852946 * 1.6732632423543772848170429916717;
  static Limits limits(SELU<T, Accuracy> const&) {
    return {-scale_alpha, inf, 0.0, 1.0507009873554804934193349852946, -0.0};
  }
  static std::vector<Kink> kinks(SELU<T, Accuracy> const& f) { return {{0.0, f.scale * f.alpha}}; }
  template <class R>
  static R value(SELU<T, Accuracy> const& f, R const& x) {
    using std::expm1;
    return R(f.scale) * (x > R(0) ? x : R(R(f.alpha) * expm1(x)));
  }
  template <class R>
  static R derivative(SELU<T, Accuracy> const& f, R const& x) {
    using std::exp;
    return R(f.scale) * (x > R(0) ? R(1) : R(R(f.alpha) * exp(x)));
  }
};

template <class T, class Accuracy>
struct Reference<GELU<T, Accuracy>> : Smooth {
  static Limits limits(GELU<T, Accuracy> const&) { return {-0.0, inf, -0.0, 1.0, -0.0}; }
  template <class R>
  static R value(GELU<T, Accuracy> const&, R const& x) {
    using std::erfc, std::sqrt;
    return x * erfc(R(-x / sqrt(R(2)))) / R(2);
  }
  template <class R>
  static R derivative(GELU<T, Accuracy> const&, R const& x) {
    using std::erfc, std::exp, std::sqrt;
    if (x < R(-1e9) || x > R(1e9))
      return x > R(0) ? R(1) : R(-0.0);
    return erfc(R(-x / sqrt(R(2)))) / R(2) + x * exp(R(-x * x / R(2))) / sqrt(R(2) * pi<R>());
  }
};

template <class T, class Accuracy>
struct Reference<GELUTanh<T, Accuracy>> : Smooth {
  static Limits limits(GELUTanh<T, Accuracy> const&) { return {-0.0, inf, -0.0, 1.0, -0.0}; }
  template <class R>
  static R u(R const& x) {
    using std::sqrt;
    return sqrt(R(2) / pi<R>()) * (x + R(44715) / R(1000000) * x * x * x);
  }
  template <class R>
  static R value(GELUTanh<T, Accuracy> const&, R const& x) {
    using std::cosh, std::exp;
    if (x > R(20))
      return x;
    return x * exp(u(x)) / (R(2) * cosh(u(x)));
  }
  template <class R>
  static R derivative(GELUTanh<T, Accuracy> const&, R const& x) {
    using std::cosh, std::exp, std::sqrt;
    if (x > R(20))
      return R(1);
    const R slope = sqrt(R(2) / pi<R>()) * (R(1) + R(134145) / R(1000000) * x * x);
    return (exp(u(x)) + x * slope / cosh(u(x))) / (R(2) * cosh(u(x)));
  }
};

template <class T, class Accuracy>
struct Reference<SiLU<T, Accuracy>> : Smooth {
  static Limits limits(SiLU<T, Accuracy> const&) { return {-0.0, inf, -0.0, 1.0, -0.0}; }
  template <class R>
  static R value(SiLU<T, Accuracy> const&, R const& x) {
    return x * logistic(x);
  }
  template <class R>
  static R derivative(SiLU<T, Accuracy> const&, R const& x) {
    return swish_slope(x, R(1));
  }
};

template <class T, class Accuracy>
struct Reference<Swish<T, Accuracy>> : Smooth {
  static Limits limits(Swish<T, Accuracy> const& f) {
    return f.beta > T(0) ? Limits{-0.0, inf, -0.0, 1.0, -0.0} : Limits{-inf, 0.0, 1.0, -0.0, -0.0};
  }
  template <class R>
  static R value(Swish<T, Accuracy> const& f, R const& x) {
    return x * logistic<R>(R(f.beta) * x);
  }
  template <class R>
  static R derivative(Swish<T, Accuracy> const& f, R const& x) {
    return swish_slope(x, R(f.beta));
  }
};

template <class T, class Accuracy>
struct Reference<Mish<T, Accuracy>> : Smooth {
  static Limits limits(Mish<T, Accuracy> const&) { return {-0.0, inf, -0.0, 1.0, -0.0}; }
  template <class R>
  static R value(Mish<T, Accuracy> const&, R const& x) {
    using std::tanh;
    return x * tanh(softplus(x));
  }
  template <class R>
  static R derivative(Mish<T, Accuracy> const&, R const& x) {
    using std::cosh, std::tanh;
    const R c = cosh(softplus(x));
    return tanh(softplus(x)) + x * logistic(x) / (c * c);
  }
};

template <class T, class Accuracy>
struct Reference<Softplus<T, Accuracy>> : Smooth {
  static constexpr Range range{0.0, inf};
  static Limits limits(Softplus<T, Accuracy> const& f) {
    return {0.0, inf, 0.0, 1.0, std::numbers::ln2 / double(f.beta)};
  }
  template <class R>
  static R value(Softplus<T, Accuracy> const& f, R const& x) {
    return softplus<R>(R(f.beta) * x) / R(f.beta);
  }
  template <class R>
  static R derivative(Softplus<T, Accuracy> const& f, R const& x) {
    return logistic<R>(R(f.beta) * x);
  }
};

template <class T, class Accuracy>
struct Reference<Hardswish<T, Accuracy>> : Smooth {
  static Limits limits(Hardswish<T, Accuracy> const&) { return {-0.0, inf, 0.0, 1.0, -0.0}; }
  static std::vector<Kink> kinks(Hardswish<T, Accuracy> const&) {
    return {{-3.0, 0.0}, {3.0, 1.0}};
  }
  template <class R>
  static R value(Hardswish<T, Accuracy> const&, R const& x) {
    return x < R(-3) ? R(-0.0) : x > R(3) ? x : R(x * (x + R(3)) / R(6));
  }
  template <class R>
  static R derivative(Hardswish<T, Accuracy> const&, R const& x) {
    if (!(x > R(-3)))
      return R(0);
    return x < R(3) ? R(x / R(3) + R(1) / R(2)) : R(1);
  }
};

template <class T, class Accuracy>
struct Reference<Hardsigmoid<T, Accuracy>> : Smooth {
  static constexpr Range range{0.0, 1.0};
  static Limits limits(Hardsigmoid<T, Accuracy> const&) { return {0.0, 1.0, 0.0, 0.0, 0.5}; }
  static std::vector<Kink> kinks(Hardsigmoid<T, Accuracy> const&) {
    return {{-3.0, 0.0}, {3.0, 0.0}};
  }
  template <class R>
  static R value(Hardsigmoid<T, Accuracy> const&, R const& x) {
    return x < R(-3) ? R(0) : x > R(3) ? R(1) : R((x + R(3)) / R(6));
  }
  template <class R>
  static R derivative(Hardsigmoid<T, Accuracy> const&, R const& x) {
    return x > R(-3) && x < R(3) ? R(R(1) / R(6)) : R(0);
  }
};

template <class T, class Accuracy>
struct Reference<Sigmoid<T, Accuracy>> : Smooth {
  static constexpr Range range{0.0, 1.0};
  static Limits limits(Sigmoid<T, Accuracy> const&) { return {0.0, 1.0, 0.0, 0.0, 0.5}; }
  template <class R>
  static R value(Sigmoid<T, Accuracy> const&, R const& x) {
    return logistic(x);
  }
  template <class R>
  static R derivative(Sigmoid<T, Accuracy> const&, R const& x) {
    return logistic_slope(x);
  }
};

template <class T, class Accuracy>
struct Reference<LogSigmoid<T, Accuracy>> : Smooth {
  static constexpr Range range{-inf, 0.0};
  static Limits limits(LogSigmoid<T, Accuracy> const&) {
    return {-inf, -0.0, 1.0, 0.0, -std::numbers::ln2};
  }
  template <class R>
  static R value(LogSigmoid<T, Accuracy> const&, R const& x) {
    return -softplus<R>(-x);
  }
  template <class R>
  static R derivative(LogSigmoid<T, Accuracy> const&, R const& x) {
    return logistic<R>(-x);
  }
};

template <class T, class Accuracy>
struct Reference<Tanh<T, Accuracy>> : Smooth {
  static constexpr Range range{-1.0, 1.0};
  static Limits limits(Tanh<T, Accuracy> const&) { return {-1.0, 1.0, 0.0, 0.0, -0.0}; }
  template <class R>
  static R value(Tanh<T, Accuracy> const&, R const& x) {
    using std::tanh;
    return tanh(x);
  }
  template <class R>
  static R derivative(Tanh<T, Accuracy> const&, R const& x) {
    using std::cosh;
    return R(1) / (cosh(x) * cosh(x));
  }
};

template <class T, class Accuracy>
struct Reference<Hardtanh<T, Accuracy>> : Linear {
  static constexpr Range range{-1.0, 1.0};
  static Limits limits(Hardtanh<T, Accuracy> const& f) {
    return {f.min_val, f.max_val, 0.0, 0.0, -0.0};
  }
  static std::vector<Kink> kinks(Hardtanh<T, Accuracy> const& f) {
    return {{f.min_val, 0.0}, {f.max_val, 0.0}};
  }
  template <class R>
  static R value(Hardtanh<T, Accuracy> const& f, R const& x) {
    return x < R(f.min_val) ? R(f.min_val) : x > R(f.max_val) ? R(f.max_val) : x;
  }
  template <class R>
  static R derivative(Hardtanh<T, Accuracy> const& f, R const& x) {
    return x > R(f.min_val) && x < R(f.max_val) ? R(1) : R(0);
  }
};

template <class T, class Accuracy>
struct Reference<Threshold<T, Accuracy>> : Linear {
  static Limits limits(Threshold<T, Accuracy> const& f) {
    return {f.value, inf, 0.0, 1.0, f.value};
  }
  static std::vector<Kink> kinks(Threshold<T, Accuracy> const& f) { return {{f.threshold, 0.0}}; }
  template <class R>
  static R value(Threshold<T, Accuracy> const& f, R const& x) {
    return x > R(f.threshold) ? x : R(f.value);
  }
  template <class R>
  static R derivative(Threshold<T, Accuracy> const& f, R const& x) {
    return x > R(f.threshold) ? R(1) : R(0);
  }
};

/// 1 outside of [-lambda, lambda], 0 inside.
struct Shrinking : Linear {
  template <class F>
  static Limits limits(F const&) {
    return {-inf, inf, 1.0, 1.0, -0.0};
  }
  template <class F>
  static std::vector<Kink> kinks(F const& f) {
    return {{-double(f.lambda), 0.0}, {f.lambda, 0.0}};
  }
  template <class F, class R>
  static R derivative(F const& f, R const& x) {
    return x > R(f.lambda) || x < -R(f.lambda) ? R(1) : R(0);
  }
};

template <class T, class Accuracy>
struct Reference<Hardshrink<T, Accuracy>> : Shrinking {
  template <class R>
  static R value(Hardshrink<T, Accuracy> const& f, R const& x) {
    return x > R(f.lambda) || x < -R(f.lambda) ? x : R(0);
  }
};

template <class T, class Accuracy>
struct Reference<Softshrink<T, Accuracy>> : Shrinking {
  template <class R>
  static R value(Softshrink<T, Accuracy> const& f, R const& x) {
    return x > R(f.lambda) ? R(x - R(f.lambda)) : x < -R(f.lambda) ? R(x + R(f.lambda)) : R(0);
  }
};

template <class T, class Accuracy>
struct Reference<SquaredReLU<T, Accuracy>> : Linear {
  static constexpr double steepest = inf;
  static Limits limits(SquaredReLU<T, Accuracy> const&) { return {0.0, inf, 0.0, inf, 0.0}; }
  template <class R>
  static R value(SquaredReLU<T, Accuracy> const&, R const& x) {
    return x > R(0) ? R(x * x) : R(0);
  }
  template <class R>
  static R derivative(SquaredReLU<T, Accuracy> const&, R const& x) {
    return x > R(0) ? R(x + x) : R(0);
  }
};

template <class T, class Accuracy>
struct Reference<Softsign<T, Accuracy>> : Smooth {
  static constexpr Range range{-1.0, 1.0};
  static Limits limits(Softsign<T, Accuracy> const&) { return {-1.0, 1.0, 0.0, 0.0, -0.0}; }
  template <class R>
  static R value(Softsign<T, Accuracy> const&, R const& x) {
    return R(1) / (x > R(0) ? R(R(1) / x + R(1)) : R(R(1) / x - R(1)));
  }
  template <class R>
  static R derivative(Softsign<T, Accuracy> const&, R const& x) {
    const R y = R(1) / (R(1) + (x > R(0) ? x : R(-x)));
    return y * y;
  }
};

template <class T, class Accuracy>
struct Reference<Tanhshrink<T, Accuracy>> : Smooth {
  static Limits limits(Tanhshrink<T, Accuracy> const&) { return {-inf, inf, 1.0, 1.0, -0.0}; }
  template <class R>
  static R value(Tanhshrink<T, Accuracy> const&, R const& x) {
    using std::tanh;
    // Beyond 100 tanh x rounds to 1. It is below, which may decide where x - 1 is rounded.
    if (x > R(100))
      return x - (R(1) - R(0x1p-150));
    if (x < R(-100))
      return x + (R(1) - R(0x1p-150));
    if (x > R(1) || x < R(-1))
      return x - tanh(x);
    // Lambert's continued fraction, whose terms do not cancel: tanh x = x/(1 + w),
    // w = x^2/(3 + x^2/(5 + ...)).
    R w(0);
    for (int k = std::is_same_v<R, double> ? 12 : 40; k > 0; --k)
      w = x * x / (R(2 * k + 1) + w);
    return x * w / (R(1) + w);
  }
  template <class R>
  static R derivative(Tanhshrink<T, Accuracy> const&, R const& x) {
    using std::tanh;
    return tanh(x) * tanh(x);
  }
};

template <class T, class Accuracy>
struct Reference<LeCunTanh<T, Accuracy>> : Smooth {
  static constexpr Range range{-1.7159, 1.7159};
  static Limits limits(LeCunTanh<T, Accuracy> const&) { return {-1.7159, 1.7159, 0.0, 0.0, -0.0}; }
  template <class R>
  static R value(LeCunTanh<T, Accuracy> const&, R const& x) {
    using std::tanh;
    return R(17159) / R(10000) * tanh(R(R(2) * x / R(3)));
  }
  template <class R>
  static R derivative(LeCunTanh<T, Accuracy> const&, R const& x) {
    using std::cosh;
    const R c = cosh(R(R(2) * x / R(3)));
    return R(17159) / R(15000) / (c * c);
  }
};

template <class T, class Accuracy>
struct Reference<QuickGELU<T, Accuracy>> : Smooth {
  static constexpr T beta = T(1.702);
  static Limits limits(QuickGELU<T, Accuracy> const&) { return {-0.0, inf, -0.0, 1.0, -0.0}; }
  template <class R>
  static R value(QuickGELU<T, Accuracy> const&, R const& x) {
    return x * logistic<R>(R(beta) * x);
  }
  template <class R>
  static R derivative(QuickGELU<T, Accuracy> const&, R const& x) {
    return swish_slope(x, R(beta));
  }
};

template <class T, class Accuracy>
struct Reference<Squareplus<T, Accuracy>> : Smooth {
  static constexpr Range range{0.0, inf};
  static Limits limits(Squareplus<T, Accuracy> const& f) {
    return {0.0, inf, 0.0, 1.0, 0.5 * std::sqrt(double(f.b))};
  }
  template <class R>
  static R value(Squareplus<T, Accuracy> const& f, R const& x) {
    using std::asinh, std::exp, std::sqrt;
    const R corner = sqrt(R(f.b));
    return corner / R(2) * exp(asinh(R(x / corner)));
  }
  template <class R>
  static R derivative(Squareplus<T, Accuracy> const& f, R const& x) {
    using std::asinh, std::sqrt;
    return logistic<R>(R(2) * asinh(R(x / sqrt(R(f.b)))));
  }
};

template <class T, class Accuracy>
struct Reference<HardsigmoidONNX<T, Accuracy>> : Smooth {
  static constexpr Range range{0.0, 1.0};
  static Limits limits(HardsigmoidONNX<T, Accuracy> const& f) {
    return {0.0, 1.0, 0.0, 0.0, f.beta};
  }
  /// Near +-3, but 1/6 is no number of T, which decides on which side.
  static std::vector<Kink> kinks(HardsigmoidONNX<T, Accuracy> const& f) {
    return {{-3.0, double(derivative(f, -3.0L))}, {3.0, double(derivative(f, 3.0L))}};
  }
  template <class R>
  static R value(HardsigmoidONNX<T, Accuracy> const& f, R const& x) {
    const R y = R(f.alpha) * x + R(f.beta);
    return y < R(0) ? R(0) : y > R(1) ? R(1) : y;
  }
  template <class R>
  static R derivative(HardsigmoidONNX<T, Accuracy> const& f, R const& x) {
    const R y = R(f.alpha) * x;
    return y > R(-f.beta) && y < R(T(1) - f.beta) ? R(f.alpha) : R(0);
  }
};

}  // namespace reference
