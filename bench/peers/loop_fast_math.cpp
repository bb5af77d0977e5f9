// Compiled with -ffast-math, by which g++ calls libmvec. It must not include simdact.

#include "loop.hpp"

#include "peers.hpp"

bench::Peer bench::peers::loop_fast_math() { return make_loop("loop -ffast-math", "libmvec"); }
