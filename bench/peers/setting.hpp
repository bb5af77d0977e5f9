#pragma once

/// @file
/// On what, with what and when it was measured.

#include <string>
#include <vector>

#include "peer.hpp"

namespace bench {

struct Setting {
  std::string date, cpu, compiler, flags, missing;
  int rounds;
  std::vector<Peer> const& contenders;
};

Setting setting(std::vector<Peer> const& contenders, int rounds);

}  // namespace bench
