#pragma once

#include "double_exp.hpp"

namespace simdact::core {

/// The logistic function s = 1/(1 + e^-(v + low)) and what is built on it, in double precision: from
/// e^-|v|, which keeps the last bits of both tails, with hardly a rounding but the last.
template <class D>
struct DoubleLogistic {
  D v;
  D negative;     // -|v|
  Two<D> decay;   // 2^128 e^-|v|, so that products with it stay clear of the subnormals
  Two<D> larger;  // s(|v|) = 1/(1 + e^-|v|)

  template <class Low = Exact>
  SIMDACT_INLINE explicit DoubleLogistic(D const& argument, Low const& low = {}) noexcept
      : v(argument), negative(negative_magnitude(v)) {
    const Low negative_low = low_of_negative_magnitude(v, low);
    decay = DoubleExp<D, Lifted::always>(negative, negative_low).value();
    larger = reciprocal(one_plus_decay());
  }

  /// s.
  SIMDACT_INLINE D value() const noexcept {
    return rounded_product(numerator(), larger) * lowering();
  }

  /// c s.
  SIMDACT_INLINE D times(D const& c) const noexcept {
    const D y = rounded_product(c, product(numerator(), larger)) * lowering();
    // Where s is 1, since an infinite c times a low part of 0 is NaN.
    return where(v > D(64.0), c, y);
  }

  /// ds/dv = s (1 - s), even in v.
  SIMDACT_INLINE D derivative() const noexcept {
    const D lesser = decay.high * larger.high;
    const D twice_low = larger.low + larger.low;
    return fmadd(lesser, larger.high, lesser * twice_low) * D(lowered);
  }

  /// c^2 ds/dv, with no product that leaves the range before the result does.
  SIMDACT_INLINE D derivative_times_square(D const& c) const noexcept {
    const D lowered_c = magnitude(c) * D(0x1p-64);
    const auto lifted = product(product(decay, larger), larger);
    return rounded_product(lowered_c, lifted) * lowered_c;
  }

  /// d/dx [x s(v(x))] = s (s + (1 - s) h), given h = 1 + x v'(x) = high + low.
  template <class Low = Exact>
  SIMDACT_INLINE D gate_derivative(D const& high, Low const& low = {}) const noexcept {
    Two<D> h{high, D(0.0)};
    if constexpr (std::is_same_v<Low, D>)
      h = fast_two_sum(high, low);
    const auto lifted = product(decay, larger);
    const Two<D> lesser{lifted.high * D(lowered), lifted.low * D(lowered)};
    const auto left = v < D(0.0);
    const auto s = where(left, lesser, larger);
    const auto rest = where(left, larger, lesser);
    D little = fmadd(rest.low, h.high, s.low);
    if constexpr (std::is_same_v<Low, D>)
      little = fmadd(rest.high, h.low, little);
    const D bracket = fused(rest.high, h.high, s.high) + little;
    return rounded_product(bracket, where(left, lifted, larger)) * lowering();
  }

 private:
  static constexpr double lowered = 0x1p-128;

  /// What takes the lift of `numerator` back: the last step, rounding once into the subnormals.
  SIMDACT_INLINE D lowering() const noexcept { return where(v < D(0.0), D(lowered), D(1.0)); }

  SIMDACT_INLINE Two<D> one_plus_decay() const noexcept {
    const D high = fmadd(decay.high, D(lowered), D(1.0));
    const D low = fmadd(decay.high, D(lowered), D(1.0) - high);
    return {high, fmadd(decay.low, D(lowered), low)};
  }

  /// s (1 + e^-|v|), lifted for v < 0.
  SIMDACT_INLINE Two<D> numerator() const noexcept {
    return where(v < D(0.0), decay, Two<D>{D(1.0), D(0.0)});
  }
};

}  // namespace simdact::core
