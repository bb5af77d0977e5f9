#pragma once

/// @file
/// The named primitives on which every kernel stands, for scalars and for batches of any architecture. The names differ
/// from xsimd's on purpose: argument-dependent look-up never mixes them.

#include "primitives/arithmetic.hpp"
#include "primitives/bits.hpp"
#include "primitives/memory.hpp"
#include "primitives/selection.hpp"
#include "primitives/signs.hpp"
#include "primitives/steps.hpp"
#include "primitives/tables.hpp"
