// The handwritten digits: reading them, splitting them, choosing among them.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "user_input.hpp"

namespace digits {

// One digit per row, row-major: the layout of simdact's rowwise functions.
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Random = std::mt19937;

inline constexpr int pixel_count = 64;
inline constexpr int class_count = 10;

struct Samples {
  Matrix pixels;
  std::vector<std::int32_t> labels;

  std::size_t size() const { return labels.size(); }

  Samples select(std::span<const std::size_t> rows) const {
    Samples chosen{Matrix(std::ssize(rows), pixels.cols()), {}};
    for (const std::size_t row : rows) {
      chosen.pixels.row(std::ssize(chosen.labels)) = pixels.row(Eigen::Index(row));
      chosen.labels.push_back(labels[row]);
    }
    return chosen;
  }
};

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
  return {Eigen::Map<const Matrix>(pixels.data(), rows, pixel_count), std::move(labels)};
}

// 0 ... count-1 in random order; std::shuffle gives another order in every standard library.
inline std::vector<std::size_t> shuffled(std::size_t count, Random& random) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t j = random() % (i + 1);
    order[i] = order[j];
    order[j] = i;
  }
  return order;
}

struct Split {
  Samples training;
  Samples held_out;
};

// Holds out a fifth, the same for every seed, so that any two runs are tested on the same digits.
inline Split split(const Samples& all) {
  Random fixed;
  const std::vector<std::size_t> order = shuffled(all.size(), fixed);
  const std::span<const std::size_t> rows = order;
  Samples training = all.select(rows.subspan(all.size() / 5));
  Samples held_out = all.select(rows.first(all.size() / 5));

  // Pixels with mean 0 and overall variance 1, by what the training digits alone show.
  const Eigen::RowVectorXf mean = training.pixels.colwise().mean();
  training.pixels.rowwise() -= mean;
  held_out.pixels.rowwise() -= mean;
  const float deviation = std::sqrt(training.pixels.cwiseAbs2().mean());
  if (deviation > 0) {
    training.pixels /= deviation;
    held_out.pixels /= deviation;
  }
  return {std::move(training), std::move(held_out)};
}

}  // namespace digits
