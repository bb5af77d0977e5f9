#pragma once

/// @file
/// The calls that a test is about: those of the header or, with SIMDACT_TEST_DISPATCH, those of the same names that
/// simdact::dispatch has. There a single number is an array of one.

#if defined(SIMDACT_TEST_DISPATCH)
#include <simdact/dispatch.hpp>
#else
#include <simdact/simdact.hpp>
#endif

namespace calls {

#if defined(SIMDACT_TEST_DISPATCH)

using namespace simdact::dispatch;

template <class F, class T>
T value(F const& f, T x) {
  T y;
  simdact::dispatch::forward(f, std::span(&x, 1), std::span(&y, 1));
  return y;
}

template <class F, class T>
T slope(F const& f, T x) {
  T d;
  simdact::dispatch::derivative(f, std::span(&x, 1), std::span(&d, 1));
  return d;
}

template <class F, class T>
simdact::ValueAndDerivative<T> value_and_slope(F const& f, T x) {
  T y, d;
  simdact::dispatch::forward_and_derivative(f, std::span(&x, 1), std::span(&y, 1),
                                            std::span(&d, 1));
  return {y, d};
}

#else

using namespace simdact;

template <class F, class T>
T value(F const& f, T x) {
  return f.forward(x);
}

template <class F, class T>
T slope(F const& f, T x) {
  return f.derivative(x);
}

template <class F, class T>
ValueAndDerivative<T> value_and_slope(F const& f, T x) {
  return f.forward_and_derivative(x);
}

#endif

}  // namespace calls
