#pragma once

/// @file
/// The names that someone who mistyped one may have meant. All of this is on the way to a refusal.

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "names.hpp"

namespace simdact::detail {

/// The characters that count, in lower case.
template <class Arch>
std::string letters(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (counts(c))
      result += lower_case(c);
  }
  return result;
}

/// How many letters to insert, drop, replace or swap with the next one, none of them twice, make one word of
/// the other: Damerau, "A technique for computer detection and correction of spelling errors", 1964.
template <class Arch>
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = (std::min)({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = (std::min)(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

/// The three of `names`, and of the aliases of any of them, that are nearest to `wanted`, with commas between
/// them.
template <class Arch>
std::string nearest_names(std::span<std::string_view const> names, std::string_view wanted) {
  std::vector<std::pair<std::size_t, std::string_view>> known;
  const auto add = [&, word = letters<Arch>(wanted)](std::string_view name) {
    known.emplace_back(edit_distance<Arch>(letters<Arch>(name), word), name);
  };
  for (const std::string_view name : names)
    add(name);
  for (ActivationAlias const& row : activation_aliases) {
    if (std::find(names.begin(), names.end(), row.name) != names.end())
      add(row.alias);
  }
  std::stable_sort(known.begin(), known.end(),
                   [](auto const& a, auto const& b) { return a.first < b.first; });
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(known.size(), 3); ++i)
    text += (i == 0 ? "" : ", ") + std::string(known[i].second);
  return text;
}

}  // namespace simdact::detail
