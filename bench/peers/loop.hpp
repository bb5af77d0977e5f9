#pragma once

/// @file
/// The plain loop over the functions of the C library. Two files include this with different flags:
/// all that those flags change has internal linkage, so that the linker cannot mix the two.

#include <gnu/libc-version.h>

#include <cmath>
#include <string>

#include "formulas.hpp"
#include "peer.hpp"

namespace {

using bench::Direction;
using bench::Task;

struct Scalar {
  using V = float;
  static V exp(V x) { return std::exp(x); }
  /// Beyond 87.3 libmvec calls the scalar function for one after the other, and some way before that the
  /// products of the result are subnormal: up to four times the time.
  static V exp_far(V x) {
#if defined(__FAST_MATH__)
    x = min(max(x, -80), 80);
#endif
    return std::exp(x);
  }
  static V expm1(V x) { return std::expm1(x); }
  static V log1p(V x) { return std::log1p(x); }
  static V tanh(V x) { return std::tanh(x); }
  static V erf(V x) { return std::erf(x); }
  static V sqrt(V x) { return std::sqrt(x); }
  static V abs(V x) { return std::abs(x); }
  static V max(V a, V b) { return a > b ? a : b; }
  static V min(V a, V b) { return a < b ? a : b; }
  static V select(bool condition, V a, V b) { return condition ? a : b; }
  template <class B>
  static V branch(bool condition, V a, B b) {
    return condition ? a : b();
  }
};

float row_max(float const* x, std::size_t n) {
  float max = x[0];
  for (std::size_t i = 1; i < n; ++i)
    max = Scalar::max(x[i], max);
  return max;
}

void softmax(float const* x, float* p, std::size_t n) {
  const float max = row_max(x, n);
  float sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    sum += p[i] = std::exp(x[i] - max);
  const float scale = 1 / sum;
  for (std::size_t i = 0; i < n; ++i)
    p[i] *= scale;
}

void log_softmax(float const* x, float* y, std::size_t n) {
  const float max = row_max(x, n);
  float sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    sum += std::exp(x[i] - max);
  const float shift = max + std::log(sum);
  for (std::size_t i = 0; i < n; ++i)
    y[i] = x[i] - shift;
}

void softmax_backward(float const* p, float const* g, float* grad_x, std::size_t n) {
  float dot = 0;
  for (std::size_t i = 0; i < n; ++i)
    dot += p[i] * g[i];
  for (std::size_t i = 0; i < n; ++i)
    grad_x[i] = p[i] * (g[i] - dot);
}

template <class Row>
void for_each_row(Task const& t, Row row) {
  for (std::size_t i = 0; i < t.size(); i += t.row_length)
    row(i);
}

bench::Peer make_loop(std::string const& name, std::string const& library) {
  bench::Peer peer{name, "(" + library + " of glibc " + gnu_get_libc_version() + ")", {}};
  bench::for_each_formula<Scalar>([&](char const* function, auto f, auto slope) {
    peer.add(function, Direction::forward, [f](Task const& t) {
      for (std::size_t i = 0; i < t.row_length; ++i)
        t.y[i] = f(t.x[i]);
    });
    peer.add(function, Direction::backward, [slope](Task const& t) {
      for (std::size_t i = 0; i < t.row_length; ++i)
        t.y[i] = t.grad_y[i] * slope(t.x[i]);
    });
  });
  peer.add("softmax", Direction::forward, [](Task const& t) {
    for_each_row(t, [&](std::size_t i) { softmax(t.x + i, t.y + i, t.row_length); });
  });
  peer.add("softmax", Direction::backward, [](Task const& t) {
    for_each_row(
        t, [&](std::size_t i) { softmax_backward(t.x + i, t.grad_y + i, t.y + i, t.row_length); });
  });
  peer.add("log_softmax", Direction::forward, [](Task const& t) {
    for_each_row(t, [&](std::size_t i) { log_softmax(t.x + i, t.y + i, t.row_length); });
  });
  return peer;
}

}  // namespace
