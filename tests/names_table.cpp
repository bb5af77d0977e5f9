// The README's table of names: what other libraries call the listed activations, held against what the
// library finds under each name.

#include "known_names.hpp"
#include "readme_block.hpp"

namespace {

using readme::code;

std::string text(readme::fs::path const& file) {
  const std::vector<KnownName> names = read_names(file);
  std::vector<std::string> heading{"`name`"};
  for (KnownName const& row : names) {
    if (std::find(heading.begin(), heading.end(), row.library) == heading.end())
      heading.push_back(row.library);
  }
  readme::Table table;
  table.add(heading);
  simdact::for_each_activation([&](auto f) {
    std::vector<std::string> cells(heading.size());
    cells[0] = code(f.name);
    for (KnownName const& row : names) {
      const auto column = std::find(heading.begin(), heading.end(), row.library) - heading.begin();
      std::string& cell = cells[static_cast<std::size_t>(column)];
      if (row.ours == f.name)
        cell += (cell.empty() ? "" : ", ") + code(row.theirs);
    }
    table.add(cells);
  });
  return table.text();
}

}  // namespace

int main(int argc, char** argv) { return readme::run(argc, argv, {"names", "names_table"}, text); }
