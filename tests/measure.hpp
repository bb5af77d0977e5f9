#pragma once

/// @file
/// The harness: any functor against the closed form of a row of tests/reference.hpp.

#include "contract.hpp"
#include "sweep.hpp"
#include "typed.hpp"

struct Errors {
  sweep::Worst value;
  sweep::Worst derivative;
};

/// What the harness does with any functor: sweeps it against the reference row of `row`.
template <class F, class Row>
Errors measure(F const& f, Row const& row) {
  using T = typename F::value_type;
  constexpr bool is_float = sizeof(T) == 4;
  using Promise = Contract<Row>;
  Errors errors;
  const auto sample = [&](T x) {
    const Real exact(x);
    const Real value = reference::Reference<Row>::value(row, exact);
    const Real derivative = reference::Reference<Row>::derivative(row, exact);
    const T y = f.forward(x);
    const T d = f.derivative(x);
    errors.value.add(sweep::ulp_error(y, value, Promise::value_floor(x)), x, y, value);
    errors.derivative.add(sweep::ulp_error(d, derivative, Promise::derivative_floor), x, d,
                          derivative);
  };
  // Primes, so that the low bits of the patterns take all values.
  const auto stride = static_cast<sweep::Bits<T>>(is_float ? 600011ULL : 2251799813685251ULL);
  std::uint64_t expected = sweep::for_each_pattern<T>(stride, sample);
  CHECK(expected > 7000);
  expected += sweep::for_each_between<T>(-20.0, 20.0, 4000, sample);
  expected += sweep::for_each_between<T>(-2.0, -0.5, 4000, sample);  // the zero crossings of f'
  expected += sweep::for_each_between<T>(-0.01, 0.01, 1000, sample);
  // Where results become subnormal and vanish.
  const double edge = is_float ? 90.0 : 715.0;
  expected += sweep::for_each_between<T>(-edge - 40.0, -edge + 15.0, 2000, sample);
  expected +=
      sweep::for_each_between<T>(is_float ? -14.5 : -39.0, is_float ? -10.0 : -20.0, 2000, sample);
  expected += sweep::for_each_between<T>(edge - 15.0, edge + 40.0, 500, sample);
  CHECK(errors.value.samples == expected);
  CHECK(errors.derivative.samples == expected);
  return errors;
}
