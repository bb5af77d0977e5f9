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
#include "by_name/any_activation.hpp"
#include "by_name/names.hpp"
#include "by_name/visit_activation.hpp"
#include "concepts.hpp"
#include "gated/gated.hpp"
#include "gated/gated_unit.hpp"
#include "gated/units.hpp"
#include "rowwise/binary_cross_entropy_with_logits.hpp"
#include "rowwise/cross_entropy.hpp"
#include "rowwise/log_softmax.hpp"
#include "rowwise/log_sum_exp.hpp"
#include "rowwise/reduction.hpp"
#include "rowwise/sample.hpp"
#include "rowwise/softmax.hpp"
#include "rowwise/softmax_state.hpp"
#include "tabulated.hpp"
#include "version.hpp"
