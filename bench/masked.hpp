#pragma once

/// @file
/// Softmax with masks and along an axis, in both tiers, beside the calls that a user of softmax alone would
/// make.

#include <limits>
#include <memory>
#include <simdact/simdact.hpp>
#include <string>

#include "row.hpp"

namespace bench {

/// Adds the rows of `softmax` on a square of scores, as of one head of attention: a causal mask, and grad_y
/// for an additive one. "unfused" rows add the mask beforehand, which gives the same probabilities.
template <class Softmax>
void add_masked(Softmax const& softmax, std::string const& tier, std::size_t length) {
  const Size size{length * length, std::to_string(length) + "x" + std::to_string(length)};
  const std::string name = "softmax/" + tier;
  const auto add = [](Arrays<float>& a, Array<float> const& mask) {
    for (std::size_t i = 0; i < a.x.size(); ++i)
      a.y[i] = a.x[i] + mask[i];
  };
  const auto triangle = std::make_shared<Array<float>>(size.elements);
  for (std::size_t i = 0; i < size.elements; ++i)
    (*triangle)[i] = i % length > i / length ? -std::numeric_limits<float>::infinity() : 0.0f;
  const auto causal = [=](Arrays<float>& a) {
    simdact::forward(softmax, a.x, simdact::CausalMask{}, a.y, length);
  };
  add_row<float>(name + "causal_forward", size, 2, causal);
  add_row<float>(name + "unfused_causal_forward", size, 2, [=](Arrays<float>& a) {
    add(a, *triangle);
    simdact::forward(softmax, a.y, a.y, length);
  });
  add_row<float>(
      name + "causal_backward", size, 3,
      [=](Arrays<float>& a) {
        simdact::backward(softmax, a.y, a.grad_y, simdact::CausalMask{}, a.d, length);
      },
      causal);
  add_row<float>(
      name + "unfused_causal_backward", size, 3,
      [=](Arrays<float>& a) { simdact::backward(softmax, a.y, a.grad_y, a.d, length); }, causal);
  add_row<float>(name + "additive_forward", size, 3, [=](Arrays<float>& a) {
    simdact::forward(softmax, a.x, simdact::AdditiveMask<float>{a.grad_y}, a.y, length);
  });
  add_row<float>(name + "unfused_additive_forward", size, 3, [=](Arrays<float>& a) {
    add(a, a.grad_y);
    simdact::forward(softmax, a.y, a.y, length);
  });
}

/// Writes the rows along the axis one after the other, or back to where they were.
inline void transpose(Array<float> const& from, Array<float>& to, simdact::Axis const& axis,
                      bool back) {
  const std::size_t rows = back ? axis.inner : axis.length;
  const std::size_t columns = back ? axis.length : axis.inner;
  for (std::size_t o = 0; o < from.size(); o += rows * columns) {
    for (std::size_t c = 0; c < columns; ++c) {
      for (std::size_t r = 0; r < rows; ++r)
        to[o + c * rows + r] = from[o + r * columns + c];
    }
  }
}

/// Adds the rows of `softmax` along an axis; "unfused" rows transpose to rows and back.
template <class Softmax>
void add_axis(Softmax const& softmax, std::string const& tier, simdact::Axis const& axis) {
  const Size size{axis.outer * axis.length * axis.inner, std::to_string(axis.outer) + "x" +
                                                             std::to_string(axis.length) + "x" +
                                                             std::to_string(axis.inner)};
  const std::string name = "softmax/" + tier;
  const auto forward = [=](Arrays<float>& a) { simdact::forward(softmax, a.x, a.y, axis); };
  add_row<float>(name + "axis_forward", size, 2, forward);
  add_row<float>(name + "unfused_axis_forward", size, 2, [=](Arrays<float>& a) {
    transpose(a.x, a.d, axis, false);
    simdact::forward(softmax, a.d, a.d, axis.length);
    transpose(a.d, a.y, axis, true);
  });
  add_row<float>(
      name + "axis_backward", size, 3,
      [=](Arrays<float>& a) { simdact::backward(softmax, a.y, a.grad_y, a.d, axis); }, forward);
}

/// Each after what `add_memcpy(size)` adds.
template <class AddMemcpy>
void add_masked_and_axis(AddMemcpy add_memcpy) {
  const simdact::Softmax<float> precise;
  const simdact::Softmax<float, simdact::Fast> fast;
  add_memcpy({1024 * 1024, "1024x1024"});
  add_masked(precise, "", 1024);
  add_masked(fast, "fast_", 1024);
  // An axis in the middle, and the classes of an image's pixels.
  for (const simdact::Axis axis : {simdact::Axis{8, 128, 256}, simdact::Axis{1, 21, 65536}}) {
    add_axis(precise, "", axis);
    add_axis(fast, "fast_", axis);
  }
}

}  // namespace bench
