#pragma once

/// @file
/// SwiGLU on one row of a language model's feed-forward layer, in both tiers, beside the calls that a user
/// of the activation alone would make.

#include <memory>
#include <simdact/simdact.hpp>
#include <string>

#include "row.hpp"

namespace bench {

/// out[i] = a[i] b[i].
inline void multiply(Array<float> const& a, Array<float> const& b, Array<float>& out) {
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = a[i] * b[i];
}

/// Adds the rows of a unit under its name and `tier`, with x as the gate and grad_y as up; y is what comes
/// out and its own gradient. "unfused" rows give the same bits.
template <class Unit>
void add_unit(Unit const& unit, std::string const& tier, Size const& size) {
  const auto act = unit.activation;
  const std::string name = std::string(Unit::name) + "/" + tier;
  const auto grad_up = std::make_shared<Array<float>>(size.elements);
  const auto forward = [=](Arrays<float>& a) { simdact::forward(unit, a.x, a.grad_y, a.y); };
  add_row<float>(name + "forward", size, 3, forward);
  add_row<float>(name + "unfused_forward", size, 3, [=](Arrays<float>& a) {
    simdact::forward(act, a.x, a.y);
    multiply(a.y, a.grad_y, a.y);
  });
  add_row<float>(
      name + "backward", size, 5,
      [=](Arrays<float>& a) { simdact::backward(unit, a.x, a.grad_y, a.y, a.d, *grad_up); },
      forward);
  add_row<float>(
      name + "unfused_backward", size, 5,
      [=](Arrays<float>& a) {
        multiply(a.y, a.grad_y, a.d);
        simdact::backward(act, a.x, a.d, a.d);
        simdact::forward(act, a.x, *grad_up);
        multiply(*grad_up, a.y, *grad_up);
      },
      forward);
}

/// Adds the rows of SwiGLU at the widths of two feed-forward layers, each after what
/// `add_memcpy(size)` adds.
template <class AddMemcpy>
void add_gated(AddMemcpy add_memcpy) {
  for (const std::size_t columns : {std::size_t{4096}, std::size_t{11008}}) {
    const Size size{columns};
    add_memcpy(size);
    add_unit(simdact::SwiGLU<float>{}, "", size);
    add_unit(simdact::SwiGLU<float, simdact::Fast>{}, "fast_", size);
  }
}

}  // namespace bench
