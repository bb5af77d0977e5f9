#pragma once

/// @file
/// What a user writes without a library: each function as its formula, through std:: and in T. One
/// pair of overloads per activation; an activation without them gets no plain rows.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <simdact/simdact.hpp>

namespace bench::plain {

template <class T, class A>
T forward(simdact::ReLU<T, A> const&, T x) {
  return std::max(x, T(0));
}
template <class T, class A>
T derivative(simdact::ReLU<T, A> const&, T x) {
  return x > 0 ? T(1) : T(0);
}

template <class T, class A>
T forward(simdact::ReLU6<T, A> const&, T x) {
  return std::min(std::max(x, T(0)), T(6));
}
template <class T, class A>
T derivative(simdact::ReLU6<T, A> const&, T x) {
  return x > 0 && x < 6 ? T(1) : T(0);
}

template <class T, class A>
T forward(simdact::LeakyReLU<T, A> const& f, T x) {
  return x > 0 ? x : f.negative_slope * x;
}
template <class T, class A>
T derivative(simdact::LeakyReLU<T, A> const& f, T x) {
  return x > 0 ? T(1) : f.negative_slope;
}

template <class T, class A>
T forward(simdact::PReLU<T, A> const& f, T x) {
  return x > 0 ? x : f.weight * x;
}
template <class T, class A>
T derivative(simdact::PReLU<T, A> const& f, T x) {
  return x > 0 ? T(1) : f.weight;
}

template <class T, class A>
T forward(simdact::ELU<T, A> const& f, T x) {
  return x > 0 ? x : f.alpha * std::expm1(x);
}
template <class T, class A>
T derivative(simdact::ELU<T, A> const& f, T x) {
  return x > 0 ? T(1) : f.alpha * std::exp(x);
}

template <class T, class A>
T forward(simdact::CELU<T, A> const& f, T x) {
  return x > 0 ? x : f.alpha * std::expm1(x / f.alpha);
}
template <class T, class A>
T derivative(simdact::CELU<T, A> const& f, T x) {
  return x > 0 ? T(1) : std::exp(x / f.alpha);
}

template <class T, class A>
T forward(simdact::SELU<T, A> const& f, T x) {
  return T(f.scale) * (x > 0 ? x : T(f.alpha) * std::expm1(x));
}
template <class T, class A>
T derivative(simdact::SELU<T, A> const& f, T x) {
  return T(f.scale) * (x > 0 ? T(1) : T(f.alpha) * std::exp(x));
}

template <class T, class A>
T forward(simdact::GELU<T, A> const&, T x) {
  return x / 2 * (1 + std::erf(x / std::numbers::sqrt2_v<T>));
}
template <class T, class A>
T derivative(simdact::GELU<T, A> const&, T x) {
  const T cumulative = (1 + std::erf(x / std::numbers::sqrt2_v<T>)) / 2;
  const T density = std::exp(-x * x / 2) * std::numbers::inv_sqrtpi_v<T> / std::numbers::sqrt2_v<T>;
  return cumulative + x * density;
}

template <class T>
inline constexpr T sqrt_2_over_pi = std::numbers::sqrt2_v<T>* std::numbers::inv_sqrtpi_v<T>;

template <class T, class A>
T forward(simdact::GELUTanh<T, A> const&, T x) {
  return x / 2 * (1 + std::tanh(sqrt_2_over_pi<T> * (x + T(0.044715) * x * x * x)));
}
template <class T, class A>
T derivative(simdact::GELUTanh<T, A> const&, T x) {
  const T t = std::tanh(sqrt_2_over_pi<T> * (x + T(0.044715) * x * x * x));
  const T slope = sqrt_2_over_pi<T> * (1 + 3 * T(0.044715) * x * x);
  return (1 + t) / 2 + x / 2 * (1 - t * t) * slope;
}

template <class T, class A>
T forward(simdact::SiLU<T, A> const&, T x) {
  return x / (1 + std::exp(-x));
}
template <class T, class A>
T derivative(simdact::SiLU<T, A> const&, T x) {
  const T s = 1 / (1 + std::exp(-x));
  return s * (1 + x * (1 - s));
}

template <class T, class A>
T forward(simdact::Swish<T, A> const& f, T x) {
  return x / (1 + std::exp(-f.beta * x));
}
template <class T, class A>
T derivative(simdact::Swish<T, A> const& f, T x) {
  const T s = 1 / (1 + std::exp(-f.beta * x));
  return s * (1 + f.beta * x * (1 - s));
}

template <class T, class A>
T forward(simdact::Mish<T, A> const&, T x) {
  return x * std::tanh(std::log1p(std::exp(x)));
}
template <class T, class A>
T derivative(simdact::Mish<T, A> const&, T x) {
  const T z = std::exp(x);
  const T t = std::tanh(std::log1p(z));
  return t + x * (1 - t * t) * z / (1 + z);
}

template <class T, class A>
T forward(simdact::Softplus<T, A> const& f, T x) {
  return std::max(x, T(0)) + std::log1p(std::exp(-std::abs(f.beta * x))) / f.beta;
}
template <class T, class A>
T derivative(simdact::Softplus<T, A> const& f, T x) {
  return 1 / (1 + std::exp(-f.beta * x));
}

template <class T, class A>
T forward(simdact::Hardswish<T, A> const&, T x) {
  return x * std::min(std::max(x + 3, T(0)), T(6)) / 6;
}
template <class T, class A>
T derivative(simdact::Hardswish<T, A> const&, T x) {
  return x <= -3 ? T(0) : x < 3 ? (2 * x + 3) / 6 : T(1);
}

template <class T, class A>
T forward(simdact::Hardsigmoid<T, A> const&, T x) {
  return std::min(std::max(x + 3, T(0)), T(6)) / 6;
}
template <class T, class A>
T derivative(simdact::Hardsigmoid<T, A> const&, T x) {
  return x > -3 && x < 3 ? T(1) / 6 : T(0);
}

template <class T, class A>
T forward(simdact::Sigmoid<T, A> const&, T x) {
  return 1 / (1 + std::exp(-x));
}
template <class T, class A>
T derivative(simdact::Sigmoid<T, A> const&, T x) {
  const T s = 1 / (1 + std::exp(-x));
  return s * (1 - s);
}

template <class T, class A>
T forward(simdact::LogSigmoid<T, A> const&, T x) {
  return std::min(x, T(0)) - std::log1p(std::exp(-std::abs(x)));
}
template <class T, class A>
T derivative(simdact::LogSigmoid<T, A> const&, T x) {
  return 1 / (1 + std::exp(x));
}

template <class T, class A>
T forward(simdact::Tanh<T, A> const&, T x) {
  return std::tanh(x);
}
template <class T, class A>
T derivative(simdact::Tanh<T, A> const&, T x) {
  const T t = std::tanh(x);
  return 1 - t * t;
}

template <class T, class A>
T forward(simdact::Hardtanh<T, A> const& f, T x) {
  return std::min(std::max(x, f.min_val), f.max_val);
}
template <class T, class A>
T derivative(simdact::Hardtanh<T, A> const& f, T x) {
  return x > f.min_val && x < f.max_val ? T(1) : T(0);
}

template <class T, class A>
T forward(simdact::Threshold<T, A> const& f, T x) {
  return x > f.threshold ? x : f.value;
}
template <class T, class A>
T derivative(simdact::Threshold<T, A> const& f, T x) {
  return x > f.threshold ? T(1) : T(0);
}

template <class T, class A>
T forward(simdact::Hardshrink<T, A> const& f, T x) {
  return std::abs(x) > f.lambda ? x : T(0);
}
template <class T, class A>
T derivative(simdact::Hardshrink<T, A> const& f, T x) {
  return std::abs(x) > f.lambda ? T(1) : T(0);
}

template <class T, class A>
T forward(simdact::Softshrink<T, A> const& f, T x) {
  return x > f.lambda ? x - f.lambda : x < -f.lambda ? x + f.lambda : T(0);
}
template <class T, class A>
T derivative(simdact::Softshrink<T, A> const& f, T x) {
  return std::abs(x) > f.lambda ? T(1) : T(0);
}

template <class T, class A>
T forward(simdact::SquaredReLU<T, A> const&, T x) {
  const T positive = std::max(x, T(0));
  return positive * positive;
}
template <class T, class A>
T derivative(simdact::SquaredReLU<T, A> const&, T x) {
  return 2 * std::max(x, T(0));
}

template <class T, class A>
T forward(simdact::Softsign<T, A> const&, T x) {
  return x / (1 + std::abs(x));
}
template <class T, class A>
T derivative(simdact::Softsign<T, A> const&, T x) {
  const T y = 1 / (1 + std::abs(x));
  return y * y;
}

template <class T, class A>
T forward(simdact::Tanhshrink<T, A> const&, T x) {
  return x - std::tanh(x);
}
template <class T, class A>
T derivative(simdact::Tanhshrink<T, A> const&, T x) {
  const T t = std::tanh(x);
  return t * t;
}

template <class T, class A>
T forward(simdact::LeCunTanh<T, A> const&, T x) {
  return T(1.7159) * std::tanh(2 * x / 3);
}
template <class T, class A>
T derivative(simdact::LeCunTanh<T, A> const&, T x) {
  const T t = std::tanh(2 * x / 3);
  return T(1.7159 / 1.5) * (1 - t * t);
}

template <class T, class A>
T forward(simdact::QuickGELU<T, A> const&, T x) {
  return x / (1 + std::exp(T(-1.702) * x));
}
template <class T, class A>
T derivative(simdact::QuickGELU<T, A> const&, T x) {
  const T s = 1 / (1 + std::exp(T(-1.702) * x));
  return s * (1 + T(1.702) * x * (1 - s));
}

template <class T, class A>
T forward(simdact::Squareplus<T, A> const& f, T x) {
  return (x + std::sqrt(x * x + f.b)) / 2;
}
template <class T, class A>
T derivative(simdact::Squareplus<T, A> const& f, T x) {
  return (1 + x / std::sqrt(x * x + f.b)) / 2;
}

template <class T, class A>
T forward(simdact::HardsigmoidONNX<T, A> const& f, T x) {
  return std::max(T(0), std::min(T(1), f.alpha * x + f.beta));
}
template <class T, class A>
T derivative(simdact::HardsigmoidONNX<T, A> const& f, T x) {
  const T y = f.alpha * x + f.beta;
  return y > 0 && y < 1 ? f.alpha : T(0);
}

/// One row of n logits to n probabilities.
template <class T>
void softmax(T const* x, T* p, std::size_t n) {
  const T max = *std::max_element(x, x + n);
  T sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    sum += p[i] = std::exp(x[i] - max);
  for (std::size_t i = 0; i < n; ++i)
    p[i] /= sum;
}

template <class T>
void softmax_backward(T const* p, T const* grad_p, T* grad_x, std::size_t n) {
  T dot = 0;
  for (std::size_t i = 0; i < n; ++i)
    dot += p[i] * grad_p[i];
  for (std::size_t i = 0; i < n; ++i)
    grad_x[i] = p[i] * (grad_p[i] - dot);
}

}  // namespace bench::plain
