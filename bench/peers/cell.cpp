#include "cell.hpp"

#include <algorithm>

#include "table.hpp"

bench::Result const* bench::Cell::find(std::string_view contender) const {
  for (Result const& result : results) {
    if (result.contender == contender)
      return &result;
  }
  return nullptr;
}

bench::Result const* bench::Cell::fastest_peer() const {
  Result const* fastest = nullptr;
  for (Result const& result : results) {
    const bool is_ours = std::ranges::find(tiers, result.contender) != std::end(tiers);
    if (!is_ours && !result.is_wider && (fastest == nullptr || result.ns < fastest->ns))
      fastest = &result;
  }
  return fastest;
}

std::string bench::softmax_text(Cell const& cell) {
  return '`' + cell.function + '`' + (cell.direction == Direction::backward ? " backward" : "") +
         ", " + size_text(cell.rows) + " x " + size_text(cell.row_length);
}
