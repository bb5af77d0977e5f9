#pragma once

#include <type_traits>

#include "../concepts.hpp"
#include "piecewise.hpp"
#include "rational.hpp"

namespace simdact::core {

/// The Fast tier has kernels of its own for floats; a double is always precise.
template <class T, class Accuracy>
inline constexpr bool is_fast = std::is_same_v<T, float>&& std::is_same_v<Accuracy, Fast>;

/// Of a function, its table where functions are looked up, elsewhere its quotient.
template <class Table, class Quotient>
SIMDACT_INLINE constexpr auto const& looked_up(Table const& table,
                                               Quotient const& quotient) noexcept {
  if constexpr (looks_up) {
    return table;
  } else {
    return quotient;
  }
}

/// max(x, 0), -0 for x < 0: what a gated unit is at a distance from 0.
template <class V>
SIMDACT_INLINE V rectified(V const& x) noexcept {
  return at_least(x, -0.0f);
}

/// x s(x) for a gate s(x) = 1 - s(-x), given its tail s(-t) as a table or a quotient.
template <class V, class Tail>
SIMDACT_INLINE V gated(Tail const& tail, V const& x) noexcept {
  const V t = bounded_magnitude(x, tail.last);
  return fnmadd(evaluate(tail, t), t, rectified(x));
}

/// value, or the NaN of x that a table has lost.
template <class V>
SIMDACT_INLINE V or_lost_nan(V const& value, V const& x) noexcept {
  return looks_up ? or_nan(value, x) : value;
}

/// Of a function with f(-x) = 1 - f(x), given f(-|x|), or two factors of that.
template <class V>
SIMDACT_INLINE V from_tail(V const& x, V const& tail) noexcept {
  return where(x < V(0), tail, or_lost_nan(V(1), x) - tail);
}

template <class V>
SIMDACT_INLINE V from_tail(V const& x, V const& a, V const& b) noexcept {
  return where(x < V(0), a * b, fnmadd(a, b, or_lost_nan(V(1), x)));
}

}  // namespace simdact::core
