#pragma once

/// @file
/// Walks THE LIST in both precisions and in both tiers, each activation in a section of its own.

#include <string>

#include <simdact/simdact.hpp>

#include "catch.hpp"
#include "contract.hpp"

template <class F>
std::string title(F const& f) {
  return std::string(f.name) + (Contract<F>::fast       ? "/fast"
                                : Contract<F>::is_float ? "/float"
                                                        : "/double");
}

/// Calls test(f) for every listed activation in float, precise and fast, and in double.
template <class Test>
void for_each_typed(Test test) {
  std::size_t count = 0;
  const auto section = [&](auto f) {
    ++count;
    INFO(title(f));
    test(f);
  };
  simdact::for_each_activation<float>(section);
  simdact::for_each_activation<float, simdact::Fast>(section);
  simdact::for_each_activation<double>(section);
  REQUIRE(count == 54);
}
