#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/exception.hpp"
#include "../core/fast.hpp"
#include "../core/wide.hpp"

namespace simdact {

/// Softsign: f(x) = x/(1 + |x|).
///
/// f'(x) = 1/(1 + |x|)^2. Range [-1, 1], odd bit for bit.
/// Special values: f(+-0) = +-0, f(+-inf) = +-1, f'(0) = 1, f'(+-inf) = 0, NaN gives NaN.
/// Source: Turian, Bergstra and Bengio, "Quadratic features and deep architectures for chunking", 2009.
template <class T = float, class Accuracy = Precise>
struct Softsign {
  using value_type = T;
  static constexpr std::string_view name = "softsign";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    const V t = core::finite_magnitude(x);  // inf/(1 + inf) would be NaN
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::with_sign_of(core::ratio(t, V(1) + t), x);
    } else {
      using D = core::working_t<V>;
      const D d = core::widen(t);
      const V y = core::narrow<V>(d / (D(1.0) + d));
      return core::with_sign_of(core::exception(t, y, 0x1.17022cp-7f, 0x1.14a722p-7f), x);
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    const V t = core::finite_magnitude(x);
    if constexpr (core::is_fast<T, Accuracy>) {
      const V y = core::ratio(V(1), V(1) + t);
      return y * y;
    } else {
      using D = core::working_t<V>;
      const D d = D(1.0) + core::widen(t);
      const V y = core::narrow<V>(D(1.0) / (d * d));
      const V first = core::exception(t, y, 0x1.6325c6p-15f, 0x1.fff4e6p-1f);
      return core::exception(t, first, 0x1.2d5dc4p-9f, 0x1.fda756p-1f);
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
