// Every activation and derivative against its closed form in 320 bits.

#include <iostream>

#include "measure.hpp"

TEST_CASE("forward and derivative are within their bounds of the exact value") {
  for_each_typed([](auto f) {
    const Errors errors = measure(f, f);
    using F = decltype(f);
    std::cout << errors.value.describe(title(f)) << '\n'
              << errors.derivative.describe(title(f) + "'") << '\n';
    CHECK(errors.value.error <= value_bound<F>());
    CHECK(errors.derivative.error <= derivative_bound<F>());
  });
}
