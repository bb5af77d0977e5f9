#pragma once

/// @file
/// How the names of activations compare, and what other libraries call ours. Upper and lower case are the
/// same, '_' and '-' do not count: PyTorch's LeakyReLU and ONNX's LeakyRelu are leaky_relu. A name means ours
/// with our default parameters, which are PyTorch's: the leaky_relu of Keras has a slope of 0.2, that of JAX
/// has ours, and the gelu of JAX is gelu_tanh here.

#include <string_view>

#include "../activations.hpp"
#include "../detail/inline.hpp"

namespace simdact {

/// What another library calls one of our activations.
struct ActivationAlias {
  std::string_view alias;
  std::string_view name;  // ours
};

/// Only what is the same function at default parameters: Hugging Face's gelu_10 and laplace, for two, are none
/// of ours.
inline constexpr ActivationAlias activation_aliases[] = {
    // Hugging Face
    {"gelu_python", GELU<>::name},
    {"gelu_accurate", GELUTanh<>::name},
    {"gelu_fast", GELUTanh<>::name},  // with the ten digits 0.7978845608 of sqrt(2/pi)
    {"gelu_new", GELUTanh<>::name},
    {"gelu_python_tanh", GELUTanh<>::name},
    {"gelu_pytorch_tanh", GELUTanh<>::name},
    {"relu2", SquaredReLU<>::name},
    // ONNX
    {"Shrink", Hardshrink<>::name},  // at its defaults, lambd 0.5 and bias 0
    // Keras 3
    {"hard_silu", Hardswish<>::name},
};

/// A spelling, to the letter, that would be taken for one of our names, and is another function elsewhere.
struct ForeignActivation {
  std::string_view spelling;
  std::string_view what;
};

inline constexpr ForeignActivation foreign_activations[] = {
    {"HardSigmoid",
     "ONNX's min(max(0.2 x + 0.5, 0), 1): hardsigmoid_onnx with alpha 0.2, where hardsigmoid has a "
     "slope of 1/6"},
};

namespace detail {

SIMDACT_INLINE constexpr char lower_case(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

SIMDACT_INLINE constexpr bool counts(char c) noexcept { return c != '_' && c != '-'; }

SIMDACT_INLINE constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
  const auto skip = [](std::string_view name) SIMDACT_LAMBDA {
    while (!name.empty() && !counts(name.front()))
      name.remove_prefix(1);
    return name;
  };
  for (a = skip(a), b = skip(b); !a.empty() && !b.empty(); a = skip(a), b = skip(b)) {
    if (lower_case(a.front()) != lower_case(b.front()))
      return false;
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.empty() && b.empty();
}

}  // namespace detail

}  // namespace simdact
