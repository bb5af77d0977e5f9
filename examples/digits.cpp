// Trains a small network on 1,797 real handwritten digits, once per activation, and prints a table.
//
// Eigen multiplies the matrices (digits/dense.hpp). Everything nonlinear is simdact:
//
//   forward                y = f(z)                                      Network::activate
//   backward               dL/dz = dL/dy * f'(z), in place               Network::pass_back
//   cross_entropy          softmax, loss and its gradient in one pass    Network::learn
//   initialization_gain    the scale of the first weights                Network::gain
//   activation_statistics  which units can still learn                   Network::health
//   visit_activation, for_each_activation                                main's table

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <simdact/simdact.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "digits/dense.hpp"
#include "digits/options.hpp"
#include "digits/progress.hpp"
#include "digits/samples.hpp"

namespace {

using digits::class_count;
using digits::Dense;
using digits::Matrix;
using digits::Options;
using digits::pixel_count;
using digits::Random;
using digits::Samples;

// simdact takes anything that is contiguous in memory.
std::span<float> values(Matrix& matrix) { return {matrix.data(), std::size_t(matrix.size())}; }
std::span<const float> values(const Matrix& matrix) {
  return {matrix.data(), std::size_t(matrix.size())};
}

// Of the units of a hidden layer: the share that is saturated on every digit, and how often one is on the
// average.
struct Health {
  double dead;
  double saturated;
};

// pixels -> first -> f -> second -> f -> third -> logits
template <class Activation>
class Network {
 public:
  Network(const Activation& activation, int hidden, Random& random)
      : activation_(activation),
        first_(pixel_count, hidden, 1, random),
        second_(hidden, hidden, gain(activation), random),
        third_(hidden, class_count, gain(activation), random) {}

  // One step down the gradient of the batch's mean loss, which it returns.
  double learn(const Samples& batch, float learning_rate) {
    const Matrix& x = batch.pixels;
    const Matrix z1 = first_.forward(x);
    const Matrix y1 = activate(z1);
    const Matrix z2 = second_.forward(y1);
    const Matrix y2 = activate(z2);
    const Matrix logits = third_.forward(y2);

    Matrix grad3(logits.rows(), logits.cols());
    const double loss =
        simdact::cross_entropy(values(logits), batch.labels, class_count, values(grad3));
    Matrix grad2 = third_.backward(grad3);
    pass_back(z2, grad2);
    Matrix grad1 = second_.backward(grad2);
    pass_back(z1, grad1);

    first_.update(x, grad1, learning_rate);
    second_.update(y1, grad2, learning_rate);
    third_.update(y2, grad3, learning_rate);
    return loss;
  }

  Matrix logits(const Matrix& x) {
    return third_.forward(activate(second_.forward(activate(first_.forward(x)))));
  }

  // Of the two hidden layers on the digits x.
  std::array<Health, 2> health(const Matrix& x) {
    const Matrix z1 = first_.forward(x);
    return {health_of(z1), health_of(second_.forward(activate(z1)))};
  }

  double seconds_in_activations() const { return stopwatch_.seconds(); }

 private:
  // Under which the sums of the next layer have variance 1, as those of this one have.
  static float gain(const Activation& activation) {
    return float(simdact::initialization_gain(activation));
  }

  Health health_of(const Matrix& z) const {
    std::vector<simdact::ActivationStatistics> units(std::size_t(z.cols()));
    simdact::activation_statistics(activation_, values(z), units.size(), units);
    Health sum{};
    for (const auto& unit : units) {
      sum.dead += unit.saturated == 1 ? 1 : 0;
      sum.saturated += unit.saturated;
    }
    return {sum.dead / double(units.size()), sum.saturated / double(units.size())};
  }

  Matrix activate(const Matrix& z) {
    Matrix y(z.rows(), z.cols());
    const auto lap = stopwatch_.lap();
    simdact::forward(activation_, values(z), values(y));
    return y;
  }

  // Turns dL/dy into dL/dz where it stands.
  void pass_back(const Matrix& z, Matrix& grad) {
    const auto lap = stopwatch_.lap();
    simdact::backward(activation_, values(z), values(grad), values(grad));
  }

  Activation activation_;
  Dense first_;
  Dense second_;
  Dense third_;
  digits::Stopwatch stopwatch_;
};

// Mini-batches in a new random order each epoch, at a learning rate that falls to zero.
template <class Activation>
void train(Network<Activation>& network, const Samples& training, const Options& options,
           Random& random, digits::Progress& progress) {
  constexpr std::size_t batch_size = 32;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    const float learning_rate = options.learning_rate * (1 - float(epoch) / float(options.epochs));
    const std::vector<std::size_t> order = digits::shuffled(training.size(), random);
    double loss = 0;
    for (std::span<const std::size_t> rest = order; !rest.empty();) {
      const auto rows = rest.first(std::min(batch_size, rest.size()));
      rest = rest.subspan(rows.size());
      loss += double(rows.size()) * network.learn(training.select(rows), learning_rate);
    }
    progress.show(Activation::name, epoch + 1, options.epochs, loss / double(training.size()));
  }
}

template <class Activation>
double loss(Network<Activation>& network, const Samples& samples) {
  const Matrix logits = network.logits(samples.pixels);
  return simdact::forward(simdact::CrossEntropy<>{}, values(logits), samples.labels, class_count);
}

template <class Activation>
double accuracy(Network<Activation>& network, const Samples& samples) {
  const Matrix logits = network.logits(samples.pixels);
  std::size_t right = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    Eigen::Index likeliest = 0;
    logits.row(Eigen::Index(i)).maxCoeff(&likeliest);
    right += likeliest == samples.labels[i];
  }
  return double(right) / double(samples.size());
}

template <class Activation>
void print_row(const Activation& activation, const digits::Split& data, const Options& options,
               digits::Progress& progress) {
  Random random(options.seed);
  Network<Activation> network(activation, options.hidden, random);
  digits::Stopwatch training_time;
  {
    const auto lap = training_time.lap();
    train(network, data.training, options, random, progress);
  }
  const double seconds_in_activations = network.seconds_in_activations();
  const auto [first, second] = network.health(data.training.pixels);

  progress.clear();
  std::printf("%-12s %13.5f %13.2f %% %6.1f, %5.1f %% %6.1f, %5.1f %% %12.3f s %6.3f s\n",
              std::string(Activation::name).c_str(), loss(network, data.training),
              100 * accuracy(network, data.held_out), 100 * first.dead, 100 * second.dead,
              100 * first.saturated, 100 * second.saturated, seconds_in_activations,
              training_time.seconds());
  std::fflush(stdout);
}

void check_is_known(const std::string& name) {
  try {
    simdact::visit_activation<float>(name, [](auto) {});
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
  if (options.activation) {
    check_is_known(*options.activation);
  }
  const digits::Split data = digits::split(digits::read_samples(options.data));

  std::printf("%-12s %13s %15s %15s %15s %14s %8s\n", "activation", "training loss",
              "test accuracy", "dead units", "saturated", "in activations", "in all");
  digits::Progress progress;
  // Every activation with its default parameters: PReLU's weight and Swish's beta, which a network
  // could learn too, stay where they are.
  const auto print = [&](auto activation) { print_row(activation, data, options, progress); };
  if (options.activation) {
    simdact::visit_activation<float>(*options.activation, print);
  } else {
    simdact::for_each_activation<float>(print);
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
