#pragma once

/// @file
/// The peers that this build has found, as CMake lists them in found_peers.inc.

#include "peer.hpp"

namespace bench::peers {

#define PEER(name) Peer name();
#include "found_peers.inc"
#undef PEER

}  // namespace bench::peers
