#pragma once

#include <type_traits>

#include "../concepts.hpp"
#include "primitives.hpp"

namespace simdact::core {

/// The Fast tier has kernels of its own for floats; a double is always precise.
template <class T, class Accuracy>
inline constexpr bool is_fast = std::is_same_v<T, float>&& std::is_same_v<Accuracy, Fast>;

/// max(x, 0), -0 for x < 0: what a gated unit is at a distance from 0.
template <class V>
SIMDACT_INLINE V rectified(V const& x) noexcept {
  return at_least(x, -0.0f);
}

/// x s for a gate s(x) = 1 - s(-x), given t = |x| and its tail s(-t).
template <class V>
SIMDACT_INLINE V gated(V const& x, V const& t, V const& tail) noexcept {
  return fnmadd(t, tail, rectified(x));
}

/// Of a function with f(-x) = 1 - f(x), given f(-|x|).
template <class V>
SIMDACT_INLINE V from_tail(V const& x, V const& tail) noexcept {
  return where(x < V(0), tail, V(1) - tail);
}

}  // namespace simdact::core
