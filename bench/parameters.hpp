#pragma once

/// @file
/// The gradients of learnable parameters, in both tiers, beside the calls that a user of `backward` alone
/// would make, and PReLU with a weight for each channel of an image and for each feature of a row.

#include <memory>
#include <simdact/simdact.hpp>
#include <string>
#include <vector>

#include "row.hpp"

namespace bench {

/// The sum of grad_y times f's partial derivative, as a loop in double gives it.
template <class F>
double plain_gradient(F const& f, Arrays<float> const& a) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.x.size(); ++i)
    sum += double(a.grad_y[i]) * double(f.parameter_derivatives(a.x[i])[0]);
  return sum;
}

/// Adds the rows of f under its name and `tier`.
template <class F>
void add_parametric(F const& f, std::string const& tier, Size const& size) {
  const std::string name = std::string(F::name) + "/" + tier;
  add_row<float>(name + "backward_parameters", size, 3, [=](Arrays<float>& a) {
    benchmark::DoNotOptimize(simdact::backward_parameters(f, a.x, a.grad_y, a.d));
  });
  add_row<float>(name + "unfused_backward_parameters", size, 3, [=](Arrays<float>& a) {
    simdact::backward(f, a.x, a.grad_y, a.d);
    benchmark::DoNotOptimize(plain_gradient(f, a));
  });
}

/// Adds PReLU's rows over (outer, channels, inner).
inline void add_channels(std::size_t outer, std::size_t channels, std::size_t inner) {
  const Size size{outer * channels * inner, std::to_string(outer) + "x" + std::to_string(channels) +
                                                "x" + std::to_string(inner)};
  const simdact::PReLU<float> prelu;
  const auto weights = std::make_shared<std::vector<float>>(channels, 0.25f);
  const auto grad_weights = std::make_shared<std::vector<float>>(channels);
  add_row<float>("prelu/channels_forward", size, 2,
                 [=](Arrays<float>& a) { simdact::forward(prelu, a.x, *weights, inner, a.y); });
  add_row<float>("prelu/channels_backward_parameters", size, 3, [=](Arrays<float>& a) {
    simdact::backward_parameters(prelu, a.x, *weights, inner, a.grad_y, a.d, *grad_weights);
  });
}

/// Adds all of them, each size after what `add_memcpy(size)` adds.
template <class AddMemcpy>
void add_parameters(AddMemcpy add_memcpy) {
  using simdact::Fast;
  const Size size{std::size_t{2048}};
  add_parametric(simdact::PReLU<float>{}, "", size);
  add_parametric(simdact::Swish<float>{}, "", size);
  add_parametric(simdact::Swish<float, Fast>{}, "fast_", size);
  add_parametric(simdact::Softplus<float, Fast>{}, "fast_", size);
  add_parametric(simdact::ELU<float, Fast>{}, "fast_", size);
  add_memcpy(Size{std::size_t{256} * 512, "256x512x1"});
  add_channels(256, 512, 1);
  add_memcpy(Size{std::size_t{4} * 64 * 784, "4x64x784"});
  add_channels(4, 64, 784);
}

}  // namespace bench
