#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/exp.hpp"

namespace simdact {

/// Mish: f(x) = x tanh(softplus(x)) = x n/(n + 2), n = z (z + 2), z = e^x.
///
/// f'(x) = z ((z + 2)(n + 2) + 4 x (z + 1))/(n + 2)^2. Range [-0.3088..., inf), least at
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
    using D = core::working_t<V>;
    const D d = core::at_least(core::widen(x), core::exp_floor<D>);
    // From 25 on the quotient is 1, and n never overflows.
    const D z = core::exp(core::exp_parts(core::at_most(d, 25.0)));
    const D n = z * (z + D(2.0));
    return core::narrow<V>(core::unlift(d * (n / (n + D(2.0))), d));
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    using D = core::working_t<V>;
    const D d = core::at_most(core::at_least(core::widen(x), core::exp_floor<D>), 25.0);
    const D z = core::exp(core::exp_parts(d));
    const D denominator = core::fmadd(z, z + D(2.0), D(2.0));
    const D bracket = core::fmadd(z + D(2.0), denominator, core::fmadd(d * D(4.0), z, d * D(4.0)));
    return core::narrow<V>(core::unlift(z * bracket / (denominator * denominator), d));
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
