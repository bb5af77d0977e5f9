// The ways to split an array over threads, and whether the results have the bits of one sequential call.
#pragma once

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <execution>
#include <functional>
#include <random>
#include <simdact/activations/gelu.hpp>
#include <simdact/array/elementwise.hpp>
#include <simdact/rowwise/softmax.hpp>
#include <span>
#include <vector>

namespace parallel {

// A call on the part of the arrays from `begin` to `end`.
using Call = std::function<void(std::size_t begin, std::size_t end)>;

// Cuts n elements into parts of about `grain`, as the partitioner likes.
template <class Partitioner>
void with_tbb(std::size_t n, std::size_t grain, const Call& call) {
  Partitioner partitioner;
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, n, grain),
      [&](const auto& part) { call(part.begin(), part.end()); }, partitioner);
}

// Standard C++, which libstdc++ hands to TBB, too. The iterators must be at least forward ones in the terms of
// C++17: those of std::views::iota are not, and would be walked by one thread without a word.
inline void with_standard(std::size_t n, std::size_t grain, const Call& call) {
  std::vector<std::size_t> begins;
  for (std::size_t begin = 0; begin < n; begin += grain) {
    begins.push_back(begin);
  }
  std::for_each(std::execution::par, begins.begin(), begins.end(),
                [&](std::size_t begin) { call(begin, std::min(begin + grain, n)); });
}

struct Split {
  const char* name;
  void (*run)(std::size_t n, std::size_t grain, const Call& call);
};

inline constexpr std::size_t grains[] = {1, 1'000, 30'000};
inline constexpr Split splits[] = {
    {"tbb::simple_partitioner", with_tbb<tbb::simple_partitioner>},
    {"tbb::auto_partitioner", with_tbb<tbb::auto_partitioner>},
    {"tbb::static_partitioner", with_tbb<tbb::static_partitioner>},
    {"tbb::affinity_partitioner", with_tbb<tbb::affinity_partitioner>},
    {"std::execution::par", with_standard},
};

// Uniform in [-8, 8), the same everywhere.
inline std::vector<float> numbers(std::size_t n, unsigned seed) {
  std::mt19937 bits(seed);
  std::vector<float> x(n);
  std::generate(x.begin(), x.end(), [&] { return float(bits() >> 8) * 0x1p-20F - 8; });
  return x;
}

auto part(auto& array, std::size_t begin, std::size_t end) {
  return std::span(array).subspan(begin, end - begin);
}

// Runs the split and says whether it fills `out` as one call on everything does.
inline bool is_same(const Split& split, std::size_t n, std::size_t grain, std::vector<float>& out,
                    const Call& call) {
  call(0, n);
  const std::vector<float> expected = out;
  std::fill(out.begin(), out.end(), 0.0F);
  split.run(n, grain, call);
  return std::memcmp(out.data(), expected.data(), out.size() * sizeof(float)) == 0;
}

// On four threads, however few cores there are. Returns whether all bits are the same.
inline bool print_splits() {
  constexpr std::size_t rows = 1'021, row_length = 257, n = rows * row_length;
  const std::vector<float> x = numbers(n, 1), grad_y = numbers(n, 2);
  std::vector<float> out(n);
  std::atomic<std::size_t> calls;
  const Call forward = [&](std::size_t begin, std::size_t end) {
    ++calls;
    simdact::forward(simdact::GELU<>{}, part(x, begin, end), part(out, begin, end));
  };
  const Call backward = [&](std::size_t begin, std::size_t end) {
    simdact::backward(simdact::GELU<float, simdact::Fast>{}, part(x, begin, end),
                      part(grad_y, begin, end), part(out, begin, end));
  };
  const Call softmax = [&](std::size_t begin, std::size_t end) {
    begin *= row_length, end *= row_length;
    simdact::forward(simdact::Softmax<float, simdact::Fast>{}, part(x, begin, end),
                     part(out, begin, end), row_length);
  };

  bool all_same = true;
  const auto verdict = [&](bool same) {
    all_same = all_same && same;
    return same ? "same" : "DIFFERENT";
  };
  std::printf("%zu elements on 4 threads\n", n);
  std::printf("%-26s %6s %7s %10s %14s %13s\n", "split", "grain", "calls", "gelu", "fast backward",
              "fast softmax");
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, 4);
  tbb::task_arena(4).execute([&] {
    for (const Split& split : splits) {
      for (const std::size_t grain : grains) {
        calls = 0;
        const char* const first = verdict(is_same(split, n, grain, out, forward));
        const std::size_t counted = calls - 1;  // without the sequential one
        std::printf("%-26s %6zu %7zu %10s %14s %13s\n", split.name, grain, counted, first,
                    verdict(is_same(split, n, grain, out, backward)),
                    verdict(is_same(split, rows, grain / row_length + 1, out, softmax)));
      }
    }
  });
  return all_same;
}

}  // namespace parallel
