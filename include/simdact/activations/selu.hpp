#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/double_exp.hpp"
#include "../core/fast.hpp"
#include "../core/fast_exp.hpp"

namespace simdact {

/// Scaled exponential linear unit: f(x) = scale x for x > 0, else scale alpha (e^x - 1).
///
/// Parameters: scale, default 1.0507009873554804934193349852946, and alpha, default
/// 1.6732632423543772848170429916717, any finite values; double for every T, since rounding them to
/// float would cost the accuracy of every result.
/// f'(x) = scale for x > 0, else scale alpha e^x; f'(0) = scale alpha. Range (-1.758..., inf).
/// Special values: f(+-0) = +-0, f(-inf) = -scale alpha, f(+inf) = +inf, f'(-inf) = 0, NaN gives NaN.
/// Source: Klambauer et al., "Self-normalizing neural networks", 2017.
template <class T = float, class Accuracy = Precise>
struct SELU {
  using value_type = T;
  static constexpr std::string_view name = "selu";

  double scale = 1.0507009873554804934193349852946;
  double alpha = 1.6732632423543772848170429916717;

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V left = core::fast_expm1_of_negative(x);
      // In two parts of the same sign, so that the product overflows where the exact one does.
      const T high = T(scale * (1.0 - 0x1p-23));
      const T low = T(scale - double(high));
      const V right = core::fmadd(x, V(high), x * V(low));
      return core::where(x < V(0), left * V(T(scale * alpha)), right);
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(x);
      const D left = core::times_product(core::expm1_with_low(d), scale, alpha);
      return core::narrow<V>(core::where(d < D(0.0), left, d * D(scale)));
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V left = core::fast_exp_of_negative(x, T(scale * alpha));
      return core::where(x > V(0), V(T(scale)), left);
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(x);
      const D left = core::exp_of_negative(d, scale * alpha);
      return core::narrow<V>(core::where(d > D(0.0), D(scale), left));
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
