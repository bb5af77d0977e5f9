// Calls the units that it is linked with, each of which is compiled for another instruction set, if the
// processor has that, and prints what they gave.

#include <cstdint>
#include <cstdio>

using Report = void(char const* part, std::uint64_t digest);

extern "C" {
__attribute__((weak)) void unit_sse2(Report* report);
__attribute__((weak)) void unit_avx2(Report* report);
__attribute__((weak)) void unit_avx512(Report* report);
}

namespace {

char const* unit_name;

void print(char const* part, std::uint64_t digest) {
  std::printf("%s %s: %016llx\n", unit_name, part, static_cast<unsigned long long>(digest));
}

void call(char const* name, void (*unit)(Report*), bool able) {
  unit_name = name;
  if (unit != nullptr && able)
    unit(print);
  if (unit != nullptr && !able)
    std::printf("%s skipped: this processor has no such instructions\n", name);
}

}  // namespace

int main() {
  const bool fma = __builtin_cpu_supports("fma") != 0;
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl");
  call("sse2", unit_sse2, true);
  call("avx2", unit_avx2, fma && __builtin_cpu_supports("avx2"));
  call("avx512", unit_avx512, fma && avx512);
}
