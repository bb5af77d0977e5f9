// The same bits everywhere: the checksums of all results that the exhaustive sweep has committed hold in
// this build too, whatever its instruction set and compiler. Of the 64 parts a run takes one, another
// each day; SIMDACT_CHECKSUM_PART=0..63 asks for a certain one. With SIMDACT_CHECKSUM_SHARE=N, for slow
// emulators, a run takes one row of N, others each day: every N that is odd comes round to everything.

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "exhaustive/row.hpp"
#include "exhaustive/rows.hpp"
#include "isa.hpp"

namespace {

/// An environment variable's number, or `otherwise`.
std::uint32_t setting(char const* name, std::uint32_t otherwise) {
  char const* const text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::stoul(text));
}

std::uint32_t days_since_1970() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(now / std::chrono::hours(24));
}

/// What one block of inputs, or all of them, gave.
struct Sums {
  std::uint64_t inputs = 0;
  std::uint64_t value = 0;
  std::uint64_t derivative = 0;
  std::uint64_t disagreements = 0;  // of scalars or of forward_and_derivative with the arrays

  void operator+=(Sums const& other) {
    inputs += other.inputs;
    value += other.value;
    derivative += other.derivative;
    disagreements += other.disagreements;
  }
};

constexpr std::uint32_t block = 1 << 12;

bool same(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

/// The block's first elements one by one, and both directions at once.
template <class F>
std::uint64_t disagreements(F const& f, std::vector<float> const& x, std::vector<float> const& y,
                            std::vector<float> const& d) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const auto both = f.forward_and_derivative(x[i]);
    count += same(f.forward(x[i]), y[i]) && same(f.derivative(x[i]), d[i]) ? 0 : 1;
    count += same(both.value, y[i]) && same(both.derivative, d[i]) ? 0 : 1;
  }
  std::vector<float> value(block), derivative(block);
  simdact::forward_and_derivative(f, x, value, derivative);
  for (std::size_t i = 0; i < block; ++i)
    count += same(value[i], y[i]) && same(derivative[i], d[i]) ? 0 : 1;
  return count;
}

/// Every `step`-th block of the part, from block `first` on.
template <class F>
Sums sum_blocks(F const& f, std::uint32_t part, std::uint32_t first, std::uint32_t step) {
  constexpr auto blocks = static_cast<std::uint32_t>((std::uint64_t{1} << 32) / parts / block);
  std::vector<float> x(block), y(block), d(block);
  Sums sums;
  for (std::uint32_t b = first; b < blocks; b += step) {
    for (std::uint32_t i = 0; i < block; ++i)
      x[i] = std::bit_cast<float>((b * block + i) * parts + part);
    simdact::forward(f, x, y);
    simdact::derivative(f, x, d);
    for (std::uint32_t i = 0; i < block; ++i) {
      sums.value += mix(x[i], y[i]);
      sums.derivative += mix(x[i], d[i]);
    }
    sums.inputs += block;
    if (b % 16 == 0)
      sums.disagreements += disagreements(f, x, y, d);
  }
  return sums;
}

template <class F>
Sums sum_part(F const& f, std::uint32_t part) {
  const std::uint32_t cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<Sums> sums(cores);
  std::vector<std::thread> threads;
  for (std::uint32_t i = 0; i < cores; ++i)
    threads.emplace_back([&, i] { sums[i] = sum_blocks(f, part, i, cores); });
  Sums all;
  for (std::uint32_t i = 0; i < cores; ++i) {
    threads[i].join();
    all += sums[i];
  }
  return all;
}

/// Of all rows of a tier, one in `share`; compare(name, checksum, part) judges each direction's sum.
template <class Accuracy, class Compare>
void sum_rows(Compare compare) {
  const std::uint32_t today = setting("SIMDACT_CHECKSUM_PART", days_since_1970());
  const std::uint32_t part = today % parts;
  const std::uint32_t share = setting("SIMDACT_CHECKSUM_SHARE", 1);
  std::cout << "part " << part << " of " << parts << ", one row of " << share << '\n';
  std::uint32_t row = 0;
  for_each_row<Accuracy>([&](auto const& f, std::string const& parameters) {
    if (++row % share != today % share)
      return;
    const std::string value = value_name(f, parameters);
    const std::string derivative = derivative_name(f, parameters);
    INFO(value << ", part " << part << ": build/exhaustive/tests/exhaustive finds the inputs");
    const Sums sums = sum_part(f, part);
    CHECK(sums.inputs == (std::uint64_t{1} << 32) / parts);
    compare(value, sums.value, part);
    compare(derivative, sums.derivative, part);
    CHECK(sums.disagreements == 0);
  });
}

/// The folder of the sweep whose bits the Fast tier has in this build: AVX-512 has tables of its own, elsewhere it
/// matters whether multiply-adds are fused. Empty but for x86-64: elsewhere CI has an emulator, which would take
/// minutes.
#if defined(__AVX512F__)
constexpr std::string_view fast_sweep = "fast/avx512";
#elif defined(__FMA__)
constexpr std::string_view fast_sweep = "fast/avx2";
#elif defined(__SSE2__)
constexpr std::string_view fast_sweep = "fast/sse2";
#else
constexpr std::string_view fast_sweep = "";
#endif

}  // namespace

TEST_CASE("a part of all floats has the committed checksums") {
  sum_rows<simdact::Precise>([](std::string const& name, std::uint64_t checksum,
                                std::uint32_t part) {
    const Row row = read(file_of(SIMDACT_DATA "/exhaustive", name), name);
    // Only correct rounding makes every build agree. Where a few results are rounded the wrong way, as
    // at some other parameters, a build without fused multiply-add may round others.
    if (row.findings.misrounded == 0) {
      CHECK(checksum == row.checksums[part]);
    } else {
      std::cout << name << ": not compared, " << row.findings.misrounded << " of 2^32 misrounded\n";
    }
  });
}

TEST_CASE("in the fast tier too") {
  if (fast_sweep.empty()) {
    std::cout << "not compared on " << isa << ": an emulator would take minutes\n";
    return;
  }
  sum_rows<simdact::Fast>([&](std::string const& name, std::uint64_t checksum, std::uint32_t part) {
    CHECK(checksum == read(file_of(std::filesystem::path(SIMDACT_DATA) / fast_sweep, name), name)
                          .checksums[part]);
  });
}
