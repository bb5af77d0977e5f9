#pragma once

/// @file
/// The instruction set that this build is for, in the names that recorded results go by.

#include <string_view>

#if defined(__AVX512F__)
inline constexpr std::string_view isa = "avx512";
#elif defined(__AVX2__)
inline constexpr std::string_view isa = "avx2";
#elif defined(__AVX__)
inline constexpr std::string_view isa = "avx";
#elif defined(__SSE2__)
inline constexpr std::string_view isa = "sse2";
#elif defined(__ARM_NEON)
inline constexpr std::string_view isa = "neon";
#else
inline constexpr std::string_view isa = "scalar";
#endif
