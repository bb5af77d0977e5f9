#pragma once

/// @file
/// A row of the benchmark: its name, its counters.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <string>
#include <type_traits>

#include "arrays.hpp"

namespace bench {

/// A number of elements, and how a row's name spells it.
struct Size {
  std::size_t elements;
  std::string label = std::to_string(elements);
};

/// Adds the row type/what/size: `run(arrays)`, which reads and writes `streams` arrays between them,
/// after one `prepare(arrays)` that is not measured.
template <class T, class Run>
void add_row(
    std::string const& what, Size const& size, std::size_t streams, Run run,
    std::function<void(Arrays<T>&)> prepare = [](Arrays<T>&) {}) {
  const std::string type = std::is_same_v<T, float> ? "float" : "double";
  const std::string name = type + "/" + what + "/" + size.label;
  benchmark::RegisterBenchmark(
      name.c_str(), [n = size.elements, streams, run, prepare](benchmark::State& state) {
        using benchmark::Counter;
        Arrays<T>& a = arrays<T>(n);
        prepare(a);
        for (auto _ : state) {
          run(a);
          benchmark::ClobberMemory();
        }
        const auto elements = static_cast<double>(n);
        const auto bytes = static_cast<double>(streams * n * sizeof(T));
        state.counters["elements"] = Counter(elements, Counter::kIsIterationInvariantRate);
        state.counters["bytes"] = Counter(bytes, Counter::kIsIterationInvariantRate);
      });
}

}  // namespace bench
