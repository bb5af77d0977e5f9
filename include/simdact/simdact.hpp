#pragma once

/// @file
/// simdact: neural-network activation functions over scalars, batches and arrays.

#include "activations.hpp"
#include "array/bias.hpp"
#include "array/channels.hpp"
#include "array/elementwise.hpp"
#include "array/initialization_gain.hpp"
#include "array/parameters.hpp"
#include "array/statistics.hpp"
#include "concepts.hpp"
#include "gated/gated.hpp"
#include "gated/gated_unit.hpp"
#include "gated/units.hpp"
#include "rowwise/cross_entropy.hpp"
#include "rowwise/log_softmax.hpp"
#include "rowwise/log_sum_exp.hpp"
#include "rowwise/sample.hpp"
#include "rowwise/softmax.hpp"
#include "rowwise/softmax_state.hpp"
#include "tabulated.hpp"
#include "version.hpp"
