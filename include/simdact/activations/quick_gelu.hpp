#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/exception.hpp"
#include "../core/swish.hpp"

namespace simdact {

/// The quick approximation of GELU: f(x) = x/(1 + e^(-1.702 x)), 1.702 rounded to T.
///
/// f'(x) = s (1 + 1.702 x (1 - s)), s = 1/(1 + e^(-1.702 x)). Least value -0.1636... at x = -0.7511...
/// Special values: f(+-0) = +-0, f(-inf) = -0, f(+inf) = +inf, f'(-inf) = -0, f'(+inf) = 1, NaN gives
/// NaN.
/// Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
template <class T = float, class Accuracy = Precise>
struct QuickGELU {
  using value_type = T;
  static constexpr std::string_view name = "quick_gelu";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    return core::swish<Accuracy>(x, T(1.702));
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    const V y = core::swish_slope<Accuracy, core::Ties::none>(x, T(1.702));
    if constexpr (core::is_fast<T, Accuracy>) {
      return y;
    } else {
      return core::exception(x, y, 0x1.d51724p-10f, 0x1.00c79ap-1f);
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
