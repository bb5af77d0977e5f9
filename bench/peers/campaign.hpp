#pragma once

/// @file
/// Measures all contenders in all cells.

#include <vector>

#include "cell.hpp"
#include "peer.hpp"

namespace bench {

struct Plan {
  int rounds = 201;  // of the large arrays, a twentieth
  std::string only;  // one function; all where empty
};

/// Throws where a contender has a function of no known name or computes another one.
std::vector<Cell> run(std::vector<Peer> const& contenders, Plan const& plan);

}  // namespace bench
