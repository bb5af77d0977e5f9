#include "batches.hpp"
#include "peers.hpp"

bench::Peer bench::peers::xsimd() {
  return make_batches<Xsimd>("xsimd", std::to_string(XSIMD_VERSION_MAJOR) + "." +
                                          std::to_string(XSIMD_VERSION_MINOR) + "." +
                                          std::to_string(XSIMD_VERSION_PATCH));
}
