#pragma once

/// @file
/// What each tier of accuracy promises.

#include <string_view>

#include <simdact/simdact.hpp>

/// The largest error allowed, in units in the last place of max(|exact value|, floor).
template <class Accuracy>
struct Contract;

/// Correct rounding: every result is the float nearest to the exact value, however small.
template <>
struct Contract<simdact::Precise> {
  static constexpr std::string_view tier = "precise";
  static constexpr double bound = 0.5;
  static double value_floor(float) { return 0.0; }
  static double derivative_floor(float) { return 0.0; }
};

template <template <class, class> class F, class T, class Accuracy>
Contract<Accuracy> contract_of(F<T, Accuracy> const&);

template <class F>
using ContractOf = decltype(contract_of(std::declval<F>()));
