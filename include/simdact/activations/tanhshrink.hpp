#pragma once

#include <limits>
#include <string_view>

#include "../concepts.hpp"
#include "../core/exception.hpp"
#include "../core/fast_tanh.hpp"
#include "../core/tanh.hpp"
#include "../core/tanhshrink.hpp"

namespace simdact {

/// Tanh shrinkage: f(x) = x - tanh x, x^3/3 - 2/15 x^5 + ... near 0.
///
/// f'(x) = tanh^2 x. Odd bit for bit.
/// Special values: f(+-0) = +-0, f(+-inf) = +-inf, f'(0) = 0, f'(+-inf) = 1, NaN gives NaN.
/// Source: PyTorch's nn.Tanhshrink.
template <class T = float, class Accuracy = Precise>
struct Tanhshrink {
  using value_type = T;
  static constexpr std::string_view name = "tanhshrink";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    const V t = core::magnitude(x);
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::with_flipped_sign(t - core::fast_tanh_of_magnitude(x), x);
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(t);
      D far_off;
      if constexpr (core::is_wide<D>) {
        far_off = d + opposite_of_tanh(t);
      } else {
        const auto tanh = opposite_of_tanh(t);
        far_off = (d + tanh.high) + tanh.low;
      }
      const D y = core::where(d < D(1.0), core::tanhshrink_near_zero(d), far_off);
      const V rounded = core::exception(t, core::narrow<V>(y), 0x1.b1c146p+1f, 0x1.320bdap+1f);
      // Above 2^24 (2^53 in double) x - 1 may lie halfway between two numbers; x - tanh x is above.
      constexpr T coarse = 2 / std::numeric_limits<T>::epsilon();
      return core::with_sign_of(core::where(t <= V(coarse), rounded, t), x);
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V y = core::fast_tanh_of_magnitude(x);
      return y * y;
    } else {
      const auto tanh = opposite_of_tanh(core::magnitude(x));
      if constexpr (core::is_wide<core::working_t<V>>) {
        // Near 0, x^2 often lies exactly between two floats, and -2/3 x^4 decides.
        return core::narrow<V>(tanh * (tanh * core::working_t<V>(1.0 - 0x1p-51)));
      } else {
        return core::rounded_product(tanh, tanh);
      }
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
  /// -tanh t for t >= 0, for doubles as `Two`.
  template <class V>
  static SIMDACT_INLINE auto opposite_of_tanh(V const& t) noexcept {
    using D = core::working_t<V>;
    if constexpr (core::is_wide<D>) {
      return core::opposite_of_tanh_of_half(core::widen(core::within_exp_limit(t + t)));
    } else {
      return core::tanh_of_half_with_low(t * D(-2.0));
    }
  }
};

}  // namespace simdact
