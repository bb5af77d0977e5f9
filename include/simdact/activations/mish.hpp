#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/crossing.hpp"
#include "../core/double_exp.hpp"
#include "../core/exception.hpp"
#include "../core/fast.hpp"
#include "../core/fast_exp.hpp"

namespace simdact {

/// Mish: f(x) = x tanh(softplus(x)) = x n/(n + 2), n = z (z + 2), z = e^x.
///
/// f'(x) = z (4(x + 1) + z (z (z + 4) + 4x + 6))/(n + 2)^2. Range [-0.3088..., inf), least at
/// x = -1.1924...
/// Special values: f(+-0) = +-0, f(-inf) = -0, f(+inf) = +inf, f'(-inf) = -0, f'(+inf) = 1, NaN gives
/// NaN.
/// Source: Misra, "Mish: a self regularized non-monotonic activation function", 2019.
template <class T = float, class Accuracy = Precise>
struct Mish {
  using value_type = T;
  static constexpr std::string_view name = "mish";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V d = core::at_least(x, core::fast_exp_floor);
      const V z = core::fast_power(core::at_most(d, fast_saturation));
      const V n = z * (z + V(2));
      return d * core::ratio(n, n + V(2));
    } else {
      using D = core::working_t<V>;
      const D d = core::at_most(core::at_least(core::widen(x), -core::exp_limit<D>), saturation);
      if constexpr (core::is_wide<D>) {
        const D z = core::exp(core::exp_parts(d));
        const D z_plus_2 = z + D(2.0);
        const D y = d * (z * z_plus_2) / core::fmadd(z, z_plus_2, D(2.0));
        return core::where(x > V(T(saturation)), x, core::narrow<V>(y));
      } else {
        const Powers<D> powers(d);
        const D y = core::rounded_product(d, core::product(powers.n, powers.inverse));
        return core::where(x > V(saturation), x, core::with_sign_of(core::unlift(y, d), x));
      }
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V d = core::at_most(core::at_least(x, core::fast_exp_floor), fast_saturation);
      const V z = core::fast_power(d);
      // 1 - 2/(n + 2) + 4 x z (z + 1)/(n + 2)^2, with as little as may be behind the division.
      const V inverse = core::ratio(V(1), core::fmadd(z, z + V(2), V(2)));
      const V slope = core::fmadd(core::fmadd(z, z, z) * (d * V(4)), inverse, V(-2));
      return core::fmadd(slope, inverse, V(1));
    } else {
      using D = core::working_t<V>;
      const D d = core::at_most(core::at_least(core::widen(x), -core::exp_limit<D>), saturation);
      D slope;
      if constexpr (core::is_wide<D>) {
        const auto e = core::exp_parts(d);
        const D z = core::exp(e);
        const D denominator = core::fmadd(z, z + D(2.0), D(2.0));
        const D factor = bracket(d, z);
        const D numerator = core::fmadd(factor, e.expm1, factor) * e.scale;
        slope = numerator / (denominator * denominator);
      } else {
        const Powers<D> powers(d);
        const auto square = core::product(powers.inverse, powers.inverse);
        const D y = core::rounded_product(bracket(d, powers.z), core::product(powers.z, square));
        slope = core::through_zero(d, core::Exact{}, core::mish_crossing, core::unlift(y, d));
      }
      const V rounded = core::where(x > V(T(saturation)), V(1), core::narrow<V>(slope));
      return core::exception(x, rounded, -0x1.4p-27f, 0x1.333332p-1f);
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
  /// For doubles.
  template <class D>
  struct Powers {
    core::Two<D> z;        // e^x
    core::Two<D> n;        // z (z + 2)
    core::Two<D> inverse;  // 1/(n + 2)

    SIMDACT_INLINE explicit Powers(D const& x) noexcept : z(core::DoubleExp<D>(x).value()) {
      const D z_plus_2 = z.high + D(2.0);  // an error of n matters 2/(n + 2) times
      const auto p = core::exact_product(z.high, z_plus_2);
      n = {p.high, core::fmadd(z.low, z_plus_2, p.low)};
      inverse = core::reciprocal(core::plus(2.0, n));
    }
  };

  /// f' (n + 2)^2/z.
  template <class D>
  static SIMDACT_INLINE D bracket(D const& x, D const& z) noexcept {
    const D inner = core::fmadd(z, z + D(4.0), core::fmadd(x, D(4.0), D(6.0)));
    return core::fmadd(z, inner, core::fmadd(x, D(4.0), D(4.0)));
  }

  template <class D>
  static SIMDACT_INLINE core::Two<D> bracket(D const& x, core::Two<D> const& z) noexcept {
    const D four_x = x * D(4.0);
    const core::Two<D> four{D(4.0), D(0.0)};
    const auto inner =
        core::sum(core::product(z, core::sum(z, four)), core::two_sum(D(6.0), four_x));
    return core::sum(core::product(z, inner), core::two_sum(D(4.0), four_x));
  }

  /// From here on n/(n + 2) and f' are 1 in double precision.
  static constexpr double saturation = 25.0;
  /// In the Fast tier.
  static constexpr T fast_saturation = T(20);
};

}  // namespace simdact
