// How much of the gradient is left in front of 10 and of 50 layers, before any training. Each layer multiplies
// it by its weights and by f', so that what a layer loses, 50 layers lose to the power of 50.

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <simdact/array/initialization_gain.hpp>
#include <simdact/by_name/any_activation.hpp>
#include <string>
#include <vector>

#include "gallery/options.hpp"
#include "gallery/table.hpp"
#include "network/matrix.hpp"
#include "network/perceptron.hpp"

namespace {

using network::Matrix;
using network::Random;

constexpr const char* usage =
    R"(Prints the size of the gradient in front of 10 and of 50 layers, relative to that behind them.

usage: vanishing_gradients [--data FILE]
  --data FILE  the size in front of each number of layers, as columns
)";

constexpr int most_layers = 50;
constexpr int width = 128;

// Variance 1.
Matrix noise(int rows, int columns, Random& random) {
  Matrix matrix(rows, columns);
  for (float& value : matrix.reshaped()) {
    value = std::sqrt(3.0F) * network::uniform(random);
  }
  return matrix;
}

// The root mean square.
double size_of(const Matrix& matrix) { return std::sqrt(matrix.cast<double>().cwiseAbs2().mean()); }

// The size of the gradient in front of 1, 2, ... layers, each of which is an activation and a matrix of
// weights with standard deviation gain/sqrt(width).
gallery::Curve gradients(const std::string& name, const simdact::AnyActivation<float>& activation,
                         double gain) {
  Random random;
  network::Perceptron network(activation, std::vector<int>(most_layers + 2, width), float(gain),
                              random);
  const network::Pass pass = network.forward(noise(64, width, random));
  // What counts are ratios: those below 1e-38 would lose digits as floats.
  const Matrix behind = 1e30F * noise(64, width, random);
  const std::vector<Matrix> by_layer = network.backward(pass, behind);

  gallery::Curve curve{name, {}};
  for (int layers = 1; layers <= most_layers; ++layers) {
    curve.values.push_back(size_of(by_layer[std::size_t(most_layers - layers)]) / size_of(behind));
  }
  return curve;
}

// After 10 layers, after 50, and what one of the 50 leaves on the average.
void print_sizes(const gallery::Curve& curve) {
  const double after_all = curve.values[most_layers - 1];
  std::printf(" %10.1e %10.1e %8.3f", curve.values[9], after_all,
              std::pow(after_all, 1.0 / most_layers));
}

}  // namespace

int main(int argc, char** argv) {
  const std::string file = gallery::data_file(argc, argv, usage);

  std::printf("%-10s %30s %39s\n", "", "gain 1/sqrt(3)", "initialization_gain");
  std::printf("%-10s %10s %10s %8s %8s %10s %10s %8s\n", "activation", "10 layers", "50 layers",
              "a layer", "gain", "10 layers", "50 layers", "a layer");
  std::vector<gallery::Curve> curves;
  for (const std::string name : {"sigmoid", "tanh", "relu", "gelu", "silu", "selu"}) {
    const auto activation = simdact::any_activation<float>(name);
    const double gain = simdact::initialization_gain(activation);
    // What a linear layer of PyTorch starts with, whatever comes before it.
    curves.push_back(gradients(name + ", 1/sqrt(3)", activation, 1 / std::sqrt(3.0)));
    std::printf("%-10s", name.c_str());
    print_sizes(curves.back());
    curves.push_back(gradients(name, activation, gain));
    std::printf(" %8.4f", gain);
    print_sizes(curves.back());
    std::printf("\n");
  }
  std::printf(
      "With a gain that suits the activation every gradient arrives, after 50 layers, too, but\n"
      "that of sigmoid, whose slope is at most 1/4.\n");
  gallery::table_of("layers", curves).write(file);
}
