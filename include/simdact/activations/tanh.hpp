#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/fast_tanh.hpp"
#include "../core/logistic.hpp"
#include "../core/tanh.hpp"

namespace simdact {

/// Hyperbolic tangent: f(x) = (e^x - e^-x)/(e^x + e^-x) = -E/(E + 2), E = e^(-2 |x|) - 1, with the
/// sign of x.
///
/// f'(x) = 1 - f(x)^2 = 4 z/(1 + z)^2, z = e^(-2 |x|). Range [-1, 1], odd bit for bit.
/// Special values: f(+-0) = +-0, f(+-inf) = +-1, f'(0) = 1, f'(+-inf) = 0, NaN gives NaN.
/// Source: Kalman and Kwasny, "Why tanh: choosing a sigmoidal function", 1992.
template <class T = float, class Accuracy = Precise>
struct Tanh {
  using value_type = T;
  static constexpr std::string_view name = "tanh";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::fast_tanh(x);
    } else {
      using D = core::working_t<V>;
      if constexpr (core::is_wide<D>) {
        const D y = core::opposite_of_tanh_of_half(core::widen(core::within_exp_limit(x + x)));
        return core::with_sign_of(core::narrow<V>(y), x);
      } else {
        return core::with_sign_of(core::tanh_of_half(core::magnitude(x) * D(-2.0)), x);
      }
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V y = core::fast_tanh_but_for_sign(x);
      return core::fnmadd(y, y, V(1));
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(core::within_exp_limit(x + x));
      return core::narrow<V>(core::logistic(d).derivative() * D(4.0));
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
};

}  // namespace simdact
