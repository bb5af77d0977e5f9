#pragma once

/// @file
/// The names that other libraries have for activations, in a file of lines "library | name | ours", where
/// ours is "none" for what is none of ours.

#include <simdact/simdact.hpp>

#include "readme_block.hpp"

struct KnownName {
  std::string library, theirs, ours;
};

/// Fails where ours is no `name` of the list.
inline std::vector<KnownName> read_names(std::filesystem::path const& file) {
  std::istringstream lines(readme::read_text(file));
  std::vector<KnownName> names;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty())
      continue;
    const auto [library, theirs, ours] = readme::split(file, line, "library | name | ours");
    bool listed = ours == "none";
    simdact::for_each_activation([&, &name = ours](auto f) { listed = listed || f.name == name; });
    readme::require(listed, file, "'" + ours + "' is not the name of an activation");
    names.push_back({library, theirs, ours});
  }
  return names;
}
