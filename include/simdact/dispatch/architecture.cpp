// Which kernels are used. Compiled for the processors that the program is for, as the program itself.

#include "architecture.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "../detail/fail.hpp"
#include "detection.hpp"
#include "table.hpp"

#define SIMDACT_DECLARE_KERNELS(set)                                       \
  namespace simdact_##set::dispatch {                                      \
    extern const simdact::dispatch::detail::Kernels<float> precise_floats; \
    extern const simdact::dispatch::detail::Kernels<float> fast_floats;    \
    extern const simdact::dispatch::detail::Kernels<double> doubles;       \
  }
#define SIMDACT_INSTRUCTION_SET(set)                                             \
  InstructionSet {                                                               \
#set, has_##set, &simdact_##set::dispatch::precise_floats,                   \
        &simdact_##set::dispatch::fast_floats, &simdact_##set::dispatch::doubles \
  }

#if defined(__x86_64__)
SIMDACT_DECLARE_KERNELS(avx512)
SIMDACT_DECLARE_KERNELS(avx2)
SIMDACT_DECLARE_KERNELS(sse2)
#elif defined(__aarch64__)
SIMDACT_DECLARE_KERNELS(neon)
#endif

namespace simdact::dispatch {

namespace detail {

namespace {

/// The best first.
constexpr std::array all = {
#if defined(__x86_64__)
    SIMDACT_INSTRUCTION_SET(avx512), SIMDACT_INSTRUCTION_SET(avx2), SIMDACT_INSTRUCTION_SET(sse2)
#elif defined(__aarch64__)
    SIMDACT_INSTRUCTION_SET(neon)
#endif
};

[[noreturn]] void throw_not_available(std::string_view name) {
  simdact::detail::Message<InstructionSet> names;
  for (std::string_view other : available()) {
    names.add(names.text()[0] == '\0' ? "" : ", ");
    names.add(other);
  }
  simdact::detail::fail<InstructionSet>("the environment variable SIMDACT_ARCH is \"", name,
                                        "\", but this machine has: ", names);
}

InstructionSet const& choose() {
  char const* const variable = std::getenv("SIMDACT_ARCH");
  const std::string_view name = variable == nullptr ? "" : variable;
  const auto found = std::find_if(all.begin(), all.end(), [=](InstructionSet const& set) {
    return (name.empty() || name == set.name) && set.is_available();
  });
  if (found == all.end())
    throw_not_available(name);
  return *found;
}

}  // namespace

InstructionSet const& chosen() {
  static InstructionSet const& once = choose();
  return once;
}

}  // namespace detail

std::string_view architecture() { return detail::chosen().name; }

std::vector<std::string_view> available() {
  std::vector<std::string_view> names;
  for (detail::InstructionSet const& set : detail::all) {
    if (set.is_available())
      names.push_back(set.name);
  }
  return names;
}

}  // namespace simdact::dispatch
