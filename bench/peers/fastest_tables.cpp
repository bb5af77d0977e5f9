#include "shapes.hpp"
#include "table.hpp"
#include "tables.hpp"

namespace {

using bench::Cell;
using bench::Errors;
using bench::Result;
using Texts = std::vector<std::string>;

Texts heading(char const* first, char const* ulp, char const* other) {
  return {first,          "memcpy", "fastest peer", "Fast", "Precise", "peer/Fast",
          "peer/Precise", ulp,      other};
}

std::string ratio_to_peer(Cell const& cell, std::string_view tier) {
  Result const* peer = cell.fastest_peer();
  Result const* ours = cell.find(tier);
  return peer != nullptr && ours != nullptr ? bench::ratio_text(peer->ns / ours->ns) : "";
}

/// Those of the fastest peer, Fast and Precise.
std::string errors_text(Cell const& cell, double Errors::*which) {
  std::string text;
  for (Result const* result : {cell.fastest_peer(), cell.find("Fast"), cell.find("Precise")}) {
    if (result != nullptr)
      text += (text.empty() ? "" : ", ") + bench::error_text(result->errors.*which);
  }
  return text;
}

void add_row(bench::Table& table, std::string const& label, Cell const& cell) {
  Result const* peer = cell.fastest_peer();
  Texts row = {label, bench::time_text(cell.memcpy_ns),
               peer != nullptr ? peer->contender + " " + bench::time_text(peer->ns) : ""};
  for (std::string_view tier : bench::tiers) {
    Result const* ours = cell.find(tier);
    row.push_back(ours != nullptr ? bench::time_text(ours->ns) : "");
  }
  for (std::string_view tier : bench::tiers)
    row.push_back(ratio_to_peer(cell, tier));
  row.push_back(errors_text(cell, &Errors::ulp));
  const bool has_other = !cell.is_softmax() || cell.sums_to_one();
  row.push_back(has_other ? errors_text(cell, &Errors::other) : "");
  table.add(row);
}

}  // namespace

std::string bench::elementwise_table(std::vector<Cell> const& cells, Direction direction,
                                     std::size_t size) {
  Table table;
  table.add(heading("", "ULP, \\|x\\| <= 10", "Fast's unit, all x"));
  for (Cell const& cell : cells) {
    if (cell.is_elementwise(direction, size))
      add_row(table, '`' + cell.function + '`', cell);
  }
  return table.text();
}

std::string bench::softmax_table(std::vector<Cell> const& cells) {
  Table table;
  table.add(heading("", "ULP", "1 - sum of a row"));
  for (Cell const& cell : cells) {
    if (cell.is_softmax())
      add_row(table, softmax_text(cell), cell);
  }
  return table.text();
}
