// Holds the counts of callgrind's profile against a table of instructions per element, or writes them
// there. No noise enters a count, so that a table holds for one compiler and its flags on any machine.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "elements.hpp"

namespace {

namespace fs = std::filesystem;

/// Per cell, the instructions per element.
using Counts = std::map<std::string, double>;

/// In percent, and either way: an improvement that is not recorded may be lost again unseen.
constexpr double tolerance = 3.0;

std::ifstream open(fs::path const& file) {
  std::ifstream in(file);
  if (!in)
    throw std::runtime_error(file.string() + ": cannot be read");
  return in;
}

/// Each part of the profile that has a cell's name, which is all but the last.
Counts read_profile(fs::path const& file) {
  constexpr std::string_view request = "desc: Trigger: Client Request: ", total = "totals: ";
  std::ifstream in = open(file);
  Counts counts;
  std::string cell;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(request)) {
      cell = line.substr(request.size());
    } else if (line.starts_with(total) && !cell.empty()) {
      counts[std::exchange(cell, "")] = std::stod(line.substr(total.size())) / double(elements);
    }
  }
  if (counts.empty())
    throw std::runtime_error(file.string() + ": no count of a cell");
  return counts;
}

Counts read_table(fs::path const& file) {
  std::ifstream in = open(file);
  Counts counts;
  std::string cell;
  for (double count = 0.0; in >> cell >> count;)
    counts[cell] = count;
  return counts;
}

void write_table(fs::path const& file, Counts const& counts) {
  std::ofstream out(file);
  out << std::fixed << std::setprecision(3);
  for (auto const& [cell, count] : counts)
    out << cell << ' ' << count << '\n';
  if (!out)
    throw std::runtime_error(file.string() + ": cannot be written");
}

/// Names every cell that differs, and says whether none does.
bool check(fs::path const& file, Counts counts) {
  bool same = true;
  const auto blame = [&](std::string const& cell) -> std::ostream& {
    same = false;
    return std::cerr << cell << ": ";
  };
  std::cerr << std::fixed << std::setprecision(3);
  for (auto const& [cell, recorded] : read_table(file)) {
    const auto counted = counts.extract(cell);
    if (!counted) {
      blame(cell) << "in the table, but not counted\n";
      continue;
    }
    const double change = 100.0 * (counted.mapped() / recorded - 1.0);
    if (!(std::abs(change) <= tolerance)) {
      blame(cell) << recorded << " instructions per element became " << counted.mapped() << ", "
                  << std::showpos << change << std::noshowpos << " %\n";
    }
  }
  for (auto const& [cell, count] : counts)
    blame(cell) << count << " instructions per element, but not in the table\n";
  if (!same) {
    std::cerr << file.string()
              << ": not what was counted. If the change is meant, build the target "
                 "update-instructions.\n";
  }
  return same;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string action = argc == 4 ? argv[1] : "";
  if (action == "--check")
    return check(argv[3], read_profile(argv[2])) ? 0 : 1;
  if (action == "--update") {
    write_table(argv[3], read_profile(argv[2]));
    return 0;
  }
  std::cerr << "usage: instructions_table --check|--update PROFILE TABLE\n";
  return 2;
} catch (std::exception const& error) {
  std::cerr << "instructions_table: " << error.what() << '\n';
  return 1;
}
