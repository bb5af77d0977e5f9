#pragma once

/// @file
/// Checksums of all results of a function, in 64 parts by the lowest bits of the input. Equal checksums
/// of two builds mean equal bits; a test that can't afford all inputs takes one part.

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>

inline constexpr std::uint32_t parts = 64;

using Checksums = std::array<std::uint64_t, parts>;

/// Mixes an input and its result (splitmix64, Steele, Lea and Flood 2014). A checksum is the sum over
/// its inputs, so that neither order nor threads matter. Every NaN is the same NaN.
inline std::uint64_t mix(float x, float y) {
  const std::uint32_t result = std::isnan(y) ? 0x7fc00000U : std::bit_cast<std::uint32_t>(y);
  std::uint64_t z =
      (std::uint64_t{std::bit_cast<std::uint32_t>(x)} << 32 | result) + 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

inline void add(Checksums& sums, std::span<float const> x, std::span<float const> y) {
  for (std::size_t i = 0; i < x.size(); ++i)
    sums[std::bit_cast<std::uint32_t>(x[i]) % parts] += mix(x[i], y[i]);
}

/// The checksum of all inputs.
inline std::uint64_t whole(Checksums const& sums) {
  std::uint64_t sum = 0;
  for (const std::uint64_t part : sums)
    sum += part;
  return sum;
}
