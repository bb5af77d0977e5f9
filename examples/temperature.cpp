// What the temperature of softmax does to a language model: the smallest there is, one that knows how often one
// letter follows another in a text.
//
//   Softmax{.temperature}  the probabilities of the next letter          probabilities
//   sample                 draws the next letter                         text_at, largest_deviation
//
// Both take the limits as they are: at T = 0 always the likeliest letter, at T = +inf all letters alike.

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <random>
#include <simdact/rowwise/sample.hpp>
#include <simdact/rowwise/softmax.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gallery/options.hpp"
#include "gallery/table.hpp"

namespace {

// A token is a letter, or the last one, for whatever is between two words.
constexpr std::size_t token_count = 27, between = 26;
using Row = std::array<float, token_count>;
using Model = std::array<Row, token_count>;

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz ";

std::size_t token_of(char c) {
  return std::min(letters.find(char(std::tolower(static_cast<unsigned char>(c)))), between);
}

// The row of a token has the logits of the next one, log(count + 1/10). The softmax of log(count) is how often
// each came in the text; the tenth leaves a little for those that never did.
Model read_model(const std::string& path) {
  std::ifstream text(path);
  Model counts{};
  std::size_t before = between, pairs = 0;
  for (char c = 0; text.get(c);) {
    const std::size_t token = token_of(c);
    if (token != between || before != between) {
      ++counts[before][token];
      ++pairs;
    }
    before = token;
  }
  if (pairs == 0) {
    throw std::runtime_error("cannot read " + path);
  }
  for (Row& row : counts) {
    for (float& logit : row) {
      logit = std::log(logit + 0.1F);
    }
  }
  std::printf(
      "Logits: log(count + 1/10) of the %zu pairs of letters in the LICENSE of simdact.\n\n",
      pairs);
  return counts;
}

Row probabilities(const Row& logits, double temperature) {
  Row probs;
  simdact::forward(simdact::Softmax<>{.temperature = float(temperature)}, logits, probs,
                   token_count);
  return probs;
}

// In bits: a choice among 2^entropy letters, all alike, would be as uncertain.
double entropy(const Row& probs) {
  double sum = 0;
  for (const float p : probs) {
    sum -= p > 0 ? double(p) * std::log2(double(p)) : 0;
  }
  return sum;
}

// A number from [0, 1) that is the same with every standard library.
double uniform(std::mt19937& random) { return double(random()) * 0x1p-32; }

std::string text_at(double temperature, const Model& model) {
  std::mt19937 random(1);
  std::string text;
  for (std::size_t token = between; text.size() < 48; text += letters[token]) {
    token = simdact::sample(model[token], {.temperature = temperature}, uniform(random));
  }
  return text;
}

// Between how often `sample` draws a token and the probability that it should.
double largest_deviation(const Row& logits, double temperature) {
  constexpr int draws = 100'000;
  std::mt19937 random(2);
  std::array<int, token_count> drawn{};
  for (int i = 0; i < draws; ++i) {
    ++drawn[simdact::sample(logits, {.temperature = temperature}, uniform(random))];
  }
  const Row probs = probabilities(logits, temperature);
  double largest = 0;
  for (std::size_t i = 0; i < token_count; ++i) {
    largest = std::max(largest, std::fabs(double(drawn[i]) / draws - double(probs[i])));
  }
  return largest;
}

// What may follow a t: the likeliest letters, and one that never does in the text.
constexpr char context = 't';
constexpr std::string_view shown = "h ireq";

void print_heading() {
  std::printf("%5s %8s", "T", "entropy");
  for (const char c : shown) {
    std::printf(" %5c%c", context, c == ' ' ? '_' : c);
  }
  std::printf(" %10s  text\n", "deviation");
}

void print_row(double temperature, const Model& model) {
  const Row& logits = model[token_of(context)];
  const Row probs = probabilities(logits, temperature);
  std::printf("%5g %8.3f", temperature, entropy(probs));
  for (const char c : shown) {
    std::printf(" %6.4f", double(probs[token_of(c)]));
  }
  std::printf(" %10.4f  '%s'\n", largest_deviation(logits, temperature),
              text_at(temperature, model).c_str());
}

gallery::Table over_temperature(const Row& logits) {
  gallery::Table table({"temperature", "entropy", "h", "between words", "i", "r", "e", "q"});
  for (int i = -60; i <= 60; ++i) {
    const double temperature = std::pow(10, i / 30.0);
    const Row probs = probabilities(logits, temperature);
    std::vector<double> cells{temperature, entropy(probs)};
    for (const char c : shown) {
      cells.push_back(double(probs[token_of(c)]));
    }
    table.row(cells);
  }
  return table;
}

constexpr const char* usage =
    R"(The probabilities, and what is drawn by them, at softmax temperatures from 0 to +inf.

usage: temperature [--data FILE]
  --data FILE  writes the probabilities over the temperature, for the picture
)";

void run(const std::string& data) {
  const Model model = read_model(SIMDACT_TEXT);
  print_heading();
  for (const double temperature : {0.0, 0.25, 0.5, 1.0, 2.0, 4.0, double(INFINITY)}) {
    print_row(temperature, model);
  }
  std::printf(R"(
At T = 1 the text has the pairs of letters that the LICENSE has. Colder, the likeliest crowds
out the others, until the text goes in circles; hotter, all become alike, at +inf with
log2(27) = %.3f bits. The deviation is that of 100,000 draws of `sample` from the
probabilities of `Softmax`.
)",
              std::log2(double(token_count)));
  over_temperature(model[token_of(context)]).write(data);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string data = gallery::data_file(argc, argv, usage);
  try {
    run(data);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "temperature: %s\n", error.what());
    return 2;
  }
}
