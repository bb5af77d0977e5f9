#pragma once

#include <array>
#include <cstddef>
#include <limits>

#include "../concepts.hpp"
#include "two_sided.hpp"

namespace simdact::core {

/// A function and its derivative as tables: f(x) = slope (x - start) + a polynomial of the cell, the slope
/// being that at infinity on the side of x. The line starts at 0 where it is an asymptote, so that x comes
/// out exact, or else where the tables end. These are its own, or `Tables` is a reference to another's.
template <std::size_t Cells, class Tables = typename TwoSided<Cells>::Polynomials>
struct Tabulation {
  using Shape = TwoSided<Cells>;

  typename Shape::Cut cut;
  std::array<float, 2> slope;
  std::array<float, 2> start;  // 0 for a line from 0, -1 for one from the tables' end
  Tables beside_line;
  Tables derivatives;

  template <LanesOf<float> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return value(x, Shape::locate(cut, x));
  }

  template <LanesOf<float> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return Shape::evaluate(derivatives, Shape::locate(cut, x));
  }

  template <LanesOf<float> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    const auto at = Shape::locate(cut, x);
    return {value(x, at), Shape::evaluate(derivatives, at)};
  }

 private:
  template <class V>
  SIMDACT_INLINE V value(V const& x, typename Shape::template Place<V> const& at) const noexcept {
    const V within = at_most(at_least(x, -reach(slope[0])), reach(slope[1]));
    // start - x; x - start is +0 where x is start, and would take the sign of -0 away.
    const V rest = fnmsub(where(at.right, V(start[1]), V(start[0])), at.inside, within);
    const V line = where(at.right, V(slope[1]), V(slope[0]));
    return fnmadd(rest, line, Shape::evaluate(beside_line, at));
  }

  /// How far a line reaches: 0 times infinity would be NaN.
  SIMDACT_INLINE static float reach(float slope) noexcept {
    using Limits = std::numeric_limits<float>;
    return slope == 0.0f ? (Limits::max)() : Limits::infinity();
  }
};

}  // namespace simdact::core
