#pragma once

/// @file
/// What a tier of accuracy promises for an activation: the largest error, in units in the last place of
/// max(|exact value|, floor).

#include <algorithm>
#include <cmath>
#include <string_view>
#include <type_traits>

#include <simdact/simdact.hpp>

#include "reference.hpp"

template <class F>
struct Contract;

template <template <class, class> class F, class T, class Accuracy>
struct Contract<F<T, Accuracy>> {
  static constexpr bool is_float = std::is_same_v<T, float>;
  static constexpr bool fast = is_float && std::is_same_v<Accuracy, simdact::Fast>;
  static constexpr std::string_view tier = fast ? "fast" : "precise";
  static constexpr auto bounds = reference::Reference<F<T, Accuracy>>::bounds;
  static constexpr double value_bound = fast       ? bounds.fast
                                        : is_float ? bounds.float_value
                                                   : bounds.double_value;
  static constexpr double derivative_bound = fast       ? bounds.fast
                                             : is_float ? bounds.float_derivative
                                                        : bounds.double_derivative;

  static double value_floor(double x) { return fast ? std::min(std::fabs(x), 1.0) : 0.0; }
  /// In double a derivative crosses zero between representable points far closer than in float.
  static constexpr double derivative_floor = fast ? 1.0 : is_float ? 0.0 : 0x1p-10;
};
