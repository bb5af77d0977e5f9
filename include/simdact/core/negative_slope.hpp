#pragma once

#include <limits>

#include "primitives.hpp"

namespace simdact::core {

/// x for x > 0, else slope x. A slope of 0 gives its limit at -inf too: -0, not the NaN of -inf * 0.
template <class V, class T>
SIMDACT_INLINE V negative_slope(V const& x, T slope) noexcept {
  const V left = slope == T(0) ? at_least(x, std::numeric_limits<T>::lowest()) : x;
  return where(x > V(0), x, left * V(slope));
}

/// The same with a slope for each lane.
template <class T, class A>
SIMDACT_INLINE xsimd::batch<T, A> negative_slope(xsimd::batch<T, A> const& x,
                                                 xsimd::batch<T, A> const& slopes) noexcept {
  using V = xsimd::batch<T, A>;
  const V left = where(slopes == V(0), at_least(x, std::numeric_limits<T>::lowest()), x);
  return where(x > V(0), x, left * slopes);
}

}  // namespace simdact::core
