#pragma once

/// @file
/// One row of the table: one direction of one activation over all floats, on all cores.

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

#include "judge.hpp"
#include "on_all_cores.hpp"
#include "options.hpp"

/// `report(share)` is called about once a second with the share that is done.
template <class Direction, class Report>
Row sweep_row(typename Direction::Function const& f, Options const& options, Report report) {
  constexpr std::uint64_t block = 1 << 14;
  const std::uint64_t total = (options.end - options.begin + options.stride - 1) / options.stride;
  std::atomic<std::uint64_t> next{0};
  std::mutex merging;
  Row row;
  on_all_cores([&](bool reports) {
    std::vector<float> x(block), y(block);
    Judge<Direction> judge(f);
    Row mine;
    for (std::uint64_t first; (first = next.fetch_add(block)) < total;) {
      const std::size_t n = std::min(block, total - first);
      for (std::size_t i = 0; i < n; ++i) {
        x[i] = std::bit_cast<float>(
            static_cast<std::uint32_t>(options.begin + (first + i) * options.stride));
      }
      Direction::kernel(f, std::span(x).first(n), std::span(y).first(n));
      add(mine.checksums, std::span(x).first(n), y);
      mine.inputs += n;
      if (!options.checksum_only) {
        for (std::size_t i = 0; i < n; ++i)
          judge(x[i], y[i]);
      }
      if (reports)
        report(static_cast<double>(first) / static_cast<double>(total));
    }
    mine.findings = judge.findings;
    const std::lock_guard lock(merging);
    row.merge(mine);
  });
  return row;
}
