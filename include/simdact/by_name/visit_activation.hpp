#pragma once

/// @file
/// From the name of an activation, which a configuration file or a user gives, to its type.

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "nearest_names.hpp"

namespace simdact {

namespace detail {

template <class List>
inline constexpr bool is_type_list = false;
template <class... Act>
inline constexpr bool is_type_list<TypeList<Act...>> = true;

template <class List, class... More>
struct ListWith;
template <class... Act, class... More>
struct ListWith<TypeList<Act...>, More...> {
  using type = TypeList<Act..., More...>;
};

}  // namespace detail

/// A list of activations: THE LIST, or one of a user's own.
template <class List>
concept ActivationList = detail::is_type_list<List>;

/// A list with a user's own activations behind the others: `Extended<Activations<float>, Mine<float>>`. Each
/// has a `name`, different from all others, and a default constructor.
template <ActivationList List, class... More>
using Extended = typename detail::ListWith<List, More...>::type;

namespace detail {

template <class List>
struct ListNames;
template <class... Act>
struct ListNames<TypeList<Act...>> {
  static constexpr std::array<std::string_view, sizeof...(Act)> names = {Act::name...};

  static constexpr bool are_different() {
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (same_name(names[i], names[j]))
          return false;
      }
    }
    return true;
  }
  static_assert(are_different(), "two activations of the list have the same name");
};

/// Where in `names` it stands, or `names.size()`.
template <class Arch>
std::size_t find_name(std::span<std::string_view const> names, std::string_view wanted) noexcept {
  std::size_t i = 0;
  while (i < names.size() && !same_name(names[i], wanted))
    ++i;
  return i;
}

/// Throws unless it is what someone spells one of `names`.
template <class Arch>
void require_native(std::string_view wanted) {
  for (ForeignActivation const& foreign : foreign_activations) {
    if (foreign.spelling == wanted) {
      fail<Arch>("activation '", wanted, "' is ", foreign.what);
    }
  }
}

/// Where in `names` stands what is called `wanted`, by that name or by an alias.
template <class Arch>
std::size_t require_known(std::span<std::string_view const> names, std::string_view wanted) {
  std::size_t found = find_name<Arch>(names, wanted);
  for (ActivationAlias const& row : activation_aliases) {
    if (found == names.size() && same_name(row.alias, wanted))
      found = find_name<Arch>(names, row.name);
  }
  if (found == names.size()) {
    fail<Arch>("unknown activation '", wanted, "', the nearest names are ",
               nearest_names<Arch>(names, wanted));
  }
  if (names[found] != wanted)
    require_native<Arch>(wanted);
  return found;
}

/// f(i) with i, which is below N, as a constant.
template <std::size_t N, std::size_t First = 0, class F>
SIMDACT_INLINE decltype(auto) with_constant(std::size_t i, F const& f) {
  if constexpr (First + 1 < N) {
    if (i != First)
      return with_constant<N, First + 1>(i, f);
  }
  return f(std::integral_constant<std::size_t, First>{});
}

template <class... Act, class F>
SIMDACT_INLINE decltype(auto) visit_by_name(TypeList<Act...> list, std::string_view name, F& f) {
  const std::size_t found =
      require_known<xsimd::default_arch>(ListNames<decltype(list)>::names, name);
  return with_constant<sizeof...(Act)>(found, [&](auto i) SIMDACT_LAMBDA -> decltype(auto) {
    return f(std::tuple_element_t<i, std::tuple<Act...>>{});
  });
}

}  // namespace detail

/// f(Act{}) for the activation of the list that has this name, or of which it is an alias; returns what f
/// returns, which is of one type for all of them. f is compiled for every activation of the list.
///
/// Names: those of PyTorch, Hugging Face, ONNX and Keras, in upper or lower case, '_' and '-' not counting;
/// see `names.hpp` for whose parameters they stand for. A name of the list goes before an alias.
/// Errors: `std::invalid_argument`, with the three nearest names in the message, for an unknown name, and for
/// ONNX's HardSigmoid, which is another function than Hardsigmoid.
template <ActivationList List, class F>
SIMDACT_INLINE decltype(auto) visit_activation(std::string_view name, F&& f) {
  return detail::visit_by_name(List{}, name, f);
}

/// The same for THE LIST.
template <std::floating_point T = float, class Accuracy = Precise, class F>
SIMDACT_INLINE decltype(auto) visit_activation(std::string_view name, F&& f) {
  return detail::visit_by_name(Activations<T, Accuracy>{}, name, f);
}

}  // namespace simdact
