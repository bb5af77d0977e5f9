// Every activation and derivative against its closed form in 320 bits.

#include <iostream>

#include "measure.hpp"

TEST_CASE("forward and derivative are within their bounds of the exact value") {
  for_each_typed([](auto f) {
    const Errors errors = measure(f, f);
    using F = decltype(f);
    std::cout << errors.value.describe(title(f)) << '\n'
              << errors.derivative.describe(title(f) + "'") << '\n';
    CHECK(errors.value.error <= Contract<F>::value_bound);
    CHECK(errors.derivative.error <= Contract<F>::derivative_bound);
  });
}
