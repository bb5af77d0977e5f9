#pragma once

#include <cmath>
#include <numbers>

#include "../concepts.hpp"
#include "../core/exp.hpp"
#include "../detail/fail.hpp"

namespace simdact {

namespace detail {

template <class Arch>
[[noreturn]] void throw_second_moment(double moment) {
  fail<Arch>("the second moment of the activation is ", moment, ", but must be finite and above 0");
}

/// E[f(z)^2], z ~ N(0, 1), by Gauss's rule of three nodes on every 128th part of a unit. A Gauss-Hermite
/// rule, for the whole line at once, suits smooth functions alone: past a kink it converges but slowly. Here
/// the kinks of the usual activations, at 0, +-1/2, +-1, +-3 and 6, lie between two parts, and cost nothing.
/// Beyond |z| = 12 the density is below e^-72.
template <class Arch, Activation F>
double second_moment(F const& f) {
  using T = typename F::value_type;
  constexpr int panels_per_unit = 128;
  constexpr int reach = 12 * panels_per_unit;
  const double offset = std::sqrt(0.6);
  const auto term = [&](double z) SIMDACT_LAMBDA {
    // In float, f and the density both where the rounding takes the node: over many nodes it averages out.
    const T rounded = static_cast<T>(z);
    const double node = static_cast<double>(rounded);
    const double y = static_cast<double>(f.forward(rounded));
    return y * y * core::exp_of_negative(-0.5 * node * node, 1.0);
  };
  double sum = 0.0;
  for (int panel = -reach; panel < reach; ++panel) {
    const auto at = [=](double offset_in_halves) SIMDACT_LAMBDA {
      return (panel + 0.5 + 0.5 * offset_in_halves) / panels_per_unit;
    };
    sum += 5.0 * (term(at(-offset)) + term(at(offset))) + 8.0 * term(at(0.0));
  }
  return sum / (18.0 * panels_per_unit) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2);
}

}  // namespace detail

/// 1/sqrt(E[f(z)^2]), z ~ N(0, 1): sqrt(2) for ReLU, 1 for SELU.
///
/// A layer of weights with mean 0 and standard deviation gain/sqrt(fan_in), whose fan_in inputs are outputs of
/// f, passes on what f got: where the inputs of f have variance 1, gain^2 E[f(z)^2] = 1 is that of the layer's
/// sums, so that signals neither vanish nor explode from layer to layer.
/// Maximum relative error: float 1e-8, double 1e-12, in Fast 3e-7, for f that is smooth between multiples of
/// 1/128. A kink elsewhere costs up to about 1e-5, a jump 1e-3.
/// Errors: `std::invalid_argument`, with E[f(z)^2] in the message, if that is 0 or not finite.
/// Source: He et al., "Delving deep into rectifiers", 2015; for SELU: Klambauer et al., "Self-normalizing
/// neural networks", 2017.
template <Activation F>
SIMDACT_INLINE double initialization_gain(F const& f) {
  using Arch = xsimd::default_arch;
  const double moment = detail::second_moment<Arch>(f);
  if (!(moment > 0.0 && std::isfinite(moment)))
    detail::throw_second_moment<Arch>(moment);
  return 1.0 / std::sqrt(moment);
}

}  // namespace simdact
