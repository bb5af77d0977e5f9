#include <cstdio>
#include <simdact/array/bias.hpp>
#include <simdact/array/channels.hpp>
#include <simdact/by_name/any_activation.hpp>
#include <simdact/gated/units.hpp>
#include <string>
#include <vector>

int main() {
  //! [named]
  // What a configuration file says, with the scale for the weights: they get mean 0 and deviation gain/sqrt(fan_in).
  const auto act = simdact::any_activation("gelu");
  std::printf("%s, gain %.4f\n", std::string(simdact::activation_name(act)).c_str(),
              simdact::initialization_gain(act));

  // The products of two samples with three columns of weights; the bias is added on the way.
  const std::vector<float> products{-1, 0, 1, 2, 3, 4}, bias{0.5F, 0, -0.5F};
  std::vector<float> hidden(products.size());
  simdact::forward(act, products, bias, hidden);
  std::printf("%.4f %.4f %.4f\n", hidden[0], hidden[1], hidden[2]);
  //! [named]

  //! [gated]
  // A gated unit takes both halves of a row that one matrix has made: [gate | up].
  const std::vector<float> packed{-1, 0, 1, 10, 20, 30};
  std::vector<float> out(3);
  simdact::forward(simdact::SwiGLU<>{}, packed, out, out.size());
  std::printf("%.4f %.4f %.4f\n", out[0], out[1], out[2]);
  //! [gated]

  //! [channels]
  // PReLU with one learned weight a channel: a batch of 1, 2 channels, 3 pixels.
  const std::vector<float> pixels{-1, 0, 1, -1, 0, 1}, weights{0.25F, 0.5F};
  std::vector<float> image(pixels.size());
  simdact::forward(simdact::PReLU<>{}, pixels, weights, 3, image);
  std::printf("%.2f %.2f\n", image[0], image[3]);
  //! [channels]
}
