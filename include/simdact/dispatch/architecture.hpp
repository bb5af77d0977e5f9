#pragma once

/// @file
/// Which instruction set simdact::dispatch uses. It is chosen once, at the first call of anything there, by
/// whichever thread comes first: the best that processor and operating system have, or the one that the
/// environment variable SIMDACT_ARCH names, if it is set and not empty.
///
///     avx512  AVX-512 F, CD, DQ, BW and VL, and FMA
///     avx2    AVX2 and FMA
///     sse2    what every x86-64 has
///     neon    what every 64-bit ARM has
///
/// Error: `std::invalid_argument` if SIMDACT_ARCH names one that this machine does not have, with the names of
/// those that it has, from that first call and from every other until the variable is right.

#include <string_view>
#include <vector>

namespace simdact::dispatch {

/// The name of the one in use.
std::string_view architecture();

/// The names of all that this machine has, the best first.
std::vector<std::string_view> available();

}  // namespace simdact::dispatch
