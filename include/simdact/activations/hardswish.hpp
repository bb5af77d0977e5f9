#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/fast.hpp"
#include "../core/quotient.hpp"

namespace simdact {

/// Hard swish: f(x) = x min(max(x + 3, 0), 6)/6.
///
/// f'(x) = 0 for x <= -3, (2x + 3)/6 between, 1 for x >= 3; f'(-3) = 0, f'(3) = 1.
/// Range [-3/8, inf). Special values: f(+-0) = +-0, f(x) = -0 for x <= -3, f(+inf) = +inf,
/// f'(-inf) = 0, NaN gives NaN.
/// Source: Howard et al., "Searching for MobileNetV3", 2019.
template <class T = float, class Accuracy = Precise>
struct Hardswish {
  using value_type = T;
  static constexpr std::string_view name = "hardswish";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      // 1/6 rounded down and three times it, so that the line is exactly 0 at -3.
      const V open = core::at_least(x, T(-3));
      const V line = core::fmadd(open, V(0x1.555554p-3f), V(0x1.fffffep-2f));
      return open * core::at_most(line, T(1));
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(core::at_least(x, T(-3)));
      const V inner = core::with_sign_of(core::narrow<V>(core::hard_gated(d)), x);
      return core::where(x < V(3), inner, core::at_least(x, T(3)));
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    V inner;
    if constexpr (core::is_fast<T, Accuracy>) {
      inner = core::fmadd(x, V(T(1.0 / 3.0)), V(0.5f));
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(x);
      inner = core::narrow<V>(core::divided_by(d + d + D(3.0), 6.0));
    }
    return core::ramp(x, V(3), inner);
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    return {forward(x), derivative(x)};
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }
};

}  // namespace simdact
