// More elements than 32 bits count: 2^31 + 3. All but the first and last of them are the same 2 MiB of memory,
// mapped again and again, so that the test needs next to none.

#include <simdact/simdact.hpp>

#include <iostream>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "catch.hpp"

namespace {

constexpr std::size_t count = (std::size_t{1} << 31) + 3;

#if defined(__linux__)

/// `count` floats: own memory at both ends, shared by all of the middle.
class Huge {
 public:
  Huge() {
    const int file = memfd_create("huge", 0);
    if (file < 0 || ftruncate(file, static_cast<off_t>(3 * region)) != 0)
      return;
    void* const all =
        mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all != MAP_FAILED) {
      memory_ = static_cast<char*>(all);
      mapped_ = true;
      for (std::size_t at = 0; at < bytes; at += region) {
        const std::size_t from = at == 0 ? 0 : at + region < bytes ? region : 2 * region;
        mapped_ =
            mapped_ && mmap(memory_ + at, region, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
                            file, static_cast<off_t>(from)) != MAP_FAILED;
      }
    }
    close(file);
  }
  Huge(Huge const&) = delete;
  Huge& operator=(Huge const&) = delete;
  ~Huge() {
    if (memory_ != nullptr)
      munmap(memory_, bytes);
  }

  bool mapped() const { return mapped_; }
  std::span<float> floats() const { return {reinterpret_cast<float*>(memory_), count}; }
  /// What lies behind them.
  float& beyond() const { return reinterpret_cast<float*>(memory_)[count]; }

  /// The number everywhere.
  void fill(float value) const {
    for (std::size_t at : {std::size_t{0}, region, bytes - region})
      std::fill_n(reinterpret_cast<float*>(memory_ + at), region / sizeof(float), value);
  }

 private:
  static constexpr std::size_t region = std::size_t{2} << 20;
  static constexpr std::size_t bytes = (count * sizeof(float) / region + 1) * region;
  char* memory_ = nullptr;
  bool mapped_ = false;
};

#else

struct Huge {
  bool mapped() const { return false; }
  std::span<float> floats() const { return {}; }
  float& beyond() const { throw std::bad_alloc(); }
  void fill(float) const {}
};

#endif

/// One for all cases, or null, and then says so.
Huge const* huge() {
  static const Huge memory;
  if (!memory.mapped()) {
    std::cout << "huge arrays are left out: their memory cannot be mapped here\n";
    return nullptr;
  }
  return &memory;
}

}  // namespace

TEST_CASE("2^31 + 3 elements, elementwise in place") {
  Huge const* const memory = huge();
  if (memory == nullptr)
    return;
  memory->fill(-2.0f);
  const std::span<float> x = memory->floats();
  memory->beyond() = -12345.0f;
  simdact::forward(simdact::LeakyReLU<>{.negative_slope = 0.0f}, x, x);
  for (const std::size_t i :
       {std::size_t{0}, count / 2, count - 4, count - 3, count - 2, count - 1})
    CHECK(x[i] == 0.0f);
  CHECK(memory->beyond() == -12345.0f);
}

TEST_CASE("2^31 + 3 logits of one row") {
  Huge const* const memory = huge();
  if (memory == nullptr)
    return;
  memory->fill(0.0f);
  const std::span<float> x = memory->floats();
  memory->beyond() = 1000.0f;
  // All classes are as probable as any other, the label's the last that has a number.
  const std::array label = {std::numeric_limits<std::int32_t>::max()};
  const double loss = forward(simdact::CrossEntropy<float, simdact::Fast>{}, x, label, count);
  CHECK(std::fabs(loss - std::log(static_cast<double>(count))) < 1e-5);
  x[count - 1] = 2.0f;
  CHECK(simdact::sample(x, {.temperature = 0.0}, 0.5) == count - 1);
}
