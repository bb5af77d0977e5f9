#pragma once

/// @file
/// The lists of types that have kernels in a table, and a type's place in one. Both sides read them: the calls,
/// and what is compiled for an instruction set.

#include <algorithm>
#include <array>
#include <type_traits>

#include "../activations.hpp"
#include "../gated/units.hpp"
#include "../rowwise/log_softmax.hpp"
#include "../rowwise/softmax.hpp"
#include "../rowwise/softmin.hpp"

namespace simdact::dispatch::detail {

template <class T, class Accuracy>
using SoftmaxFunctions =
    TypeList<Softmax<T, Accuracy>, LogSoftmax<T, Accuracy>, Softmin<T, Accuracy>>;

template <class... Unit>
TypeList<decltype(Unit::activation)...> gates_of(TypeList<Unit...>);

/// The activations of the gated units.
template <class T, class Accuracy>
using Gates = decltype(gates_of(GatedUnits<T, Accuracy>{}));

/// The place of F, or the length of the list.
template <class F, class... Listed>
consteval std::size_t place_in(TypeList<Listed...>) {
  const std::array same = {std::is_same_v<F, Listed>...};
  return static_cast<std::size_t>(std::find(same.begin(), same.end(), true) - same.begin());
}

template <class... Listed>
consteval std::size_t length(TypeList<Listed...>) {
  return sizeof...(Listed);
}

/// Where F stands in a list: in which tier, at which place.
template <template <class, class> class List, class F>
struct Place {
  using T = typename F::value_type;
  static constexpr std::size_t in_precise = place_in<F>(List<T, Precise>{});
  static constexpr std::size_t in_fast = place_in<F>(List<T, Fast>{});
  static constexpr std::size_t index = std::min(in_precise, in_fast);
  static constexpr bool exists = index < length(List<T, Precise>{});
  using Accuracy = std::conditional_t<(in_precise < in_fast), Precise, Fast>;
};

}  // namespace simdact::dispatch::detail
