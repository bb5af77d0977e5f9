#include "loop.hpp"

#include "peers.hpp"

bench::Peer bench::peers::loop() { return make_loop("loop", "libm"); }
