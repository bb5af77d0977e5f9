#pragma once

/// @file
/// What one writes with xsimd, over the functions of xsimd or of another library M that takes its
/// batches: one loop over whole batches, the rest padded to one.

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <xsimd/xsimd.hpp>

#include "formulas.hpp"
#include "peer.hpp"

namespace bench {

using Batch = xsimd::batch<float>;

/// The functions of xsimd.
struct Xsimd {
  using V = Batch;
  static V exp(V x) { return xsimd::exp(x); }
  static V exp_far(V x) { return exp(x); }
  static V expm1(V x) { return xsimd::expm1(x); }
  static V log1p(V x) { return xsimd::log1p(x); }
  static V tanh(V x) { return xsimd::tanh(x); }
  static V erf(V x) { return xsimd::erf(x); }
  static V sqrt(V x) { return xsimd::sqrt(x); }
  static V abs(V x) { return xsimd::abs(x); }
  static V max(V a, V b) { return xsimd::max(a, b); }
  static V min(V a, V b) { return xsimd::min(a, b); }
  static V select(V::batch_bool_type condition, V a, V b) { return xsimd::select(condition, a, b); }
  template <class B>
  static V branch(V::batch_bool_type condition, V a, B b) {
    return xsimd::select(condition, a, b());
  }
};

/// Calls step(load, i, count) for each batch from element i on; load(array) gives its `count` values, and
/// `padding` behind them.
template <class Step>
void for_each_batch(std::size_t n, float padding, Step step) {
  constexpr std::size_t width = Batch::size;
  std::size_t i = 0;
  for (; i + width <= n; i += width)
    step([i](float const* from) { return Batch::load_unaligned(from + i); }, i, width);
  if (i == n)
    return;
  const auto load_rest = [=](float const* from) {
    std::array<float, width> lanes;
    lanes.fill(padding);
    std::copy(from + i, from + n, lanes.begin());
    return Batch::load_unaligned(lanes.data());
  };
  step(load_rest, i, n - i);
}

inline void store(Batch const& x, float* to, std::size_t count) {
  if (count == Batch::size) {
    x.store_unaligned(to);
    return;
  }
  std::array<float, Batch::size> lanes;
  x.store_unaligned(lanes.data());
  std::copy_n(lanes.begin(), count, to);
}

/// y = f(in...) for arrays of n floats. All that it calls is inlined, as it would be in a file with one
/// function only.
template <class F, class... In>
[[gnu::flatten]] void map(std::size_t n, float* y, F f, In const*... in) {
  for_each_batch(n, 0, [&](auto load, std::size_t i, std::size_t count) {
    store(f(load(in)...), y + i, count);
  });
}

template <class Operation>
float reduce(Batch const& x, Operation operation) {
  std::array<float, Batch::size> lanes;
  x.store_unaligned(lanes.data());
  float result = lanes[0];
  for (std::size_t i = 1; i < lanes.size(); ++i)
    result = operation(result, lanes[i]);
  return result;
}

inline float row_max(float const* x, std::size_t n) {
  Batch max(x[0]);
  for_each_batch(n, x[0],
                 [&](auto load, std::size_t, std::size_t) { max = xsimd::max(max, load(x)); });
  return reduce(max, [](float a, float b) { return std::max(a, b); });
}

/// The sum of e^(x - max), each also handed to keep(e, i, count). Padded by what adds nothing.
template <class M, class Keep>
float sum_exp(float const* x, std::size_t n, float max, Keep keep) {
  Batch sum(0.0f);
  for_each_batch(n, -1e30f, [&](auto load, std::size_t i, std::size_t count) {
    const Batch e = M::exp(load(x) - Batch(max));
    sum += e;
    keep(e, i, count);
  });
  return reduce(sum, std::plus<float>());
}

template <class M>
void softmax(float const* x, float* p, std::size_t n) {
  const float sum =
      sum_exp<M>(x, n, row_max(x, n),
                 [p](Batch const& e, std::size_t i, std::size_t count) { store(e, p + i, count); });
  map(
      n, p, [scale = Batch(1 / sum)](Batch const& e) { return e * scale; }, p);
}

template <class M>
void log_softmax(float const* x, float* y, std::size_t n) {
  const float max = row_max(x, n);
  const float sum = sum_exp<M>(x, n, max, [](Batch const&, std::size_t, std::size_t) {});
  map(
      n, y, [shift = Batch(max + std::log(sum))](Batch const& v) { return v - shift; }, x);
}

inline void softmax_backward(float const* p, float const* g, float* grad_x, std::size_t n) {
  Batch dot(0.0f);
  for_each_batch(n, 0, [&](auto load, std::size_t, std::size_t) { dot += load(p) * load(g); });
  const Batch sum(reduce(dot, std::plus<float>()));
  map(
      n, grad_x, [sum](Batch const& a, Batch const& b) { return a * (b - sum); }, p, g);
}

template <class M>
Peer make_batches(std::string const& name, std::string const& version) {
  Peer peer{name, version, {}};
  for_each_formula<M>([&](char const* function, auto f, auto slope) {
    peer.add(function, Direction::forward, [f](Task const& t) { map(t.row_length, t.y, f, t.x); });
    peer.add(function, Direction::backward, [slope](Task const& t) {
      const auto chain = [slope](Batch const& x, Batch const& g) { return g * slope(x); };
      map(t.row_length, t.y, chain, t.x, t.grad_y);
    });
  });
  const auto add_rows = [&](char const* function, Direction direction, auto row) {
    peer.add(function, direction, [row](Task const& t) {
      for (std::size_t i = 0; i < t.size(); i += t.row_length)
        row(t, i);
    });
  };
  add_rows("softmax", Direction::forward,
           [](Task const& t, std::size_t i) { softmax<M>(t.x + i, t.y + i, t.row_length); });
  add_rows("softmax", Direction::backward, [](Task const& t, std::size_t i) {
    softmax_backward(t.x + i, t.grad_y + i, t.y + i, t.row_length);
  });
  add_rows("log_softmax", Direction::forward,
           [](Task const& t, std::size_t i) { log_softmax<M>(t.x + i, t.y + i, t.row_length); });
  return peer;
}

}  // namespace bench
