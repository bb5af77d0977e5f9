#pragma once

/// @file
/// Derivatives of activations by their learnable parameters, in closed form. R is `Real` (MPFR) or a
/// floating-point type.

#include "reference.hpp"

namespace reference {

template <class R, class T, class Accuracy>
R partial(PReLU<T, Accuracy> const&, R const& x) {
  return x < R(0) ? x : R(0);
}

template <class R, class T, class Accuracy>
R partial(ELU<T, Accuracy> const&, R const& x) {
  using std::expm1;
  return x < R(0) ? R(expm1(x)) : R(0);
}

template <class R, class T, class Accuracy>
R partial(Swish<T, Accuracy> const& f, R const& x) {
  return x * x * logistic_slope<R>(R(f.beta) * x);
}

/// Even in x; where it is negative nothing cancels.
template <class R, class T, class Accuracy>
R partial(Softplus<T, Accuracy> const& f, R const& x) {
  const R beta(f.beta);
  const R v = x < R(0) ? R(beta * x) : R(-(beta * x));
  return (v * logistic<R>(v) - softplus<R>(v)) / (beta * beta);
}

}  // namespace reference
