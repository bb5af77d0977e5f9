#pragma once

#include <algorithm>
#include <cmath>

namespace fit {

/// A float that multiplies and adds in one rounding on every machine, or in two, so that the tables are the same.
template <bool Fused>
struct Rounded {
  float number;
  explicit Rounded(float value) : number(value) {}

  friend Rounded operator*(Rounded a, Rounded b) { return Rounded(a.number * b.number); }
  friend Rounded fmadd(Rounded a, Rounded b, Rounded c) {
    const float product = a.number * b.number;
    return Rounded(Fused ? std::fma(a.number, b.number, c.number) : product + c.number);
  }
  friend Rounded operator+(Rounded a, Rounded b) { return Rounded(a.number + b.number); }
  friend Rounded ratio(Rounded a, Rounded b) { return Rounded(a.number / b.number); }
  friend Rounded at_least(Rounded x, float low) { return Rounded(std::max(x.number, low)); }
  friend Rounded at_most(Rounded x, float high) { return Rounded(std::min(x.number, high)); }
};

}  // namespace fit
