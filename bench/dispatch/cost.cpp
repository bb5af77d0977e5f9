// What a call of simdact::dispatch costs beside the same call of the header, as this program is compiled, in float:
//
//   cmake --preset bench && cmake --build build/bench --target run-dispatch-cost
//
// Of each pair both have their turn in every round, the one or the other first, and the median over the rounds is
// taken of the difference (16 elements) or of the ratio (2048). Exits with 1 if a bar is missed.

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <simdact/dispatch.hpp>
#include <simdact/simdact.hpp>
#include <string>
#include <vector>

#include "../arrays.hpp"

namespace {

using simdact::Fast;
using simdact::Precise;

/// Of both bars: at most so many ns more on 16 elements, and the header's time over ours on 2048.
constexpr double most_overhead = 5.0;
constexpr double least_ratio = 0.97;

constexpr int rounds = 301;
constexpr double turn = 20'000.0;  // ns; some hundred times what reading the clock costs

template <class Call>
double nanoseconds(Call const& call, int repetitions) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  for (int i = 0; i < repetitions; ++i) {
    call();
    asm volatile("" ::: "memory");  // all results are wanted, each time
  }
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / repetitions;
}

double median(std::array<double, rounds> values) {
  std::nth_element(values.begin(), values.begin() + rounds / 2, values.end());
  return values[rounds / 2];
}

struct Cost {
  double difference;
  double ratio;
};

template <class Header, class Dispatched>
Cost compare(Header const& header, Dispatched const& dispatched) {
  nanoseconds(dispatched, 1);  // chooses the instruction set
  const double once = std::max(1.0, nanoseconds(header, 100));
  const int repetitions = std::max(1, static_cast<int>(turn / once));
  std::array<double, rounds> differences, ratios;
  for (std::size_t round = 0; round < rounds; ++round) {
    const bool header_first = round % 2 == 0;
    double ours = header_first ? 0.0 : nanoseconds(dispatched, repetitions);
    const double theirs = nanoseconds(header, repetitions);
    if (header_first)
      ours = nanoseconds(dispatched, repetitions);
    differences[round] = ours - theirs;
    ratios[round] = theirs / ours;
  }
  return {median(differences), median(ratios)};
}

/// Of an activation: forward and backward in Precise, then in Fast.
struct Row {
  std::string name;
  std::vector<Cost> costs;
};

template <class Accuracy>
void measure(std::vector<Row>& rows, std::size_t n) {
  bench::Arrays<float>& a = bench::arrays<float>(n);
  std::size_t i = 0;
  simdact::for_each_activation<float, Accuracy>([&](auto const& f) {
    if (i == rows.size())
      rows.push_back({std::string(f.name), {}});
    std::vector<Cost>& costs = rows[i++].costs;
    costs.push_back(compare([&] { simdact::forward(f, a.x, a.y); },
                            [&] { simdact::dispatch::forward(f, a.x, a.y); }));
    costs.push_back(compare([&] { simdact::backward(f, a.x, a.grad_y, a.d); },
                            [&] { simdact::dispatch::backward(f, a.x, a.grad_y, a.d); }));
  });
}

std::vector<Row> measured(std::size_t n) {
  std::vector<Row> rows;
  measure<Precise>(rows, n);
  measure<Fast>(rows, n);
  return rows;
}

/// Prints one number of each cost, and gives all of them.
std::vector<double> print(std::vector<Row> const& rows, double Cost::*number) {
  std::printf("%-17s %16s %16s\n%-17s %8s%8s %8s%8s\n", "", "Precise", "Fast", "", "forward",
              "back", "forward", "back");
  std::vector<double> all;
  for (Row const& row : rows) {
    std::printf("%-17s", row.name.c_str());
    for (Cost const& cost : row.costs) {
      std::printf(" %7.2f", cost.*number);
      all.push_back(cost.*number);
    }
    std::printf("\n");
  }
  return all;
}

}  // namespace

int main() {
  std::printf(
      "header: %s, dispatch: %s\n\n16 elements: ns that a call of the dispatch takes more\n",
      xsimd::default_arch::name(), std::string(simdact::dispatch::architecture()).c_str());
  std::vector<double> overheads = print(measured(16), &Cost::difference);
  std::sort(overheads.begin(), overheads.end());
  std::printf("median %.2f, worst %.2f (bar: %.2f)\n\n", overheads[overheads.size() / 2],
              overheads.back(), most_overhead);

  std::printf("2048 elements: the header's time over the dispatch's\n");
  const std::vector<double> ratios = print(measured(2048), &Cost::ratio);
  double logarithms = 0.0;
  for (const double ratio : ratios)
    logarithms += std::log(ratio);
  const double worst = *std::min_element(ratios.begin(), ratios.end());
  std::printf("geometric mean %.3f, worst %.3f (bar: %.2f)\n",
              std::exp(logarithms / static_cast<double>(ratios.size())), worst, least_ratio);
  return overheads.back() <= most_overhead && worst >= least_ratio ? 0 : 1;
}
