// Exclusive or: the smallest problem that no straight line solves. Without an activation two layers are but
// one, and all they find is to answer 1/2 to everything; with any that bends they find the solution.

#include <array>
#include <cstdio>
#include <simdact/by_name/any_activation.hpp>
#include <simdact/rowwise/binary_cross_entropy_with_logits.hpp>
#include <string>
#include <vector>

#include "gallery/options.hpp"
#include "gallery/table.hpp"
#include "network/matrix.hpp"
#include "network/perceptron.hpp"

namespace {

using network::Matrix;
using network::values;

constexpr const char* usage =
    R"(Trains a network of 2-8-1 units on exclusive or, with several activations.

usage: xor [--data FILE]
  --data FILE  the loss of each step, as columns
)";

const Matrix points{{0, 0}, {0, 1}, {1, 0}, {1, 1}};
constexpr std::array<float, 4> targets = {0, 1, 1, 0};

// All four points in every step, and the loss of a single logit. Returns that of each step.
gallery::Curve train(const std::string& name, const simdact::AnyActivation<float>& activation) {
  network::Random random;
  network::Perceptron network(activation, {2, 8, 1}, random);
  const auto loss = [](const Matrix& logits, Matrix& grad) {
    return simdact::binary_cross_entropy_with_logits(values(logits), targets, values(grad));
  };
  gallery::Curve losses{name, {}};
  for (int step = 0; step < 500; ++step) {
    losses.values.push_back(network.learn(points, loss, 0.03F));
  }

  Matrix probabilities = network.forward(points).logits();
  simdact::forward(simdact::Sigmoid<>{}, values(probabilities), values(probabilities));
  std::printf("%-10s %8.4f", name.c_str(), losses.values.back());
  for (const float probability : values(probabilities)) {
    std::printf(" %8.4f", double(probability));
  }
  std::printf("\n");
  return losses;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string file = gallery::data_file(argc, argv, usage);

  std::printf("%-10s %8s %8s %8s %8s %8s\n", "activation", "loss", "0 xor 0", "0 xor 1", "1 xor 0",
              "1 xor 1");
  // A leaky ReLU of slope 1 is the identity.
  std::vector<gallery::Curve> losses = {train("none", simdact::LeakyReLU<>{.negative_slope = 1})};
  for (const char* name : {"sigmoid", "tanh", "relu", "elu", "gelu", "silu"}) {
    losses.push_back(train(name, simdact::any_activation<float>(name)));
  }
  std::printf("The loss of 1/2 for everything is ln 2 = 0.6931: no straight line does better.\n");

  gallery::table_of("step", losses).write(file);
}
