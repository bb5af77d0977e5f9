#pragma once

/// @file
/// xsimd, of a version that this library stands on: every header takes it from here.

#include <xsimd/xsimd.hpp>

// An assertion, since #error would not tell which version it found. Two steps, so that the numbers and not the
// macros' names become text.
#define SIMDACT_DETAIL_TEXT(x) #x
#define SIMDACT_DETAIL_FOUND(major, minor) SIMDACT_DETAIL_TEXT(major) "." SIMDACT_DETAIL_TEXT(minor)
static_assert(XSIMD_VERSION_MAJOR > 8 || (XSIMD_VERSION_MAJOR == 8 && XSIMD_VERSION_MINOR >= 1),
              "simdact needs xsimd 8.1 or newer, and the compiler's path has " SIMDACT_DETAIL_FOUND(
                  XSIMD_VERSION_MAJOR, XSIMD_VERSION_MINOR));
#undef SIMDACT_DETAIL_FOUND
#undef SIMDACT_DETAIL_TEXT
