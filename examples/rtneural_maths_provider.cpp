// simdact inside another library: its functors are a maths provider, the policy by which RTNeural, a library for neural
// networks in real-time audio, takes its tanh and sigmoid. Here a recurrent layer of our own takes the same policy.
//
//   rtneural_maths_provider/maths_providers.hpp   the providers
//   rtneural_maths_provider/gru.hpp               the layer, over numbers or batches

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <random>
#include <vector>

#include "rtneural_maths_provider/gru.hpp"
#include "rtneural_maths_provider/maths_providers.hpp"

namespace {

constexpr std::size_t units = 32;
constexpr std::size_t sample_rate = 48'000;

// A second of audio, a tone that swells and goes, and some noise.
std::vector<float> audio() {
  std::mt19937 random(1);
  std::vector<float> samples(sample_rate);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = double(i) / sample_rate;
    samples[i] = float(std::sin(1382.3 * t) * std::sin(6.2832 * t) +
                       0.05 * (double(random()) * 0x1p-31 - 1));
  }
  return samples;
}

// The states of the layer after each sample, and the seconds that they took.
template <class Maths, class V>
auto play(const std::vector<float>& input, double& seconds) {
  rtneural_maths_provider::GRU<Maths, V, units> layer(std::mt19937(2));
  using Number = simdact::scalar_of_t<V>;
  std::vector<std::array<Number, units>> states(input.size());
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < input.size(); ++i) {
    states[i] = layer.step(Number(input[i]));
  }
  seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return states;
}

using Exact = std::vector<std::array<double, units>>;

template <class Maths, class V>
void print_row(const char* provider, const char* values, const std::vector<float>& input,
               const Exact& exact) {
  double best = INFINITY, error = 0;
  for (int round = 0; round < 3; ++round) {
    double seconds = 0;
    const auto states = play<Maths, V>(input, seconds);
    best = std::min(best, seconds);
    for (std::size_t i = 0; i < states.size(); ++i) {
      for (std::size_t unit = 0; unit < units; ++unit) {
        const double difference = std::fabs(double(states[i][unit]) - exact[i][unit]);
        error = difference <= error ? error : difference;  // a NaN stays: the next states have it
      }
    }
  }
  std::printf("%-20s %-10s %12.1f %12.2f %% %12.1e\n", provider, values,
              1e9 * best / double(input.size()), 100 * best, error);
}

}  // namespace

int main() {
  using Batch = xsimd::batch<float>;
  using providers::Plain;
  using providers::Simdact;
  using simdact::Fast;
  using simdact::Precise;
  const std::vector<float> input = audio();
  double seconds = 0;
  const Exact exact = play<Plain, double>(input, seconds);
  std::printf("%-20s %-10s %12s %14s %12s\n", "provider", "values", "ns a sample", "of real time",
              "error");
  print_row<Plain, float>("std", "numbers", input, exact);
  print_row<Simdact<Precise>, float>("simdact, Precise", "numbers", input, exact);
  print_row<Simdact<Fast>, float>("simdact, Fast", "numbers", input, exact);
  print_row<Plain, Batch>("xsimd", "batches", input, exact);
  print_row<Simdact<Precise>, Batch>("simdact, Precise", "batches", input, exact);
  print_row<Simdact<Fast>, Batch>("simdact, Fast", "batches", input, exact);
  std::printf(R"(
A layer of %zu units over a second of audio at %zu Hz, in batches of %zu. Of real time: the
part of that second that it takes. Error: the largest of a state, next to the same layer in
double. That of Precise, whose functions are correctly rounded, comes from the sums.
)",
              units, sample_rate, Batch::size);
}
