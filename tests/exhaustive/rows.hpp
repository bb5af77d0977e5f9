#pragma once

/// @file
/// The table's rows: THE LIST at its defaults, and the other parameters that are swept.

#include <string>
#include <type_traits>

#include <simdact/simdact.hpp>

/// Calls visit(f, parameters) for every activation of the table; `parameters` says in words how they
/// differ from the defaults.
template <class Accuracy = simdact::Precise, class Visit>
void for_each_row(Visit visit) {
  using namespace simdact;
  for_each_activation<float, Accuracy>([&](auto f) { visit(f, ""); });
  // At other parameters the fast tier promises nothing.
  if constexpr (std::is_same_v<Accuracy, Precise>) {
    visit(ELU<>{.alpha = 0.1f}, " alpha 0.1");
    visit(ELU<>{.alpha = 3.0f}, " alpha 3");
    visit(CELU<>{.alpha = 0.5f}, " alpha 0.5");
    visit(CELU<>{.alpha = 2.0f}, " alpha 2");
    visit(LeakyReLU<>{.negative_slope = 0.0f}, " negative_slope 0");
    visit(LeakyReLU<>{.negative_slope = 0.2f}, " negative_slope 0.2");
    visit(LeakyReLU<>{.negative_slope = -0.5f}, " negative_slope -0.5");
    visit(LeakyReLU<>{.negative_slope = 1.5f}, " negative_slope 1.5");
    visit(Softplus<>{.beta = 0.1f}, " beta 0.1");
    visit(Softplus<>{.beta = 10.0f}, " beta 10");
    visit(Swish<>{.beta = 0.5f}, " beta 0.5");
    visit(Swish<>{.beta = 1.702f}, " beta 1.702");
    visit(Swish<>{.beta = -1.0f}, " beta -1");
    visit(Softshrink<>{.lambda = 0.1f}, " lambda 0.1");
    visit(Squareplus<>{.b = 1.0f}, " b 1");
    visit(HardsigmoidONNX<>{.alpha = 0.2f}, " alpha 0.2");
  }
}

/// The row's names: "elu alpha 3" and "elu' alpha 3".
template <class F>
std::string value_name(F const& f, std::string const& parameters) {
  return std::string(f.name) + parameters;
}
template <class F>
std::string derivative_name(F const& f, std::string const& parameters) {
  return std::string(f.name) + "'" + parameters;
}
