#pragma once

/// @file
/// The algorithms of elementwise activations.

#include <type_traits>

#include <simdact/simdact.hpp>

#include "algorithm.hpp"
#include "range.hpp"

/// Compiled once for each type and tier, in elementwise.cpp.
template <class T, class Accuracy>
void fuzz_activation(Bytes& bytes);

/// Compiled once for all the algorithms that ask.
template <class F, class T>
[[gnu::noinline]] T value(F const& f, T x) {
  return f.forward(x);
}

template <class F, class T>
[[gnu::noinline]] T slope(F const& f, T x) {
  return f.derivative(x);
}

template <class F, class T>
[[gnu::noinline]] std::array<T, 2> value_and_slope(F const& f, T x) {
  return simdact::detail::value_and_derivative(f, x);
}

/// Of an element {x, second input}, with `expected` what the scalar calls make of it.
template <class T, std::size_t N>
void demand_scalars(std::array<T, 2> const& in, std::array<T, N> const& expected,
                    Inputs<T> const& out, std::size_t i) {
  for (std::size_t k = 0; k < N; ++k) {
    const T got = out[k][i];
    demand(same_bits(got, expected[k]), "the bits of the scalar call", double(in[0]), double(got));
    if (std::isnan(in[0]) || std::isnan(in[1]))
      demand(std::isnan(got), "NaN gives NaN", double(in[0]), double(got));
  }
}

/// What holds of an activation's own value at its default parameters.
template <class T>
void demand_range(Range const& range, T x, T y) {
  demand(std::isnan(x) || (double(y) >= range.least && double(y) <= range.largest),
         "the range of the function", double(x), double(y));
}

template <class T>
void demand_number(T x, T d) {
  demand(!std::isfinite(x) || !std::isnan(d), "no NaN of a finite number", double(x), double(d));
}

template <class F, class T = typename F::value_type>
Algorithm<T> elementwise_algorithm(F const& f, bool defaults, Bytes& bytes) {
  const Range range = range_of(F::name);
  const auto each = [](auto scalars) {
    return [scalars](Inputs<T> const& in, Inputs<T> const& out) {
      for (std::size_t i = 0; i < in[0].size(); ++i) {
        const std::array<T, 2> x = {in[0][i], in[1].empty() ? T(0) : in[1][i]};
        demand_scalars(x, scalars(x, i), out, i);
      }
    };
  };
  switch (bytes.choose(6)) {
    case 0:
      return {.name = "forward",
              .call = [=](auto const& in, auto const& out) { forward(f, in[0], out[0]); },
              .inspect = each([=](std::array<T, 2> const& x, std::size_t) {
                const std::array y = {value(f, x[0])};
                if (defaults) {
                  demand_number(x[0], y[0]);
                  demand_range(range, x[0], y[0]);
                }
                return y;
              })};
    case 1:
      return {.name = "derivative",
              .call = [=](auto const& in, auto const& out) { derivative(f, in[0], out[0]); },
              .inspect = each([=](std::array<T, 2> const& x, std::size_t) {
                const std::array d = {slope(f, x[0])};
                if (defaults)
                  demand_number(x[0], d[0]);
                return d;
              })};
    case 2:
      return {.name = "backward",
              .inputs = 2,
              .call = [=](auto const& in, auto const& out) { backward(f, in[0], in[1], out[0]); },
              .inspect = each([=](std::array<T, 2> const& x, std::size_t) {
                return std::array{x[1] * slope(f, x[0])};
              })};
    case 3:
      return {.name = "forward_and_derivative",
              .outputs = 2,
              .call = [=](auto const& in,
                          auto const& out) { forward_and_derivative(f, in[0], out[0], out[1]); },
              .inspect = each([=](std::array<T, 2> const& x, std::size_t) {
                const auto both = value_and_slope(f, x[0]);
                if (defaults) {
                  demand_number(x[0], both[0]);
                  demand_number(x[0], both[1]);
                  demand_range(range, x[0], both[0]);
                }
                return both;
              })};
    case 4:
      return {.name = "gated",
              .inputs = 2,
              .call = [=](auto const& in, auto const& out) { gated(f, in[0], in[1], out[0]); },
              .inspect = each([=](std::array<T, 2> const& x, std::size_t) {
                return std::array{value(f, x[0]) * x[1]};
              })};
    default:
      std::vector<T> bias(1 + bytes.choose(100));
      for (T& b : bias)
        b = bytes.number_nearby<T>();
      return {.name = "forward with a bias",
              .row_in = bias.size(),
              .row_out = bias.size(),
              .call = [=](auto const& in, auto const& out) { forward(f, in[0], bias, out[0]); },
              .inspect = each([=](std::array<T, 2> const& x, std::size_t i) {
                return std::array{value(f, x[0] + bias[i])};
              })};
  }
}

/// With the parameters that the bytes have, whatever they are.
template <class F>
void fuzz_one(F f, Bytes& bytes) {
  using T = typename F::value_type;
  subject.function = F::name;
  const bool defaults = std::is_empty_v<F> || !bytes.choose();
  if constexpr (!std::is_empty_v<F>) {
    static_assert(std::is_trivially_copyable_v<F> && sizeof(F) % sizeof(T) == 0);
    std::array<T, sizeof(F) / sizeof(T)> parameters;
    std::generate(parameters.begin(), parameters.end(), [&] { return bytes.number<T>(); });
    if (!defaults)
      std::memcpy(&f, parameters.data(), sizeof(F));
  }
  fuzz(elementwise_algorithm(f, defaults, bytes), bytes);
}
