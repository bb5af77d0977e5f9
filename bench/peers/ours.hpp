#pragma once

/// @file
/// This library, a contender for each tier of accuracy.

#include "peer.hpp"

namespace bench {

Peer fast();
Peer precise();

}  // namespace bench
