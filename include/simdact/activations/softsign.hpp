#pragma once

#include <string_view>
#include <type_traits>

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
    if constexpr (is_estimated) {
      const V t = nearby_magnitude(x);
      return core::with_flipped_sign(core::ratio(t, V(1) + t), x);
    } else if constexpr (core::is_fast<T, Accuracy>) {
      const V u = nearby(x);
      return u * slope_root(core::magnitude(u));
    } else {
      const V t = nearby_magnitude(x);
      const auto d = core::widen(t);
      const V y = core::narrow<V>(d * slope_root(d));
      return core::with_sign_of(core::exception(t, y, 0x1.17022cp-7f, 0x1.14a722p-7f), x);
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy>) {
      const V r = slope_root(is_estimated ? nearby_magnitude(x) : core::magnitude(x));
      return r * r;
    } else {
      const V t = nearby_magnitude(x);
      const auto r = slope_root(core::widen(t));
      return core::exception(t, core::narrow<V>(r * r), 0x1.2d5dc4p-9f, 0x1.fda756p-1f);
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE ValueAndDerivative<V> forward_and_derivative(V x) const noexcept {
    if constexpr (core::is_fast<T, Accuracy> && !is_estimated) {
      const V u = nearby(x);
      const V r = slope_root(core::magnitude(u));  // its square has all the bits of x's own
      return {u * r, r * r};
    } else {
      return {forward(x), derivative(x)};
    }
  }

  template <LanesOf<T> V>
  SIMDACT_INLINE V operator()(V x) const noexcept {
    return forward(x);
  }

 private:
  /// Where the processor estimates reciprocals, the derivative leaves the divider to the function.
  static constexpr bool is_estimated = core::is_fast<T, Accuracy> && core::estimates;

  /// From here on f is +-1 and f' 0; inf/(1 + inf) would be NaN.
  static constexpr T far_off = std::is_same_v<T, double> ? T(0x1p600) : T(0x1p80f);

  template <class V>
  SIMDACT_INLINE static V nearby(V const& x) noexcept {
    return core::at_most(core::at_least(x, -far_off), far_off);
  }

  template <class V>
  SIMDACT_INLINE static V nearby_magnitude(V const& x) noexcept {
    return core::at_most(core::magnitude(x), far_off);
  }

  /// 1/(1 + t), whose square is the derivative; where it is not estimated, one division for both.
  template <class D>
  SIMDACT_INLINE static D slope_root(D const& t) noexcept {
    if constexpr (is_estimated) {
      const D d = D(1) + t;
      const D r = core::reciprocal_estimate(d);
      return core::fmadd(r, core::fnmadd(d, r, D(1)), r);
    } else {
      return core::ratio(D(1), D(1) + t);
    }
  }
};

}  // namespace simdact
