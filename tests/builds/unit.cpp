// One translation unit of a program, compiled for its own instruction set: UNIT is the name of its function.

#include "calls.hpp"

extern "C" void UNIT(void (*report)(char const* part, std::uint64_t digest)) {
  builds::call_all(report);
}
