#pragma once

/// @file
/// The time of calls that are measured against each other.

#include <vector>

#include "peer.hpp"

namespace bench {

/// The median nanoseconds of one call of each. In each of `rounds` rounds every one has its turn, in another
/// order every time, so that what slows the machine for a while slows all of them, and none always follows
/// the same; a turn is as many calls as the clock needs.
std::vector<double> measure(std::vector<Call> const& calls, int rounds);

}  // namespace bench
