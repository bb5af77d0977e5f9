#pragma once

/// @file
/// What comes of measuring one function at one size.

#include <string>
#include <string_view>
#include <vector>

#include "errors.hpp"
#include "peer.hpp"

namespace bench {

/// The names of this library's contenders.
inline constexpr std::string_view tiers[] = {"Fast", "Precise"};

struct Result {
  std::string contender;
  double ns;  // an element
  Errors errors;
  bool is_wider;  // than this build's instruction set
};

struct Cell {
  std::string function;
  Direction direction;
  std::size_t rows;
  std::size_t row_length;
  double memcpy_ns;
  std::vector<Result> results;  // of everyone who has the function

  bool is_softmax() const { return function.ends_with("softmax"); }

  /// Whether this is an activation in that direction at that size.
  bool is_elementwise(Direction d, std::size_t size) const {
    return !is_softmax() && direction == d && row_length == size;
  }

  bool sums_to_one() const { return function == "softmax" && direction == Direction::forward; }

  /// Null if the contender does not have the function.
  Result const* find(std::string_view contender) const;
  /// The fastest who is not of this library, nor of a wider instruction set; null if there is no peer.
  Result const* fastest_peer() const;
};

/// Function, direction and shape of a softmax.
std::string softmax_text(Cell const& cell);

}  // namespace bench
