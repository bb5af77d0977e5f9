// Trains a small network on 1,797 real handwritten digits, once per activation, and prints a table.
//
// Eigen multiplies the matrices (network/dense.hpp). Everything nonlinear is simdact:
//
//   forward                y = f(z)                                      network/perceptron.hpp
//   backward               dL/dz = dL/dy * f'(z), in place               network/perceptron.hpp
//   initialization_gain    the scale of the first weights                network/perceptron.hpp
//   cross_entropy          softmax, loss and its gradient in one pass    network/training.hpp
//   activation_statistics  which units can still learn                   network/health.hpp
//   any_activation, for_each_activation                                  run's table

#include <cstddef>
#include <cstdio>
#include <optional>
#include <simdact/by_name/any_activation.hpp>
#include <span>
#include <stdexcept>
#include <string>

#include "digits/options.hpp"
#include "digits/progress.hpp"
#include "digits/samples.hpp"
#include "network/health.hpp"
#include "network/perceptron.hpp"
#include "network/stopwatch.hpp"
#include "network/training.hpp"

namespace {

using Activation = simdact::AnyActivation<float>;
using digits::Options;
using network::Health;
using network::Random;

void print_row(const Activation& activation, const digits::Split& data, const Options& options,
               digits::Progress& progress) {
  const std::string name(simdact::activation_name(activation));
  Random random(options.seed);
  network::Perceptron network(
      activation, {digits::pixel_count, options.hidden, options.hidden, digits::class_count},
      random);
  network::Stopwatch training_time;
  {
    const auto lap = training_time.lap();
    // At a learning rate that falls to zero.
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
      const float rate = options.learning_rate * (1 - float(epoch) / float(options.epochs));
      const double loss = network::train_epoch(network, data.training, rate, random);
      progress.show(name, epoch + 1, options.epochs, loss);
    }
  }
  const double seconds_in_activations = network.seconds_in_activations();
  const network::Pass pass = network.forward(data.training.inputs);
  const Health first = network::health(activation, pass.sums[0]);
  const Health second = network::health(activation, pass.sums[1]);

  progress.clear();
  std::printf("%-12s %13.5f %13.2f %% %6.1f, %5.1f %% %6.1f, %5.1f %% %12.3f s %6.3f s\n",
              name.c_str(), network::loss(network, data.training),
              100 * network::accuracy(network, data.held_out), 100 * first.dead, 100 * second.dead,
              100 * first.saturated, 100 * second.saturated, seconds_in_activations,
              training_time.seconds());
  std::fflush(stdout);
}

Activation known_activation(const std::string& name) {
  try {
    return simdact::any_activation<float>(name);
  } catch (const std::invalid_argument& error) {
    throw digits::UserError(error.what());
  }
}

int run(std::span<const char* const> arguments) {
  const Options options = digits::parse_options(arguments);
  if (options.help) {
    std::fputs(digits::usage, stdout);
    return 0;
  }
  std::optional<Activation> chosen;
  if (options.activation) {
    chosen = known_activation(*options.activation);
  }
  const digits::Split data = digits::split(digits::read_samples(options.data));

  std::printf("%-12s %13s %15s %15s %15s %14s %8s\n", "activation", "training loss",
              "test accuracy", "dead units", "saturated", "in activations", "in all");
  digits::Progress progress;
  // Every activation with its default parameters: PReLU's weight and Swish's beta, which a network
  // could learn too, stay where they are.
  if (chosen) {
    print_row(*chosen, data, options, progress);
  } else {
    simdact::for_each_activation<float>(
        [&](auto activation) { print_row(activation, data, options, progress); });
  }
  if (std::ferror(stdout) != 0) {
    throw digits::UserError("cannot write the table");
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(std::span<const char* const>(argv, std::size_t(argc)).subspan(1));
  } catch (const digits::UserError& error) {
    std::fprintf(stderr, "digits: %s\n", error.what());
    return 2;
  }
}
