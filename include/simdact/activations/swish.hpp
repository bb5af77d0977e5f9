#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/crossing.hpp"
#include "../core/logistic.hpp"
#include "../core/scaled_argument.hpp"

namespace simdact {

/// Swish: f(x) = x/(1 + e^(-beta x)), beta being learned. `SiLU` is beta = 1.
///
/// Parameter: beta, any finite value, default 1.
/// f'(x) = s (1 + beta x (1 - s)), s = 1/(1 + e^(-beta x)).
/// Special values for beta > 0: f(+-0) = +-0, f(-inf) = -0, f(+inf) = +inf, f'(-inf) = -0,
/// f'(+inf) = 1, NaN gives NaN.
/// Source: Ramachandran, Zoph and Le, "Searching for activation functions", 2017.
template <class T = float, class Accuracy = Precise>
struct Swish {
  using value_type = T;
  static constexpr std::string_view name = "swish";

  T beta = T(1);

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    const auto scaled = core::product(core::widen(x), double(beta));
    return core::logistic_gate(x, core::Logistic(scaled.high, scaled.low));
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    using D = core::working_t<V>;
    const D d = core::widen(x);
    const auto scaled = core::product(d, double(beta));
    const core::Logistic logistic(scaled.high, scaled.low);
    const D one_plus_slope = core::fmadd(d, D(double(beta)), D(1.0));
    const D slope = logistic.toward_half(logistic.gate_derivative(one_plus_slope));
    return core::narrow<V>(core::through_zero(scaled.high, scaled.low, core::silu_crossing, slope));
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
