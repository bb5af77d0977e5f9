#pragma once

#include <bit>
#include <cstdint>

#include "../core/softplus.hpp"
#include "../core/wide.hpp"
#include "../detail/loop.hpp"

namespace simdact::detail {

/// f of doubles, lane by lane.
template <class F, class D, class... Ds>
SIMDACT_INLINE D lanewise(F f, D const& x, Ds const&... xs) noexcept {
  if constexpr (std::is_same_v<D, double>) {
    return f(x, xs...);
  } else if constexpr (core::is_wide<D>) {
    return D::lift([&](auto const&... parts) SIMDACT_LAMBDA { return lanewise(f, parts...); }, x,
                   xs...);
  } else {
    std::array<std::array<double, lane_count<D>>, 1 + sizeof...(xs)> lanes;
    std::size_t count = 0;
    for (D const& v : {x, xs...})
      store(v, lanes[count++].data());
    for (std::size_t k = 0; k < lane_count<D>; ++k) {
      lanes[0][k] = [&]<std::size_t... I>(std::index_sequence<I...>) SIMDACT_LAMBDA {
        return f(lanes[I][k]...);
      }
      (std::make_index_sequence<1 + sizeof...(xs)>{});
    }
    return load<D>(lanes[0].data());
  }
}

/// log(1 + rest) for rest >= 0 = high + low. high is a multiple of 2^-42 below 64: added to a logit that
/// cancels most of it, it rounds nothing away. Where rest <= 1, high is 0 and low all of it.
struct LogSum {
  double high;
  double low;

  /// With std::log1p the bits would depend on the C library. With 2^n <= 1 + rest < 2^(n+1), it is
  /// n ln 2 + 2 atanh(s), s = (1 + rest - 2^n)/(1 + rest + 2^n) <= 1/3.
  static SIMDACT_INLINE LogSum of(double rest) noexcept {
    constexpr double ln2_high = 0x1.62e42fefa38p-1;
    constexpr double ln2_low = 0x1.ef35793c7673p-45;
    const double sum = 1.0 + rest;
    const double back = sum - 1.0;
    const double lost = (rest - back) + (1.0 - (sum - back));
    const std::uint64_t exponent_field = std::bit_cast<std::uint64_t>(sum) >> 52;
    const double power = std::bit_cast<double>(exponent_field << 52);
    const double n = static_cast<double>(exponent_field) - 1023.0;
    const double s = ((sum - power) + lost) / (sum + power);
    const double square = s * s;
    const double curve = core::horner<core::atanh_coefficients>(square);
    const double log_fraction = core::fmadd(square * s, curve, s + s);
    return {n * ln2_high, core::fmadd(n, ln2_low, log_fraction)};
  }

  SIMDACT_INLINE double value() const noexcept { return high + low; }
};

}  // namespace simdact::detail
