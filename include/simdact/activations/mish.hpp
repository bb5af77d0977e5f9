#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/crossing.hpp"
#include "../core/exp.hpp"

namespace simdact {

/// Mish: f(x) = x tanh(softplus(x)) = x n/(n + 2), n = z (z + 2), z = e^x.
///
/// f'(x) = z (4(x + 1) + z (z (z + 4) + 4x + 6))/(n + 2)^2. Range [-0.3088..., inf), least at
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
    const D d = core::at_most(core::at_least(core::widen(x), core::exp_floor<D>), saturation);
    const D z = core::exp(core::exp_parts(d));
    const D z_plus_2 = z + D(2.0);
    const D y = d * (z * z_plus_2) / core::fmadd(z, z_plus_2, D(2.0));
    return core::where(x > V(T(saturation)), x, core::narrow<V>(core::unlift(y, d)));
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    using D = core::working_t<V>;
    const D d = core::at_most(core::at_least(core::widen(x), core::exp_floor<D>), saturation);
    const auto e = core::exp_parts(d);
    const D z = core::exp(e);
    const D denominator = core::fmadd(z, z + D(2.0), D(2.0));
    const D inner = core::fmadd(z, z + D(4.0), core::fmadd(d, D(4.0), D(6.0)));
    const D bracket = core::fmadd(z, inner, core::fmadd(d, D(4.0), D(4.0)));
    const D numerator = core::fmadd(bracket, e.expm1, bracket) * e.scale;
    const D slope = core::unlift(numerator / (denominator * denominator), d);
    const D left = core::through_zero(d, core::Exact{}, core::mish_crossing, slope);
    return core::where(x > V(T(saturation)), V(1), core::narrow<V>(left));
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
  /// From here on n/(n + 2) and f' are 1 in double precision.
  static constexpr double saturation = 25.0;
};

}  // namespace simdact
