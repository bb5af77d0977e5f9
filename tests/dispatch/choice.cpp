// Which instruction set is chosen, and when.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <simdact/dispatch.hpp>
#include <thread>
#include <vector>

#include "../catch.hpp"
#include "../message_of.hpp"

namespace dispatch = simdact::dispatch;

namespace {

std::string listed() {
  std::string names;
  for (std::string_view name : dispatch::available())
    names += (names.empty() ? "" : ", ") + std::string(name);
  return names;
}

}  // namespace

TEST_CASE("an empty SIMDACT_ARCH leaves the best there is", "[best]") {
  const auto available = dispatch::available();
  REQUIRE_FALSE(available.empty());
  CHECK(dispatch::architecture() == available.front());
#if defined(__x86_64__)
  CHECK(available.back() == "sse2");
  const auto has = [&](std::string_view name) {
    return std::find(available.begin(), available.end(), name) != available.end();
  };
  CHECK(has("avx2") == (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")));
  CHECK((!has("avx512") || has("avx2")));
#endif
}

TEST_CASE("SIMDACT_ARCH is read at the first call that can use it, by whichever thread comes first",
          "[forced]") {
  std::array<float, 3> x = {-1.0f, 0.0f, 1.0f};
  const auto before = x;
#if defined(__aarch64__)
  constexpr char const* elsewhere = "avx2";
#else
  constexpr char const* elsewhere = "neon";
#endif
  for (char const* name : {"nonsense", "AVX2", "avx2 ", elsewhere}) {
    REQUIRE(setenv("SIMDACT_ARCH", name, 1) == 0);
    const std::string expected = "simdact: the environment variable SIMDACT_ARCH is \"" +
                                 std::string(name) + "\", but this machine has: " + listed();
    CHECK(message_of([] { dispatch::architecture(); }) == expected);
    CHECK(message_of([&] { dispatch::forward(simdact::ReLU<>{}, x, x); }) == expected);
    CHECK(x == before);
  }

  const std::string_view last = dispatch::available().back();
  REQUIRE(setenv("SIMDACT_ARCH", std::string(last).c_str(), 1) == 0);
  std::atomic<bool> go = false;
  std::array<std::string_view, 8> seen;
  std::array<std::array<float, 3>, 8> results;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    threads.emplace_back([&, i] {
      while (!go) {}
      dispatch::forward(simdact::ReLU<>{}, x, results[i]);
      seen[i] = dispatch::architecture();
    });
  }
  go = true;
  for (std::thread& thread : threads)
    thread.join();
  for (std::size_t i = 0; i < seen.size(); ++i) {
    CHECK(seen[i] == last);
    CHECK(results[i] == std::array{0.0f, 0.0f, 1.0f});
  }

  REQUIRE(setenv("SIMDACT_ARCH", "nonsense", 1) == 0);
  CHECK(dispatch::architecture() == last);
}
