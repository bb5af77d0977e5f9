#include <cstdint>
#include <cstdio>
#include <simdact/activations/softplus.hpp>
#include <simdact/array/elementwise.hpp>
#include <simdact/rowwise/binary_cross_entropy_with_logits.hpp>
#include <simdact/rowwise/cross_entropy.hpp>
#include <simdact/rowwise/softmax.hpp>
#include <vector>

int main() {
  //! [classes]
  // One class of three: train on the logits, show the probabilities.
  const std::vector<float> logits{2, 1, -1};
  const std::vector<std::int32_t> labels{0};
  std::vector<float> gradient(3), probabilities(3);
  const double loss = simdact::cross_entropy(logits, labels, 3, gradient);
  simdact::forward(simdact::Softmax<>{}, logits, probabilities);
  std::printf("loss %.4f, probabilities %.4f %.4f %.4f\n", loss, probabilities[0], probabilities[1],
              probabilities[2]);
  //! [classes]

  //! [labels]
  // Any number of labels at once: each has a sigmoid of its own.
  const std::vector<float> present{1, 0, 1};
  const double binary = simdact::binary_cross_entropy_with_logits(logits, present, gradient);
  std::printf("loss %.4f, gradient %.4f %.4f %.4f\n", binary, gradient[0], gradient[1],
              gradient[2]);
  //! [labels]

  //! [positive]
  // A number above 0, such as a deviation or a rate: even -30 gives one.
  const std::vector<float> raw{-30, 0, 30};
  std::vector<float> scale(3);
  simdact::forward(simdact::Softplus<>{}, raw, scale);
  std::printf("%.4g %.4g %.4g\n", scale[0], scale[1], scale[2]);
  //! [positive]
}
