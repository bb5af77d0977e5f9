// The handwritten digits: reading them, splitting them.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../network/training.hpp"
#include "user_input.hpp"

// The build names the file; without CMake, start from the top of the repository.
#ifndef SIMDACT_DIGITS_CSV
#define SIMDACT_DIGITS_CSV "examples/data/digits.csv"
#endif

namespace digits {

inline constexpr const char* samples_file = SIMDACT_DIGITS_CSV;

inline constexpr int pixel_count = 64;
inline constexpr int class_count = 10;

using network::Samples;

inline Samples read_samples(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    throw UserError("cannot open " + path);
  }
  std::vector<float> pixels;
  std::vector<std::int32_t> labels;
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) {
      line.pop_back();
    }
    const std::string place = path + ", line " + std::to_string(labels.size() + 1) + ": ";
    const auto columns = line.empty() ? 0 : 1 + std::ranges::count(line, ',');
    if (columns != pixel_count + 1) {
      throw UserError(place + "expected 65 columns (64 pixels and the label), found " +
                      std::to_string(columns));
    }
    std::string_view rest = line;
    for (int column = 1; column <= columns; ++column) {
      const std::string_view field = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(field.size() + 1, rest.size()));
      const bool is_label = column == columns;
      const int most = is_label ? class_count - 1 : 16;
      const auto value = whole_number(field, 0, most);
      if (!value) {
        throw UserError(place + "column " + std::to_string(column) + " should hold a " +
                        (is_label ? "label" : "pixel") + " from 0 to " + std::to_string(most) +
                        ", not '" + std::string(field) + "'");
      }
      if (is_label) {
        labels.push_back(*value);
      } else {
        pixels.push_back(float(*value));
      }
    }
  }
  // A directory, for one, opens but cannot be read.
  if (file.bad()) {
    throw UserError("cannot read " + path);
  }
  const auto rows = std::ssize(labels);
  if (rows < 5) {
    throw UserError(path + " holds " + std::to_string(rows) +
                    " digits, too few to hold out a fifth of them");
  }
  return {Eigen::Map<const network::Matrix>(pixels.data(), rows, pixel_count), std::move(labels)};
}

struct Split {
  Samples training;
  Samples held_out;
};

// Holds out a fifth, the same for every seed, so that any two runs are tested on the same digits.
inline Split split(const Samples& all) {
  network::Random fixed;
  const std::vector<std::size_t> order = network::shuffled(all.size(), fixed);
  const std::span<const std::size_t> rows = order;
  Samples training = all.select(rows.subspan(all.size() / 5));
  Samples held_out = all.select(rows.first(all.size() / 5));

  // Pixels with mean 0 and overall variance 1, by what the training digits alone show.
  const Eigen::RowVectorXf mean = training.inputs.colwise().mean();
  training.inputs.rowwise() -= mean;
  held_out.inputs.rowwise() -= mean;
  const float deviation = std::sqrt(training.inputs.cwiseAbs2().mean());
  if (deviation > 0) {
    training.inputs /= deviation;
    held_out.inputs /= deviation;
  }
  return {std::move(training), std::move(held_out)};
}

}  // namespace digits
