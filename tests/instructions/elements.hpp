#pragma once

/// @file
/// How many elements each kernel is counted on: what it does before and after its loop weighs little.

#include <cstddef>

inline constexpr std::size_t elements = 4096;
