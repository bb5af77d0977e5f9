#pragma once

#include <array>
#include <string_view>

#include "../concepts.hpp"
#include "../core/double_exp.hpp"
#include "../core/fast.hpp"
#include "../core/fast_exp.hpp"

namespace simdact {

/// Exponential linear unit: f(x) = x for x > 0, else alpha (e^x - 1).
///
/// Parameter: alpha, any finite value, default 1.
/// f'(x) = 1 for x > 0, else alpha e^x; f'(0) = alpha. Range (-alpha, inf) for alpha > 0.
/// df/dalpha = 0 for x > 0, else e^x - 1, as accurate as f at alpha 1.
/// Special values: f(+-0) = +-0, f(-inf) = -alpha, f(+inf) = +inf, f'(-inf) = 0, NaN gives NaN.
/// Source: Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by
/// exponential linear units", 2015.
template <class T = float, class Accuracy = Precise>
struct ELU {
  using value_type = T;
  static constexpr std::string_view name = "elu";

  T alpha = T(1);
  static constexpr std::array parameters = {&ELU::alpha};

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V left = core::fast_expm1_of_negative(x);
      return core::where(x < V(0), left * V(alpha), x);
    } else {
      using D = core::working_t<V>;
      const D left = core::times(core::expm1_with_low(core::widen(x)), double(alpha));
      return core::where(x < V(0), core::narrow<V>(left), x);
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      return core::stepped_from(x, core::fast_exp_of_negative(x, alpha));
    } else {
      using D = core::working_t<V>;
      const D left = core::exp_of_negative(core::widen(x), double(alpha));
      return core::stepped_from(x, core::narrow<V>(left));
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    return {forward(x), derivative(x)};
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE std::array<V, 1> parameter_derivatives(V x) const noexcept {
    // For every x, so that e^x is that of the derivative.
    const V left = ELU{T(1)}.forward(x);
    return {core::zero_where(x > V(0), left)};
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }
};

}  // namespace simdact
