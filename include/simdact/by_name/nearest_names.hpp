#pragma once

/// @file
/// The names that someone who mistyped one may have meant. All of this is on the way to a refusal.

#include <cstddef>
#include <span>
#include <string_view>

#include "../detail/fail.hpp"
#include "names.hpp"

namespace simdact::detail {

/// The letters of a name that count, in lower case; of a very long one those at its beginning. No container:
/// of its functions, which have no architecture in their names, the linker keeps one copy for all.
template <class Arch>
struct Word {
  static constexpr std::size_t room = 63;

  Word(std::string_view name) noexcept {
    for (std::size_t i = 0; i < name.size() && length < room; ++i) {
      if (counts(name[i]))
        letters[length++] = lower_case(name[i]);
    }
  }

  char letters[room];
  std::size_t length = 0;
};

/// How many letters to insert, drop, replace or swap with the next one, none of them twice, make one word of
/// the other: Damerau, "A technique for computer detection and correction of spelling errors", 1964.
template <class Arch>
std::size_t edit_distance(Word<Arch> const& a, Word<Arch> const& b) noexcept {
  // Of the first letters of a and of b: for all of b, of which row i % 3 is of the first i letters of a.
  std::size_t rows[3][Word<Arch>::room + 1];
  for (std::size_t i = 0; i <= a.length; ++i) {
    std::size_t* const row = rows[i % 3];
    std::size_t const* const last = rows[(i + 2) % 3];
    std::size_t const* const before = rows[(i + 1) % 3];
    for (std::size_t j = 0; j <= b.length; ++j) {
      row[j] = i == 0 ? j : j == 0 ? i : last[j - 1] + (a.letters[i - 1] != b.letters[j - 1]);
      if (i == 0 || j == 0)
        continue;
      const auto offer = [&](std::size_t steps) { row[j] = steps < row[j] ? steps : row[j]; };
      offer(last[j] + 1);
      offer(row[j - 1] + 1);
      if (i > 1 && j > 1 && a.letters[i - 1] == b.letters[j - 2] &&
          a.letters[i - 2] == b.letters[j - 1])
        offer(before[j - 2] + 1);
    }
  }
  return rows[a.length % 3][b.length];
}

/// The nearest to a word of all that are offered, the first ones first.
template <class Arch>
class NearestThree {
 public:
  explicit NearestThree(std::string_view wanted) noexcept : wanted_(wanted) {}

  void offer(std::string_view name) noexcept {
    Known offered{edit_distance(Word<Arch>(name), wanted_), name};
    bool nearer = false;
    for (Known& known : nearest_) {
      nearer = nearer || known.name.empty() || offered.distance < known.distance;
      if (nearer) {
        const Known farther = known;
        known = offered;
        offered = farther;
      }
    }
  }

  /// With commas between them.
  Message<Arch> text() const noexcept {
    Message<Arch> text;
    for (Known const& known : nearest_) {
      if (!known.name.empty()) {
        text.add(&known == nearest_ ? "" : ", ");
        text.add(known.name);
      }
    }
    return text;
  }

 private:
  struct Known {
    std::size_t distance;
    std::string_view name;
  };

  Word<Arch> wanted_;
  Known nearest_[3] = {};
};

/// The three of `names`, and of the aliases of any of them, that are nearest to `wanted`.
template <class Arch>
Message<Arch> nearest_names(std::span<std::string_view const> names,
                            std::string_view wanted) noexcept {
  NearestThree<Arch> nearest(wanted);
  for (const std::string_view name : names)
    nearest.offer(name);
  for (ActivationAlias const& row : activation_aliases) {
    for (const std::string_view name : names) {
      if (name == row.name)
        nearest.offer(row.alias);
    }
  }
  return nearest.text();
}

}  // namespace simdact::detail
