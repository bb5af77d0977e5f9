#pragma once

/// @file
/// An activation that is chosen as the program runs: a `std::variant` of the activations of a list, which
/// every algorithm takes in the place of an activation. A call finds the type once, not for each element, and
/// gives the same bits as that of the activation itself; errors are those too. `std::visit` and `std::get_if`
/// reach the parameters.

#include <concepts>
#include <variant>

#include "../array/bias.hpp"
#include "../array/initialization_gain.hpp"
#include "../array/statistics.hpp"
#include "../gated/gated.hpp"
#include "visit_activation.hpp"

namespace simdact {

namespace detail {

template <class List>
struct VariantOf;
template <class... Act>
struct VariantOf<TypeList<Act...>> {
  using type = std::variant<Act...>;
};

template <class First, class... Rest>
  requires(std::same_as<typename First::value_type, typename Rest::value_type>&&...)
struct Common {
  using value_type = typename First::value_type;
};

/// The value_type of all of these.
template <class... Act>
using common_value_t = typename Common<Act...>::value_type;

/// f of the activation that `any` holds. `std::visit` would leave a copy of f behind whose type does not
/// have the architecture.
template <class... Act, class F>
SIMDACT_INLINE decltype(auto) visit(std::variant<Act...> const& any, F const& f) {
  return with_constant<sizeof...(Act)>(
      any.index(), [&](auto i) SIMDACT_LAMBDA -> decltype(auto) { return f(std::get<i>(any)); });
}

}  // namespace detail

/// Any activation of a list.
template <ActivationList List>
using AnyOf = typename detail::VariantOf<List>::type;

/// Any activation of THE LIST; the first of them, ReLU, unless told otherwise.
template <std::floating_point T = float, class Accuracy = Precise>
using AnyActivation = AnyOf<Activations<T, Accuracy>>;

/// The activation of this name, with its default parameters. Names and errors: those of `visit_activation`.
template <ActivationList List>
SIMDACT_INLINE AnyOf<List> any_activation(std::string_view name) {
  return visit_activation<List>(name, [](auto act) SIMDACT_LAMBDA { return AnyOf<List>(act); });
}

template <std::floating_point T = float, class Accuracy = Precise>
SIMDACT_INLINE AnyActivation<T, Accuracy> any_activation(std::string_view name) {
  return any_activation<Activations<T, Accuracy>>(name);
}

/// The `name` of the activation that it holds.
template <Activation... Act>
SIMDACT_INLINE std::string_view activation_name(std::variant<Act...> const& any) {
  return detail::ListNames<TypeList<Act...>>::names[any.index()];
}

/// The algorithms of array/elementwise.hpp.
template <Activation... Act>
SIMDACT_INLINE void forward(std::variant<Act...> const& any,
                            std::span<detail::common_value_t<Act...> const> x,
                            std::span<detail::common_value_t<Act...>> y) {
  detail::visit(any, [&](auto const& f) SIMDACT_LAMBDA { simdact::forward(f, x, y); });
}

template <Activation... Act>
SIMDACT_INLINE void derivative(std::variant<Act...> const& any,
                               std::span<detail::common_value_t<Act...> const> x,
                               std::span<detail::common_value_t<Act...>> d) {
  detail::visit(any, [&](auto const& f) SIMDACT_LAMBDA { simdact::derivative(f, x, d); });
}

template <Activation... Act>
SIMDACT_INLINE void backward(std::variant<Act...> const& any,
                             std::span<detail::common_value_t<Act...> const> x,
                             std::span<detail::common_value_t<Act...> const> grad_y,
                             std::span<detail::common_value_t<Act...>> grad_x) {
  detail::visit(any,
                [&](auto const& f) SIMDACT_LAMBDA { simdact::backward(f, x, grad_y, grad_x); });
}

template <Activation... Act>
SIMDACT_INLINE void forward_and_derivative(std::variant<Act...> const& any,
                                           std::span<detail::common_value_t<Act...> const> x,
                                           std::span<detail::common_value_t<Act...>> y,
                                           std::span<detail::common_value_t<Act...>> d) {
  detail::visit(any,
                [&](auto const& f) SIMDACT_LAMBDA { simdact::forward_and_derivative(f, x, y, d); });
}

/// Those of array/bias.hpp.
template <Activation... Act>
SIMDACT_INLINE void forward(std::variant<Act...> const& any,
                            std::span<detail::common_value_t<Act...> const> x,
                            std::span<detail::common_value_t<Act...> const> bias,
                            std::span<detail::common_value_t<Act...>> y) {
  detail::visit(any, [&](auto const& f) SIMDACT_LAMBDA { simdact::forward(f, x, bias, y); });
}

template <Activation... Act>
SIMDACT_INLINE void backward(std::variant<Act...> const& any,
                             std::span<detail::common_value_t<Act...> const> x,
                             std::span<detail::common_value_t<Act...> const> bias,
                             std::span<detail::common_value_t<Act...> const> grad_y,
                             std::span<detail::common_value_t<Act...>> grad_x,
                             std::span<detail::common_value_t<Act...>> grad_bias) {
  detail::visit(any, [&](auto const& f) SIMDACT_LAMBDA {
    simdact::backward(f, x, bias, grad_y, grad_x, grad_bias);
  });
}

/// Those of gated/gated.hpp.
template <Activation... Act>
SIMDACT_INLINE void gated(std::variant<Act...> const& any,
                          std::span<detail::common_value_t<Act...> const> gate,
                          std::span<detail::common_value_t<Act...> const> up,
                          std::span<detail::common_value_t<Act...>> out) {
  detail::visit(any, [&](auto const& f) SIMDACT_LAMBDA { simdact::gated(f, gate, up, out); });
}

template <Activation... Act>
SIMDACT_INLINE void gated_backward(std::variant<Act...> const& any,
                                   std::span<detail::common_value_t<Act...> const> gate,
                                   std::span<detail::common_value_t<Act...> const> up,
                                   std::span<detail::common_value_t<Act...> const> grad_out,
                                   std::span<detail::common_value_t<Act...>> grad_gate,
                                   std::span<detail::common_value_t<Act...>> grad_up) {
  detail::visit(any, [&](auto const& f) SIMDACT_LAMBDA {
    simdact::gated_backward(f, gate, up, grad_out, grad_gate, grad_up);
  });
}

/// Those of array/statistics.hpp.
template <Activation... Act>
SIMDACT_INLINE ActivationStatistics activation_statistics(
    std::variant<Act...> const& any, std::span<detail::common_value_t<Act...> const> x) {
  return detail::visit(
      any, [&](auto const& f) SIMDACT_LAMBDA { return simdact::activation_statistics(f, x); });
}

template <Activation... Act>
SIMDACT_INLINE void activation_statistics(std::variant<Act...> const& any,
                                          std::span<detail::common_value_t<Act...> const> x,
                                          std::size_t features,
                                          std::span<ActivationStatistics> statistics) {
  detail::visit(any, [&](auto const& f) SIMDACT_LAMBDA {
    simdact::activation_statistics(f, x, features, statistics);
  });
}

/// That of array/initialization_gain.hpp.
template <Activation... Act>
SIMDACT_INLINE double initialization_gain(std::variant<Act...> const& any) {
  return detail::visit(
      any, [](auto const& f) SIMDACT_LAMBDA { return simdact::initialization_gain(f); });
}

}  // namespace simdact
