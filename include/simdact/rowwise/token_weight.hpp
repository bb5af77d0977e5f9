#pragma once

#include "row.hpp"

namespace simdact::detail {

/// e^((x - max)/T) of a token's logit: its probability but for a factor; 0 below 2^-1009, and for -inf.
struct TokenWeight {
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  double max;
  double temperature;  // in [1e-300, +inf]: the inverse does not overflow

  template <class V>
  SIMDACT_INLINE auto operator()(V const& x) const noexcept {
    using D = core::working_t<V>;
    if (temperature == infinity)
      return core::where(D(-infinity) < core::widen(x), D(1.0), D(0.0));
    const D e = Shifted<double>{max, temperature}.exp(x);
    return core::where(e < D(0x1p-1009), D(0.0), e);
  }
};

template <class Arch, class T>
double sum_of_weights(TokenWeight const& weight, T const* x, std::size_t n) noexcept {
  const auto term = [=](auto const& in) SIMDACT_LAMBDA { return std::array{weight(in[0])}; };
  return sums_over<Arch, T, 1>(n, {x}, T(0), term)[0];
}

}  // namespace simdact::detail
