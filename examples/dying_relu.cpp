// A step that is too large can drive a unit so far down that its sum is negative on every sample. The slope of
// ReLU is 0 there, so no gradient ever brings it back: the unit is dead, and all its weights with it.

#include <cstddef>
#include <cstdio>
#include <simdact/by_name/any_activation.hpp>
#include <string>
#include <vector>

#include "digits/samples.hpp"
#include "gallery/options.hpp"
#include "gallery/table.hpp"
#include "network/health.hpp"
#include "network/perceptron.hpp"
#include "network/training.hpp"

namespace {

using simdact::ELU;
using simdact::LeakyReLU;
using simdact::ReLU;
using Activation = simdact::AnyOf<simdact::TypeList<ReLU<>, LeakyReLU<>, ELU<>>>;

constexpr const char* usage =
    R"(Trains networks on handwritten digits, first in steps that are too large, and counts dead units.

usage: dying_relu [--data FILE]
  --data FILE  the shares of dead units and of digits told right after each epoch, as columns
)";

constexpr float small_step = 0.003F;
constexpr float large_step = 0.1F;

// Five epochs in steps of one size, then 15 in small ones, perhaps with another activation.
struct Course {
  const char* name;
  Activation first;
  float step;
  Activation then;
  double weights = 1;  // how many times as large as those that suit the activation
};

const std::vector<Course> courses = {
    {"relu", ReLU<>{}, large_step, ReLU<>{}},
    {"relu, then leaky_relu", ReLU<>{}, large_step, LeakyReLU<>{}},
    {"relu, then elu", ReLU<>{}, large_step, ELU<>{}},
    {"leaky_relu", LeakyReLU<>{}, large_step, LeakyReLU<>{}},
    {"elu", ELU<>{}, large_step, ELU<>{}},
    {"relu, larger weights", ReLU<>{}, large_step, ReLU<>{}, 10},
    {"relu in small steps", ReLU<>{}, small_step, ReLU<>{}},
};

// After each epoch, in percent.
struct Outcome {
  gallery::Curve dead;   // of the units of the second hidden layer; in the first none died
  gallery::Curve right;  // of the digits held out
};

Outcome train(const Course& course, const digits::Split& data) {
  network::Random random;
  const double gain = course.weights * simdact::initialization_gain(course.first);
  network::Perceptron network(course.first, {digits::pixel_count, 64, 64, digits::class_count},
                              float(gain), random);
  Outcome outcome{{course.name, {}}, {course.name, {}}};
  for (int epoch = 1; epoch <= 20; ++epoch) {
    const bool is_first = epoch <= 5;
    const Activation& f = is_first ? course.first : course.then;
    network.replace_activation(f);
    network::train_epoch(network, data.training, is_first ? course.step : small_step, random);

    const network::Pass pass = network.forward(data.training.inputs);
    outcome.dead.values.push_back(100 * network::health(f, pass.sums[1]).dead);
    outcome.right.values.push_back(100 * network::accuracy(network, data.held_out));
  }
  return outcome;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string file = gallery::data_file(argc, argv, usage);
  const digits::Split data = digits::split(digits::read_samples(digits::samples_file));

  std::printf("%-22s %25s %25s\n", "", "after 5 large steps", "and 15 small ones");
  std::printf("%-22s %11s %13s %11s %13s\n", "activation", "dead units", "test accuracy",
              "dead units", "test accuracy");
  std::vector<gallery::Curve> dead, right;
  for (const Course& course : courses) {
    const Outcome outcome = train(course, data);
    dead.push_back(outcome.dead);
    right.push_back(outcome.right);
    std::printf("%-22s", course.name);
    for (const std::size_t epoch : {4U, 19U}) {
      std::printf(" %9.1f %% %11.2f %%", outcome.dead.values[epoch], outcome.right.values[epoch]);
    }
    std::printf("\n");
  }
  std::printf(
      "A dead ReLU stays dead in small steps, too. A leaky one in its place learns again; an ELU\n"
      "does if it is not too far down. Best is a step that is small next to the weights.\n");

  dead.insert(dead.end(), right.begin(), right.end());
  gallery::table_of("epoch", dead).write(file);
}
