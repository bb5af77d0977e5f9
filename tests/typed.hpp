#pragma once

/// @file
/// Walks THE LIST in both precisions, each activation in a section of its own.

#include <string>

#include <simdact/simdact.hpp>

#include "catch.hpp"
#include "reference.hpp"

template <class F>
std::string title(F const& f) {
  return std::string(f.name) + (sizeof(typename F::value_type) == 4 ? "/float" : "/double");
}

/// Calls test(f) for every listed activation in float and in double.
template <class Test>
void for_each_typed(Test test) {
  std::size_t count = 0;
  const auto section = [&](auto f) {
    ++count;
    INFO(title(f));
    test(f);
  };
  simdact::for_each_activation<float>(section);
  simdact::for_each_activation<double>(section);
  REQUIRE(count == 36);
}
