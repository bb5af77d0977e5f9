#pragma once

/// @file
/// A row of the benchmark: its arrays, its name, its counters.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include <xsimd/xsimd.hpp>

namespace bench {

/// On cache lines of their own, so that no row is faster for the place where its memory happens to be.
template <class T>
using Array = std::vector<T, xsimd::aligned_allocator<T, 64>>;

/// What the rows of one type and size read (x, grad_y) and write (y, d).
template <class T>
struct Arrays {
  Array<T> x, grad_y, y, d;

  /// x as a network sees it, N(0, 3), with an eighth of the values uniform on [-20, 20], so that the
  /// tails cost what they cost; grad_y from N(0, 1). Always the same.
  explicit Arrays(std::size_t n) : x(n), grad_y(n), y(n), d(n) {
    std::mt19937_64 random(1);
    std::normal_distribution<T> middle(0, 3);
    std::uniform_real_distribution<T> wide(-20, 20);
    std::normal_distribution<T> gradient(0, 1);
    for (T& value : x)
      value = random() % 8 == 0 ? wide(random) : middle(random);
    for (T& value : grad_y)
      value = gradient(random);
  }
};

/// Made when the first row asks for them: a filtered run pays for what it measures.
template <class T>
Arrays<T>& arrays(std::size_t n) {
  static std::map<std::size_t, Arrays<T>> made;
  return made.try_emplace(n, n).first->second;
}

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
