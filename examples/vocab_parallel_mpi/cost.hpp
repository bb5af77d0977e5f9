// What a row costs on paper, on more ranks than there are here:
//
//   work   the time of a logit, measured, for a rank's share of them
//   wire   log2(ranks) messages, one after the other, of latency + bytes / bandwidth, assumed, for the states and again
//          for the labels' logits
//
// An all-reduce of few bytes takes that many messages by recursive doubling: Thakur, Rabenseifner and Gropp,
// "Optimization of collective communication operations in MPICH", 2005. Rows that go in one message share its
// latency.
#pragma once

#include <bit>
#include <chrono>
#include <cstdio>
#include <span>

#include "../gallery/table.hpp"
#include "rows.hpp"
#include "state_reduction.hpp"

namespace vocab {

// Of a network between machines, such as InfiniBand, about.
inline constexpr double latency = 2e-6, bytes_per_second = 1e10;

// To gather the state and to write the probabilities: the fastest of some rows.
inline double seconds_of_logit(std::span<const float> logits, std::span<float> probs) {
  using Clock = std::chrono::steady_clock;
  auto best = Clock::duration::max();
  for (int repeat = 0; repeat < 20; ++repeat) {
    const auto start = Clock::now();
    State state;
    state.update(logits);
    state.write_probabilities(logits, probs);
    best = std::min(best, Clock::now() - start);
  }
  return std::chrono::duration<double>(best).count() / double(logits.size());
}

// Of a row, of which `bytes` go over the wire, in messages with `rows` of them.
inline double seconds_of_wire(unsigned ranks, std::size_t bytes, double rows) {
  return std::bit_width(ranks - 1) * (2 * latency / rows + double(bytes) / bytes_per_second);
}

// Returns what it prints.
inline gallery::Table print_costs(double logit, std::size_t bytes) {
  std::printf("microseconds of a row: work at the measured %.2f ns a logit,\n", logit * 1e9);
  std::printf("wire at assumed %.0f us a message and %.0f GB/s\n", latency * 1e6,
              bytes_per_second * 1e-9);
  std::printf("%5s %10s %16s %16s\n", "ranks", "work", "wire, 1 row", "of 1,000 rows");
  gallery::Table table({"ranks", "work", "wire, 1 row a message", "wire, 1,000 rows a message"});
  for (const unsigned ranks : {1U, 2U, 4U, 8U, 16U, 32U, 64U, 128U, 256U, 512U, 1'000U}) {
    const double work = double(vocabulary) / ranks * logit * 1e6;
    const double alone = seconds_of_wire(ranks, bytes, 1) * 1e6;
    const double among = seconds_of_wire(ranks, bytes, 1'000) * 1e6;
    std::printf("%5u %10.1f %16.3f %16.3f\n", ranks, work, alone, among);
    table.row({double(ranks), work, alone, among});
  }
  return table;
}

}  // namespace vocab
