#pragma once

#include <string_view>

#include "../concepts.hpp"
#include "../core/primitives.hpp"

namespace simdact {

/// Rectified linear unit, capped: f(x) = min(max(x, 0), 6).
///
/// f'(x) = 1 for 0 < x < 6, else 0; f'(0) = f'(6) = 0. Range [0, 6]. Both exact.
/// Special values: f(+-0) = +0, f(-inf) = +0, f(+inf) = 6, NaN gives NaN in both.
/// Source: Krizhevsky, "Convolutional deep belief networks on CIFAR-10", 2010.
template <class T = float, class Accuracy = Precise>
struct ReLU6 {
  using value_type = T;
  static constexpr std::string_view name = "relu6";

  template <LanesOf<T> V>
  SIMDACT_INLINE V forward(V x) const noexcept {
    // 1 y + 0, for -0 + 0 = +0: a sum alone would wait for the unit that clamps.
    return core::fmadd(core::at_most(core::at_least(x, T(0)), T(6)), V(1), V(0));
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    return core::between(x, V(0), V(6), V(1));
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
