#pragma once

/// @file
/// One row of the table: one direction of one activation over the chosen bit patterns.

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include <unistd.h>

#include "../reference.hpp"
#include "../sweep.hpp"
#include "options.hpp"

struct Row {
  std::uint64_t samples = 0;
  std::uint64_t misrounded = 0;
  double max_ulp = 0.0;
  float worst = 0.0f;
  std::uint64_t checksum = 0;
  std::uint64_t decided_by_mpfr = 0;

  void merge(Row const& other) {
    samples += other.samples;
    misrounded += other.misrounded;
    checksum += other.checksum;
    decided_by_mpfr += other.decided_by_mpfr;
    if (other.max_ulp > max_ulp) {
      max_ulp = other.max_ulp;
      worst = other.worst;
    }
  }
};

/// Mixes an input and its result (splitmix64, Steele, Lea and Flood 2014); the checksum is the sum over
/// all inputs, so that neither order nor threads matter.
inline std::uint64_t mix(std::uint32_t x, std::uint32_t y) {
  std::uint64_t z = (std::uint64_t{x} << 32 | y) + 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

/// Every NaN is the same NaN.
inline std::uint32_t canonical_bits(float y) {
  return std::isnan(y) ? 0x7fc00000U : std::bit_cast<std::uint32_t>(y);
}

/// One direction of F: the kernel over an array, and the reference in long double and in Real.
template <class F>
struct Forward {
  static constexpr std::string_view suffix = "";
  static void kernel(F const& f, std::span<float const> x, std::span<float> y) {
    simdact::forward(f, x, y);
  }
  template <class R>
  static R reference(F const& f, R const& x) {
    return reference::Reference<F>::value(f, x);
  }
};

template <class F>
struct Derivative {
  static constexpr std::string_view suffix = "'";
  static void kernel(F const& f, std::span<float const> x, std::span<float> y) {
    simdact::derivative(f, x, y);
  }
  template <class R>
  static R reference(F const& f, R const& x) {
    return reference::Reference<F>::derivative(f, x);
  }
};

/// Compares y to the exact value at x. Long double decides unless a rounding boundary lies within the
/// error of its formula: 2^-54 of the value, and 2^-59 absolutely where derivatives cross zero. MPFR
/// decides those. Where even long double underflows, the sign of zero is left to the limits' test.
template <class Direction, class F>
void judge(F const& f, float x, float y, Row& row) {
  const long double exact = Direction::template reference<long double>(f, x);
  const bool may_cross_zero = std::fabs(x) > 0.25f && std::fabs(x) < 4.0f;
  const long double slack = std::fabs(exact) * 0x1p-54L + (may_cross_zero ? 0x1p-59L : 0.0L);
  float nearest = static_cast<float>(exact - slack);
  if (nearest != static_cast<float>(exact + slack)) {
    ++row.decided_by_mpfr;
    nearest = Direction::template reference<Real>(f, Real(x)).template to<float>();
  }
  const bool same = y == nearest && (exact == 0.0L || std::signbit(y) == std::signbit(nearest));
  if (same || (std::isnan(y) && std::isnan(nearest)))
    return;
  ++row.misrounded;
  const double error = sweep::ulp_error(y, Direction::template reference<Real>(f, Real(x)));
  if (error > row.max_ulp) {
    row.max_ulp = error;
    row.worst = x;
  }
}

/// The whole row, on all cores, with a progress line on a terminal.
template <class Direction, class F>
Row run(F const& f, Options const& options) {
  constexpr std::uint64_t block = 1 << 14;
  const std::uint64_t total =
      options.begin < options.end
          ? (options.end - options.begin + options.stride - 1) / options.stride
          : 0;
  std::atomic<std::uint64_t> next{0};
  std::mutex merging;
  Row row;
  const auto start = std::chrono::steady_clock::now();
  const auto work = [&](bool reports) {
    std::vector<float> x(block), y(block);
    Row mine;
    auto reported = start;
    for (std::uint64_t first; (first = next.fetch_add(block)) < total;) {
      const std::size_t n = std::min(block, total - first);
      for (std::size_t i = 0; i < n; ++i) {
        x[i] = std::bit_cast<float>(
            static_cast<std::uint32_t>(options.begin + (first + i) * options.stride));
      }
      Direction::kernel(f, std::span(x).first(n), std::span(y).first(n));
      for (std::size_t i = 0; i < n; ++i) {
        mine.checksum += mix(std::bit_cast<std::uint32_t>(x[i]), canonical_bits(y[i]));
      }
      mine.samples += n;
      if (!options.checksum_only) {
        for (std::size_t i = 0; i < n; ++i) {
          if (std::isnan(x[i])) {
            mine.misrounded += std::isnan(y[i]) ? 0 : 1;
          } else {
            judge<Direction>(f, x[i], y[i], mine);
          }
        }
      }
      const auto now = std::chrono::steady_clock::now();
      if (reports && now - reported > std::chrono::seconds(1)) {
        reported = now;
        const double share = static_cast<double>(first) / static_cast<double>(total);
        const double spent = std::chrono::duration<double>(now - start).count();
        std::fprintf(stderr, "\r%s%s %5.1f %%, %.0f s left   ", std::string(f.name).c_str(),
                     std::string(Direction::suffix).c_str(), 100.0 * share,
                     share > 0.0 ? spent / share * (1.0 - share) : 0.0);
      }
    }
    const std::lock_guard lock(merging);
    row.merge(mine);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    threads.emplace_back(work, false);
  }
  work(isatty(STDERR_FILENO) != 0);
  for (std::thread& thread : threads)
    thread.join();
  if (isatty(STDERR_FILENO) != 0)
    std::fprintf(stderr, "\r%60s\r", "");
  return row;
}
