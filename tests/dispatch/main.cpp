// dispatch_bits_<set> <set>: is that one chosen, and are its bits those of the header? Compiled for every
// processor, so that it can say that this one is not meant.

#include <algorithm>
#include <cstdio>
#include <simdact/dispatch.hpp>

#include "header.hpp"

int main(int argc, char** argv) {
  const auto available = simdact::dispatch::available();
  if (argc != 2 || std::find(available.begin(), available.end(), argv[1]) == available.end()) {
    std::printf("skipped: this machine has no %s\n", argv[argc - 1]);
    return 77;
  }
  if (simdact::dispatch::architecture() != argv[1]) {
    std::printf("%s was not chosen\n", argv[1]);
    return 1;
  }
  const int compared = compare_with_header();
  std::printf("%s: %d results compared\n", argv[1], compared);
  return compared > 0 ? 0 : 1;
}
