#pragma once

#include <string_view>

// The one place where the version is written: CMake reads these three lines.
#define SIMDACT_VERSION_MAJOR 0
#define SIMDACT_VERSION_MINOR 1
#define SIMDACT_VERSION_PATCH 0

// Two steps, so that the numbers and not the macros' names become text.
#define SIMDACT_DETAIL_TEXT(x) #x
#define SIMDACT_DETAIL_VERSION(major, minor, patch) \
  SIMDACT_DETAIL_TEXT(major) "." SIMDACT_DETAIL_TEXT(minor) "." SIMDACT_DETAIL_TEXT(patch)

namespace simdact {

// "major.minor.patch"
inline constexpr std::string_view version =
    SIMDACT_DETAIL_VERSION(SIMDACT_VERSION_MAJOR, SIMDACT_VERSION_MINOR, SIMDACT_VERSION_PATCH);

}  // namespace simdact

#undef SIMDACT_DETAIL_VERSION
#undef SIMDACT_DETAIL_TEXT
