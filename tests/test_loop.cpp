// When the loop writes past the caches. That it then writes the same is what test_array_streaming checks.

#include <simdact/detail/loop.hpp>

#include "catch.hpp"

TEST_CASE("large outputs are streamed where their alignment allows, but never in place") {
  using V = simdact::detail::Lanes<float, xsimd::default_arch>;
  constexpr std::size_t large = SIMDACT_STREAMING_BYTES / sizeof(float);
  constexpr bool able = simdact::detail::lane_count < V >> 1;
  alignas(64) static std::array<float, 64> memory{};
  float* const a = memory.data();
  float* const b = a + 32;
  const auto streamed = [](std::size_t n, std::array<float const*, 1> in, auto out) {
    return simdact::detail::are_streamed<V>(n, in, out);
  };
  CHECK(streamed(large, {a}, std::array{b}) == able);
  CHECK_FALSE(streamed(large - 1, {a}, std::array{b}));
  CHECK_FALSE(streamed(large, {a}, std::array{a}));
  CHECK(streamed(large, {a}, std::array{b + 1}) == able);
  CHECK(streamed(large, {a}, std::array{b + 1, b + 17}) == able);
  CHECK_FALSE(streamed(large, {a}, std::array{b, b + 1}));
  CHECK_FALSE(streamed(large, {a}, std::array{b, a}));
  float* const odd = reinterpret_cast<float*>(reinterpret_cast<char*>(b) + 1);
  CHECK_FALSE(streamed(large, {a}, std::array{odd}));
}
