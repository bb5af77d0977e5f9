#pragma once

#include <cstddef>
#include <limits>

#include "../detail/inline.hpp"

namespace simdact {

/// What a loss makes of the losses of its rows or elements, and what its gradient is the gradient of.
/// PyTorch's third one, none, is the form of a call that takes `losses`; with `sum`, the gradient of each is
/// its own.
enum class Reduction { mean, sum };

namespace detail {

/// The reduced loss, given the sum of `count` of them; the mean of none is NaN, as in PyTorch.
SIMDACT_INLINE double reduced(Reduction reduction, double sum, std::size_t count) noexcept {
  if (reduction == Reduction::sum)
    return sum;
  return count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(count);
}

/// The derivative of that by one of the losses.
SIMDACT_INLINE double reduced_slope(Reduction reduction, std::size_t count) noexcept {
  return reduction == Reduction::sum ? 1.0 : 1.0 / static_cast<double>(count);
}

}  // namespace detail

}  // namespace simdact
