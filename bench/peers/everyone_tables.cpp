#include "shapes.hpp"
#include "table.hpp"
#include "tables.hpp"

namespace {

using bench::Cell;
using bench::Errors;
using bench::Result;

/// A table of the cells that are `wanted`, with what `text` says of each contender.
template <class Wanted, class Label, class Text>
std::string table(bench::Setting const& setting, std::vector<Cell> const& cells, Wanted wanted,
                  Label label, Text text) {
  bench::Table result;
  std::vector<std::string> row = {""};
  for (bench::Peer const& contender : setting.contenders)
    row.push_back(contender.name);
  result.add(row);
  for (Cell const& cell : cells) {
    if (!wanted(cell))
      continue;
    row = {label(cell)};
    for (bench::Peer const& contender : setting.contenders) {
      Result const* found = cell.find(contender.name);
      row.push_back(found != nullptr ? text(*found) : "");
    }
    result.add(row);
  }
  return result.text();
}

std::string name(Cell const& cell) { return '`' + cell.function + '`'; }

std::string times(Result const& result) { return bench::time_text(result.ns); }

std::string both_errors(Result const& result) {
  return bench::error_text(result.errors.ulp) + ", " + bench::error_text(result.errors.other);
}

std::string ulp(Result const& result) { return bench::error_text(result.errors.ulp); }

}  // namespace

std::string bench::everyone_tables(Setting const& setting, std::vector<Cell> const& cells) {
  std::string text;
  for (const Direction direction : directions) {
    for (const std::size_t size : sizes) {
      const auto wanted = [=](Cell const& cell) { return cell.is_elementwise(direction, size); };
      text += "\n### " + direction_text(direction) + ", " + size_text(size) +
              " elements, ns an element\n\n" + table(setting, cells, wanted, name, times);
    }
    const auto once = [=](Cell const& cell) { return cell.is_elementwise(direction, sizes[0]); };
    text += "\n### " + direction_text(direction) +
            ", largest errors: in ULP at |x| <= 10, and in Fast's unit over all x\n\n" +
            table(setting, cells, once, name, both_errors);
  }
  const auto softmax = [](Cell const& cell) { return cell.is_softmax(); };
  text += "\n### Softmax, ns an element\n\n" + table(setting, cells, softmax, softmax_text, times) +
          "\n### Softmax, largest errors in ULP\n\n" +
          table(setting, cells, softmax, softmax_text, ulp);
  return text;
}
