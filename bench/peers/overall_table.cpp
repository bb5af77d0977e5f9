#include <cmath>

#include "shapes.hpp"
#include "table.hpp"
#include "tables.hpp"

namespace {

using bench::Cell;
using bench::Result;

/// "1.52 (17 of 18)": the geometric mean of peer/ours, and how often ours is the faster.
std::string overall(std::vector<Cell> const& cells, std::string_view tier,
                    bench::Direction direction, std::size_t size) {
  double log_sum = 0;
  int count = 0, ahead = 0;
  for (Cell const& cell : cells) {
    Result const* peer = cell.fastest_peer();
    Result const* ours = cell.find(tier);
    if (!cell.is_elementwise(direction, size) || peer == nullptr || ours == nullptr)
      continue;
    log_sum += std::log(peer->ns / ours->ns);
    ++count;
    ahead += ours->ns < peer->ns;
  }
  if (count == 0)
    return "";
  return bench::ratio_text(std::exp(log_sum / count)) + " (" + std::to_string(ahead) + " of " +
         std::to_string(count) + ")";
}

}  // namespace

std::string bench::overall_table(std::vector<Cell> const& cells) {
  Table table;
  std::vector<std::string> heading = {"fastest peer / ours"};
  for (const std::size_t size : sizes)
    heading.push_back(size_text(size) + " elements");
  table.add(heading);
  for (const Direction direction : directions) {
    for (std::string_view tier : tiers) {
      std::vector<std::string> row = {direction_text(direction) + ", " + std::string(tier)};
      for (const std::size_t size : sizes)
        row.push_back(overall(cells, tier, direction, size));
      table.add(row);
    }
  }
  return table.text();
}
