#include "measure.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <random>

namespace {

using bench::Call;

constexpr double turn = 20'000;  // ns; some hundred times what reading the clock costs

double time(Call const& call, int repetitions) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  for (int i = 0; i < repetitions; ++i)
    call();
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / repetitions;
}

/// The first call, which may prepare something, does not count.
int repetitions_for(Call const& call) {
  call();
  const double once = std::min(time(call, 1), time(call, 1));
  return static_cast<int>(std::ceil(turn / std::clamp(once, 10.0, turn)));
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::vector<double> bench::measure(std::vector<Call> const& calls, int rounds) {
  std::vector<int> repetitions;
  for (Call const& call : calls)
    repetitions.push_back(repetitions_for(call));
  std::vector<std::vector<double>> times(calls.size());
  // In another order each time: what one leaves in the second cache, the next finds there.
  std::vector<std::size_t> order(calls.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937 random;
  for (int round = 0; round < rounds; ++round) {
    std::ranges::shuffle(order, random);
    for (const std::size_t i : order) {
      if (repetitions[i] > 1)
        calls[i]();  // brings its code and tables back into the caches
      times[i].push_back(time(calls[i], repetitions[i]));
    }
  }
  std::vector<double> medians;
  for (std::vector<double> const& t : times)
    medians.push_back(median(t));
  return medians;
}
