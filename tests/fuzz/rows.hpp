#pragma once

/// @file
/// Softmax, its logarithm, their gradients, and log_sum_exp.

#include <simdact/simdact.hpp>

#include "algorithm.hpp"

/// What softmax makes of a row depends on.
enum class Row { ordinary, masked, undefined };

template <class T>
Row kind_of(std::span<T const> x) {
  constexpr T inf = std::numeric_limits<T>::infinity();
  const auto any = [&](auto test) { return std::any_of(x.begin(), x.end(), test); };
  if (any([](T v) { return std::isnan(v) || v == inf; }))
    return Row::undefined;
  return any([](T v) { return std::isfinite(v); }) ? Row::ordinary : Row::masked;
}

template <class T>
void demand_probabilities(std::span<T const> p) {
  long double sum = 0.0L;
  for (const T v : p) {
    demand(v >= T(0) && v <= T(1), "a probability in [0, 1]", 0.0, double(v));
    sum += static_cast<long double>(v);
  }
  demand(std::fabs(sum - 1.0L) <= 1e-6L, "a sum of 1 within 1e-6", 0.0, static_cast<double>(sum));
}

template <class F, class T = typename F::value_type>
Algorithm<T> softmax_algorithm(F const& f, std::size_t row) {
  constexpr bool logarithm = F::name == "log_softmax";
  return {.name = "forward",
          .row_in = row,
          .row_out = row,
          .refuses = !(f.temperature >= T(0)),
          .call = [=](auto const& in, auto const& out) { forward(f, in[0], out[0], row); },
          .inspect =
              [=](Inputs<T> const& in, Inputs<T> const& out) {
                const Row kind = kind_of(in[0]);
                const bool zeros = kind == Row::masked && f.masked_row == simdact::MaskedRow::zero;
                if (kind == Row::ordinary && !logarithm)
                  return demand_probabilities(out[0]);
                for (std::size_t i = 0; i < row; ++i) {
                  const T x = in[0][i], y = out[0][i];
                  if (kind == Row::ordinary) {
                    demand(y <= T(0), "a logarithm of a probability", double(x), double(y));
                  } else if (zeros) {
                    demand(logarithm ? y == -std::numeric_limits<T>::infinity() : y == T(0),
                           "probability 0 in a masked row", double(x), double(y));
                  } else {
                    demand(std::isnan(y), "a row of NaN", double(x), double(y));
                  }
                }
              }};
}

template <class F, class T = typename F::value_type>
Algorithm<T> softmax_backward(F const& f, std::size_t row) {
  return {.name = "backward",
          .inputs = 2,
          .row_in = row,
          .row_out = row,
          .refuses = !(f.temperature >= T(0)),
          .call = [=](auto const& in, auto const& out) { backward(f, in[0], in[1], out[0], row); },
          .inspect = [](auto const&, auto const&) {}};
}

template <class T>
Algorithm<T> log_sum_exp_algorithm(T temperature, std::size_t row) {
  return {
      .name = "rows",
      .row_in = row,
      .refuses = !(temperature >= T(0)),
      .call = [=](auto const& in,
                  auto const& out) { simdact::log_sum_exp<T>(in[0], out[0], row, temperature); },
      .inspect =
          [=](Inputs<T> const& in, Inputs<T> const& out) {
            const T y = out[0][0];
            const auto x = in[0];
            const T one = simdact::log_sum_exp<T>(x, temperature);
            demand(same_bits(y, one), "the bits of one row", double(one), double(y));
            const bool any_nan = std::any_of(x.begin(), x.end(), [](T v) { return v != v; });
            demand(std::isnan(y) == any_nan, "NaN of NaN alone", 0.0, double(y));
            const T max = *std::max_element(x.begin(), x.end());
            demand(any_nan || temperature != T(1) || y >= max, "no less than the largest",
                   double(max), double(y));
          }};
}

template <class F>
void fuzz_softmax(Bytes& bytes, typename F::value_type temperature, std::size_t row) {
  F f;
  f.temperature = temperature;
  f.masked_row = bytes.choose() ? simdact::MaskedRow::zero : simdact::MaskedRow::nan;
  subject.function = F::name;
  fuzz(bytes.choose() ? softmax_backward(f, row) : softmax_algorithm(f, row), bytes);
}

template <class T, class Accuracy>
void fuzz_rows(Bytes& bytes) {
  const std::size_t row = 1 + bytes.choose(300);
  const T any = bytes.number<T>();
  const T temperature = bytes.choose() ? any : T(1);
  switch (bytes.choose(3)) {
    case 0:
      return fuzz_softmax<simdact::Softmax<T, Accuracy>>(bytes, temperature, row);
    case 1:
      return fuzz_softmax<simdact::LogSoftmax<T, Accuracy>>(bytes, temperature, row);
    default:
      subject.function = "log_sum_exp";
      return fuzz(log_sum_exp_algorithm(temperature, row), bytes);
  }
}
