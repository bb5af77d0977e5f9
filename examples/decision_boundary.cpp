// Where a network draws the line between two classes, as it learns: two spirals, which no simple line parts.
// What the activation is like shows in the line: straight pieces for ReLU, curves for the smooth ones.

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <numbers>
#include <simdact/by_name/any_activation.hpp>
#include <simdact/rowwise/softmax.hpp>
#include <string>
#include <vector>

#include "gallery/options.hpp"
#include "gallery/table.hpp"
#include "network/matrix.hpp"
#include "network/perceptron.hpp"
#include "network/training.hpp"

namespace {

using network::Matrix;
using network::Samples;
using network::values;

constexpr const char* usage =
    R"(Trains networks of 2-16-16-2 units to tell two spirals apart, and prints how well they do.

usage: decision_boundary [--data FILE]
  --data FILE  the probability of the second class over the square, then the samples
)";

constexpr int frames[] = {10, 30, 100, 400};

// In the square from -1 to 1: one arm, and the same turned by half a circle.
Samples spirals() {
  constexpr int count = 300;
  network::Random random;
  Samples samples{Matrix(count, 2), {}};
  for (int i = 0; i < count; ++i) {
    const float along = float(i) / count;
    const float turn = (3 * along + float(i % 2)) * std::numbers::pi_v<float>;
    const float radius = 0.1F + 0.8F * along + 0.03F * network::uniform(random);
    samples.inputs.row(i) << radius * std::cos(turn), radius * std::sin(turn);
    samples.labels.push_back(i % 2);
  }
  return samples;
}

// grid x grid points of the square, row by row.
Matrix square() {
  constexpr int grid = 61;
  Matrix points(grid * grid, 2);
  for (int i = 0; i < grid * grid; ++i) {
    points.row(i) << float(i % grid) / 30 - 1, float(i / grid) / 30 - 1;
  }
  return points;
}

gallery::Curve column(const std::string& name, const auto& values) {
  return {name, {values.begin(), values.end()}};
}

// Prints a row, and adds to `columns` the probability of the second class at each point in each frame.
void train(const std::string& name, const simdact::AnyActivation<float>& activation,
           const Samples& samples, const Matrix& points, std::vector<gallery::Curve>& columns) {
  network::Random random;
  network::Perceptron network(activation, {2, 16, 16, 2}, random);
  std::printf("%-10s", name.c_str());
  int epoch = 0;
  for (const int frame : frames) {
    for (; epoch < frame; ++epoch) {
      network::train_epoch(network, samples, 0.02F, random);
    }
    std::printf(" %9.4f, %5.1f %%", network::loss(network, samples),
                100 * network::accuracy(network, samples));

    Matrix probabilities = network.forward(points).logits();
    simdact::forward(simdact::Softmax<>{}, values(probabilities), values(probabilities), 2);
    columns.push_back(column(name + ", epoch " + std::to_string(frame), probabilities.col(1)));
  }
  std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string file = gallery::data_file(argc, argv, usage);
  const Samples samples = spirals();
  const Matrix points = square();

  std::printf("%-10s", "epoch");
  for (const int frame : frames) {
    std::printf(" %18d", frame);
  }
  std::printf("\n");
  std::vector<gallery::Curve> columns = {column("x", points.col(0)), column("y", points.col(1))};
  // A leaky ReLU of slope 1 is the identity.
  train("none", simdact::LeakyReLU<>{.negative_slope = 1}, samples, points, columns);
  for (const char* name : {"sigmoid", "tanh", "relu", "gelu"}) {
    train(name, simdact::any_activation<float>(name), samples, points, columns);
  }
  std::printf(
      "The mean loss, and the share of the samples on the right side of the line. Without an\n"
      "activation it stays straight.\n");

  gallery::Table table = gallery::table_of("point", columns);
  table.next({"x", "y", "class"});
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto row = samples.inputs.row(Eigen::Index(i));
    table.row({double(row[0]), double(row[1]), double(samples.labels[i])});
  }
  table.write(file);
}
