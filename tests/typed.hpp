#pragma once

/// @file
/// Walks THE LIST, or some of it, in both precisions and in both tiers.

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

template <template <class, class> class...>
struct Kinds {};

/// Calls test(f) for some activations: a piecewise linear one, one with a parameter in its kernel and one
/// without. For algorithms that take any activation: to compile them for all takes minutes. (The arrays of all of
/// them are walked by test_checksums and test_doubles.)
template <class Test>
void for_some_typed(Test test) {
  const auto both_tiers = [&]<template <class, class> class... F>(Kinds<F...>) {
    const auto section = [&](auto f) {
      INFO(title(f));
      test(f);
    };
    (section(F<float, simdact::Precise>{}), ...);
    (section(F<float, simdact::Fast>{}), ...);
    (section(F<double, simdact::Precise>{}), ...);
  };
  both_tiers(Kinds<simdact::LeakyReLU, simdact::Swish, simdact::GELU>{});
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
  REQUIRE(count == 87);
}
