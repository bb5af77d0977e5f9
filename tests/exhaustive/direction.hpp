#pragma once

/// @file
/// Forward and derivative as types: the kernel over an array, and the row of tests/reference.hpp.

#include <span>
#include <string_view>

#include <simdact/simdact.hpp>

#include "../contract.hpp"
#include "../reference.hpp"

template <class F>
struct Forward {
  using Function = F;
  using T = typename F::value_type;
  static constexpr std::string_view suffix = "";
  static void kernel(F const& f, std::span<T const> x, std::span<T> y) {
    simdact::forward(f, x, y);
  }
  template <class R>
  static R reference(F const& f, R const& x) {
    return reference::Reference<F>::value(f, x);
  }
  static double floor(double x) { return Contract<F>::value_floor(x); }
  static double limit(F const& f, bool positive) {
    const auto limits = reference::Reference<F>::limits(f);
    return positive ? limits.value_at_inf : limits.value_at_minus_inf;
  }
  static Real at_minus_zero(F const& f) {
    return Real(reference::Reference<F>::limits(f).value_at_minus_zero);
  }
  static bool in_range(double y) {
    constexpr reference::Range range = reference::Reference<F>::range;
    return y >= range.least && y <= range.greatest;
  }
};

template <class F>
struct Derivative {
  using Function = F;
  using T = typename F::value_type;
  static constexpr std::string_view suffix = "'";
  static void kernel(F const& f, std::span<T const> x, std::span<T> y) {
    simdact::derivative(f, x, y);
  }
  template <class R>
  static R reference(F const& f, R const& x) {
    return reference::Reference<F>::derivative(f, x);
  }
  static double floor(double) { return Contract<F>::derivative_floor; }
  static double limit(F const& f, bool positive) {
    const auto limits = reference::Reference<F>::limits(f);
    return positive ? limits.derivative_at_inf : limits.derivative_at_minus_inf;
  }
  static Real at_minus_zero(F const& f) { return reference(f, Real(0.0)); }
  static bool in_range(double) { return true; }
};
