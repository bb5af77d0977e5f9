#pragma once

#include <limits>
#include <string_view>
#include <type_traits>

#include "../concepts.hpp"
#include "../core/fast.hpp"
#include "../core/two.hpp"

namespace simdact {

/// Squareplus: f(x) = (x + sqrt(x^2 + b))/2 = b/2/(sqrt(x^2 + b) - x): ReLU, its corner rounded by a hyperbola.
///
/// Parameter: b > 0, default 4.
/// f'(x) = (1 + x/sqrt(x^2 + b))/2 = f(x)/sqrt(x^2 + b). Range [0, inf).
/// Special values: f(+-0) = sqrt(b)/2, f(-inf) = +0, f(+inf) = +inf, f'(-inf) = 0, f'(+inf) = 1, NaN
/// gives NaN.
/// Source: Barron, "Squareplus: a softplus-like algebraic rectifier", 2021.
template <class T = float, class Accuracy = Precise>
struct Squareplus {
  using value_type = T;
  static constexpr std::string_view name = "squareplus";

  T b = T(4);

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (is_estimated) {
      // f(x) = f(-x) + x; the second term is asked for last, since the first does not wait for it.
      const V left = estimated_left(x);
      return core::fmadd(left, V(b / 2), core::at_least(x, T(0)));
    } else if constexpr (core::is_fast<T, Accuracy>) {
      const FastBranch<V> left(x, b);
      return core::fmadd(left.slope, left.root, core::at_least(x, T(0)));
    } else {
      const auto d = core::widen(x);
      return core::narrow<V>(value(d, hyperbola(core::magnitude(d))));
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (is_estimated) {
      return estimated_slope(x);
    } else if constexpr (core::is_fast<T, Accuracy>) {
      return core::from_tail(x, FastBranch<V>(x, b).slope);
    } else {
      const auto d = core::widen(x);
      auto t = core::magnitude(d);
      if constexpr (!core::is_wide<decltype(t)>)
        t = core::finite_magnitude(t);  // inf/inf would be NaN
      const auto curve = hyperbola(t);
      return core::narrow<V>(core::past_midpoint(d, value(d, curve) / curve.root));
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    return {forward(x), derivative(x)};
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }

 private:
  static constexpr bool is_estimated = core::is_fast<T, Accuracy> && core::estimates;

  /// Beyond, a square would overflow, and the root of t^2 + b is t.
  static constexpr T far_off = std::is_same_v<T, double> ? T(0x1p500) : T(0x1p60f);

  /// f(-|x|)/(b/2), of NaN f(-inf): what solves z (z b/2 + t) = 1/2, where z b + t is the root of t^2 + b, by one of
  /// Newton's steps from an estimate. Where t^2 is infinite, z is 0.
  template <class V>
  SIMDACT_INLINE V estimated_left(V const& x) const noexcept {
    const V t = core::bounded_magnitude(x, (std::numeric_limits<T>::max)());
    const V inverse_root = core::inverse_root_estimate(core::fmadd(t, t, V(b)));
    const V z = core::reciprocal_estimate(core::reciprocal_estimate(inverse_root) + t);
    const V rest = core::fnmadd(z, core::fmadd(z, V(b / 2), t), V(0.5f));
    return core::fmadd(rest, inverse_root, z);
  }

  /// f'(x): a step from an estimate r of 1/root gives r (3 - (x^2 + b) r^2)/2.
  template <class V>
  SIMDACT_INLINE V estimated_slope(V const& x) const noexcept {
    const V u = core::at_most(core::at_least(x, -far_off), far_off);
    const V square = core::fmadd(u, u, V(b));
    const V r = core::inverse_root_estimate(square);
    const V twice = core::fnmadd(square * r, r, V(3));
    const V slope = core::fmadd(u * r * V(0.25f), twice, V(0.5f));
    return core::at_most(core::at_least(slope, T(0)), T(1));
  }

  /// sqrt(t^2 + b) and its mean with t, for t >= 0, for doubles with what their roundings have cost.
  template <class D>
  struct Hyperbola {
    D root;
    D middle;
    D middle_low;
  };

  template <class D>
  SIMDACT_INLINE Hyperbola<D> hyperbola(D const& t) const noexcept {
    const D c = D(std::conditional_t<core::is_wide<D>, double, T>(b));
    if constexpr (core::is_wide<D>) {
      const D u = core::at_most(t, 0x1p500);  // for its square
      const D root = core::root(core::fmadd(u, u, c));
      return {root, (root + u) * D(0.5), D(0.0)};
    } else {
      constexpr bool for_doubles = std::is_same_v<T, double>;
      const D u = core::at_most(t, far_off);
      if constexpr (for_doubles) {
        const auto square = core::exact_product(u, u);
        const auto sum = core::two_sum(square.high, c);
        const D nearby = core::root(sum.high);
        const D rest = core::residual(nearby, nearby, sum.high) + (sum.low + square.low);
        const D root = core::larger(t, nearby);
        const D half = root * D(0.5);
        const D half_t = t * D(0.5);
        const auto middle = core::fast_two_sum(half, half_t);
        const D low = core::fmadd(rest, D(0.25) / nearby, middle.low);
        return {root, middle.high, core::where(t < D(far_off), low, D(0.0))};
      } else {
        const D root = core::larger(t, core::root(core::fmadd(u, u, c)));
        return {root, core::fmadd(root, D(0.5f), t * D(0.5f)), D(0.0f)};
      }
    }
  }

  /// f'(-t) = b/2/(root (root + t)) = f(-t)/root for t = |x|: one division for the function and its derivative. Where a
  /// product overflows, the quotient is 0 to every bit of both.
  template <class V>
  struct FastBranch {
    V root;  // sqrt(t^2 + b)
    V slope;

    SIMDACT_INLINE FastBranch(V const& x, T b) noexcept {
      const V t = core::magnitude(x);
      const V u = core::at_most(t, far_off);
      root = core::root(core::fmadd(u, u, V(b)));
      slope = core::ratio(V(b) * V(0.5f), root * (root + t));
    }
  };

  /// f(x) in double lanes, from the branch at |x|.
  template <class D>
  SIMDACT_INLINE D value(D const& x, Hyperbola<D> const& curve) const noexcept {
    const D product = D(double(b)) * D(0.25);
    const D left = product / curve.middle;
    if constexpr (core::is_wide<D>) {
      return core::where(x < D(0.0), left, curve.middle);
    } else {
      const D rest = core::residual(left, curve.middle, product);
      const D lost = core::fnmadd(left, curve.middle_low, rest) / curve.middle;
      const D mended = core::where(core::magnitude(x) < D(0x1p500), left + lost, left);
      return core::where(x < D(0.0), mended, curve.middle + curve.middle_low);
    }
  }
};

}  // namespace simdact
