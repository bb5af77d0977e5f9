#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/exception.hpp"
#include "../core/fast_tanh.hpp"
#include "../core/logistic.hpp"
#include "../core/scaled_argument.hpp"
#include "../core/tanh.hpp"

namespace simdact {

/// LeCun's scaled tanh: f(x) = 1.7159 tanh(2x/3), with the decimal 1.7159, so that f(1) is near 1.
///
/// f'(x) = 1.7159 (2/3)/cosh^2(2x/3). Range [-1.7159, 1.7159], odd bit for bit.
/// Special values: f(+-0) = +-0, f(+-inf) = +-1.7159, f'(0) = 1.1439..., f'(+-inf) = 0, NaN gives NaN.
/// Source: LeCun, Bottou, Orr and Mueller, "Efficient BackProp", 1998.
template <class T = float, class Accuracy = Precise>
struct LeCunTanh {
  using value_type = T;
  static constexpr std::string_view name = "lecun_tanh";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_lecun_tanh(x);
    } else {
      using D = core::working_t<V>;
      if constexpr (core::is_wide<D>) {
        const D v = scaled(core::widen(within_limit(x))).high;
        // Near 0, f'(0) x often lies exactly between two floats, and the cube decides that is too small for
        // a double: a factor a last place smaller decides likewise.
        const D y = core::opposite_of_tanh_of_half(v) * D(scale * (1.0 - 0x1p-51));
        const V rounded = core::exception(core::magnitude(x), core::narrow<V>(core::magnitude(y)),
                                          0x1.9753ap-16f, 0x1.d1f45ep-16f);
        return core::with_sign_of(rounded, x);
      } else {
        const D t = core::at_most(core::magnitude(x), 100.0);
        const auto argument = scaled(core::negated(t));
        const auto tanh = core::tanh_of_half_with_low(argument.high, argument.low);
        const D y = core::rounded_product(tanh, core::Two<D>{D(scale), D(scale_low)});
        // Only one rounding of subnormal numbers.
        const D nearby = t * D(steepest);
        return core::with_sign_of(core::where(t < D(0x1p-28), nearby, y), x);
      }
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      // (f'(0)/1.7159^2) (1.7159 - y) (1.7159 + y): 0 at the limits.
      constexpr T greatest = T(scale), factor = T(steepest / (scale * scale));
      const V y = core::fast_lecun_tanh_of_magnitude(x);
      return (V(greatest) - y) * core::fmadd(y, V(factor), V(greatest * factor));
    } else {
      using D = core::working_t<V>;
      const auto argument = scaled(core::widen(within_limit(x)));
      const D slope = core::logistic(argument.high, argument.low).derivative();
      const V rounded = core::narrow<V>(slope * D(4.0 * steepest));
      const V t = core::magnitude(x);
      const V mended = core::exception(t, rounded, 0x1.b6db4ap-9f, 0x1.24d872p+0f);
      return core::exception(t, mended, 0x1.c3fc24p+4f, 0x1.ced17ep-53f);
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
  static constexpr double scale = 1.7159;
  static constexpr double scale_low = 0x1.61e4f765fd8aep-56;
  /// f'(0).
  static constexpr double steepest = 17159.0 / 15000.0;

  /// x where 4x/3 is within exp_limit.
  template <class V>
  static SIMDACT_INLINE V within_limit(V const& x) noexcept {
    constexpr T limit = T(0.75 * core::exp_limit<V>);
    return core::at_most(core::at_least(x, -limit), limit);
  }

  /// 4x/3, tanh's argument twice.
  template <class D>
  static SIMDACT_INLINE auto scaled(D const& x) noexcept {
    if constexpr (core::is_wide<D>) {
      return core::ScaledArgument<D, core::Exact>{x * D(4.0 / 3.0), {}};
    } else {
      const auto p = core::exact_product(x, D(0x1.5555555555555p0));
      return core::ScaledArgument<D, D>{p.high, core::fmadd(x, D(0x1.5555555555555p-54), p.low)};
    }
  }
};

}  // namespace simdact
