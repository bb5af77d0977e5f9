// Real numbers as int8, as ONNX's QuantizeLinear and TensorFlow Lite have them.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace quantized {

// q stands for the number scale (q - zero_point).
struct Quantization {
  float scale;
  int zero_point;

  // Exact in double: 24 bits times 9.
  template <class Real>
  Real real(int q) const {
    return Real(scale) * Real(q - zero_point);
  }

  // The nearest q, of two the even one; what is beyond them becomes the last one.
  template <class Real>
  std::int8_t nearest(Real x) const {
    const Real q = std::nearbyint(x / Real(scale)) + Real(zero_point);
    return std::int8_t(std::clamp(q, Real(-128), Real(127)));
  }
};

// Under which -128 and 127 stand for about `least` and `most`, and some q for 0 exactly.
inline Quantization covering(double least, double most) {
  const float scale = float((most - least) / 255);
  return {scale, int(std::lrint(-128 - least / double(scale)))};
}

// An entry for each q, from -128 on.
using Table = std::array<std::int8_t, 256>;

// Of f over numbers of type Real.
template <class Real, class F>
Table table_of(const F& f, const Quantization& in, const Quantization& out) {
  Table table;
  for (int q = -128; q < 128; ++q) {
    table[std::size_t(q + 128)] = out.nearest(f(in.real<Real>(q)));
  }
  return table;
}

inline void apply(const Table& table, std::span<const std::int8_t> x, std::span<std::int8_t> y) {
  std::ranges::transform(x, y.begin(), [&](std::int8_t q) { return table[std::size_t(q + 128)]; });
}

}  // namespace quantized
