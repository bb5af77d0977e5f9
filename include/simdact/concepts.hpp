#pragma once

/// @file
/// What an activation is.

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>

#include "detail/xsimd.hpp"

namespace simdact {

/// Accuracy policy, the default. Float: value and derivative are the float nearest to the exact value,
/// for every input, at an activation's default parameters; at others within 0.51 ULP. Double: the value
/// within 2 ULP, the derivative within 4 ULP of max(|f'|, 2^-10). The README has the errors of each
/// function, tests/exhaustive the proof.
struct Precise {};

/// Accuracy policy: the least time with a stated error. Float: the value within 4 ULP of
/// max(|f(x)|, min(|x|, 1)), the derivative within 4 ULP of max(|f'(x)|, 1), at an activation's default
/// parameters (softmax and its logarithm say theirs); range, limits, kinks and NaN as in `Precise`, but
/// for the sign of a derivative's zero. A result may differ from build to build, never from place to
/// place. Double: as `Precise`.
struct Fast {};

namespace detail {

template <class V>
struct ScalarOf {
  using type = V;
};

template <class T, class A>
struct ScalarOf<xsimd::batch<T, A>> {
  using type = T;
};

}  // namespace detail

/// The element type of V: T for T itself and for `xsimd::batch<T, A>`.
template <class V>
using scalar_of_t = typename detail::ScalarOf<V>::type;

/// V carries values of T: T itself, or a batch of T of any architecture.
template <class V, class T>
concept LanesOf = std::floating_point<T> && std::same_as<scalar_of_t<V>, T>;

/// `F::value_type` is float or double.
template <class F>
concept HasValueType =
    std::same_as<typename F::value_type, float> || std::same_as<typename F::value_type, double>;

/// `f.forward(x)` takes and returns V.
template <class F, class V>
concept HasForward = requires(F const& f, V x) {
  { f.forward(x) } -> std::same_as<V>;
};

/// `f.derivative(x)` takes and returns V: the derivative at the *input* x.
template <class F, class V>
concept HasDerivative = requires(F const& f, V x) {
  { f.derivative(x) } -> std::same_as<V>;
};

/// An elementwise activation: a struct with `value_type`, and with `forward` and `derivative` that
/// take a scalar and a batch alike. Anyone's own struct that has these gets every array algorithm.
template <class F>
concept Activation = HasValueType<F> && HasForward<F, typename F::value_type> &&
    HasDerivative<F, typename F::value_type>;

/// An activation with parameters to be learned: `F::parameters`, an array of pointers to members of
/// `value_type`, says which; `f.parameter_derivatives(x)`, an array in the same order, how f(x) changes with
/// each. Maximum error of those of this library: Precise float 0.51 ULP; Fast 4 ULP of max(|it|, 1) at default
/// parameters; double 4 ULP above 2^-1000.
template <class F>
concept Parametric = Activation<F> && requires(F f, typename F::value_type x) {
  { f.*F::parameters[0] } -> std::same_as<typename F::value_type&>;
  { f.parameter_derivatives(x) } -> std::same_as<std::array<decltype(x), F::parameters.size()>>;
};

/// f(x) and f'(x), what `forward_and_derivative` returns.
template <class V>
struct ValueAndDerivative {
  V value;
  V derivative;
};

}  // namespace simdact
