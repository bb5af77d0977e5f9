#pragma once

/// @file
/// An algorithm over arrays, and what holds for every one of them, wherever its arrays lie.

#include <cmath>
#include <functional>
#include <stdexcept>
#include <vector>

#include "../inputs.hpp"
#include "bytes.hpp"
#include "demand.hpp"

template <class T>
using Inputs = std::array<std::span<T const>, 2>;
template <class T>
using Outputs = std::array<std::span<T>, 2>;

template <class T>
struct Algorithm {
  std::string_view name;
  std::size_t inputs = 1;
  std::size_t outputs = 1;
  /// Elements of a row, of which an array has any number.
  std::size_t row_in = 1;
  std::size_t row_out = 1;
  /// Its parameters are no good: each call must be refused.
  bool refuses = false;
  std::function<void(Inputs<T> const&, Outputs<T> const&)> call;
  /// Demands what must hold of one row, of its inputs and what came out.
  std::function<void(Inputs<T> const&, Inputs<T> const&)> inspect;
};

enum class Aliasing { apart, same, output_ahead, output_behind };

/// Arrays in memory of their own, which ends with them, so that the address sanitizer sees a step beyond.
template <class T>
struct Placed {
  std::array<std::vector<T>, 4> memory;
  Inputs<T> in{};
  Outputs<T> out{};

  bool is_output(T const& element) const {
    const std::less<T const*> before;
    return std::any_of(out.begin(), out.end(), [&](auto part) {
      return !part.empty() && !before(&element, part.data()) &&
             before(&element, part.data() + part.size());
    });
  }
};

template <class T>
Placed<T> place_apart(Algorithm<T> const& algorithm, Inputs<T> const& values, std::size_t rows,
                      Bytes& bytes) {
  Placed<T> placed;
  for (std::size_t k = 0; k < algorithm.inputs; ++k) {
    const std::size_t offset = bytes.choose(17);
    placed.memory[k].assign(offset, T(-7));
    placed.memory[k].insert(placed.memory[k].end(), values[k].begin(), values[k].end());
    placed.in[k] = std::span(placed.memory[k]).subspan(offset);
  }
  for (std::size_t k = 0; k < algorithm.outputs; ++k) {
    const std::size_t offset = bytes.choose(17);
    placed.memory[2 + k].assign(offset + rows * algorithm.row_out, T(-7));
    placed.out[k] = std::span(placed.memory[2 + k]).subspan(offset);
  }
  return placed;
}

/// Moves the last output into the memory of an input. False if no two arrays of these lengths lie so.
template <class T>
bool alias(Algorithm<T> const& algorithm, Placed<T>& placed, Aliasing aliasing, Bytes& bytes) {
  const std::size_t k = bytes.choose(algorithm.inputs);
  const std::size_t share = bytes.choose(300);
  const std::vector<T> values(placed.in[k].begin(), placed.in[k].end());
  std::span<T>& out = placed.out[algorithm.outputs - 1];
  const std::size_t n = values.size(), m = out.size();
  std::vector<T>& memory = placed.memory[k];
  std::size_t in_at = 0, out_at = 0;
  if (aliasing == Aliasing::same) {
    if (n != m)
      return false;
  } else {
    const bool ahead = aliasing == Aliasing::output_ahead;
    const std::size_t first = ahead ? n : m;
    if (first < 2 || m == 0)
      return false;
    (ahead ? out_at : in_at) = 1 + share % (first - 1);
  }
  memory.assign(std::max(in_at + n, out_at + m), T(-7));
  std::copy(values.begin(), values.end(), memory.begin() + static_cast<std::ptrdiff_t>(in_at));
  placed.in[k] = std::span(memory).subspan(in_at, n);
  out = std::span(memory).subspan(out_at, m);
  return true;
}

template <class T>
bool equal_bits(T const& a, T const& b) {
  return std::memcmp(&a, &b, sizeof(T)) == 0;
}

template <class T>
void must_refuse(Algorithm<T> const& algorithm, Placed<T> const& placed) {
  const auto before = placed.memory;
  bool refused = false;
  try {
    algorithm.call(placed.in, placed.out);
  } catch (std::invalid_argument const&) {
    refused = true;
  }
  demand(refused, "std::invalid_argument for arguments that are no good");
  for (std::size_t k = 0; k < before.size(); ++k)
    demand(std::equal(before[k].begin(), before[k].end(), placed.memory[k].begin(), equal_bits<T>),
           "nothing is written before an error is thrown");
}

template <class T>
void must_write_outputs_alone(Algorithm<T> const& algorithm, Placed<T> const& placed) {
  const auto before = placed.memory;
  algorithm.call(placed.in, placed.out);
  for (std::size_t k = 0; k < before.size(); ++k) {
    for (std::size_t i = 0; i < before[k].size(); ++i)
      demand(equal_bits(before[k][i], placed.memory[k][i]) || placed.is_output(placed.memory[k][i]),
             "nothing but the outputs is written");
  }
}

template <class T>
Inputs<T> part_of(Inputs<T> const& arrays, std::size_t first, std::size_t length) {
  Inputs<T> part;
  for (std::size_t k = 0; k < part.size(); ++k)
    part[k] = arrays[k].empty() ? arrays[k] : arrays[k].subspan(first, length);
  return part;
}

/// Some of the rows alone, elsewhere in memory, must give the bits that they gave among the others.
template <class T>
void must_not_depend_on_place(Algorithm<T> const& algorithm, Inputs<T> const& values,
                              Inputs<T> const& whole, std::size_t rows, Bytes& bytes) {
  const std::size_t first = bytes.choose(rows + 1);
  const std::size_t count = bytes.choose(rows - first + 1);
  const Placed<T> placed = place_apart(
      algorithm, part_of(values, first * algorithm.row_in, count * algorithm.row_in), count, bytes);
  algorithm.call(placed.in, placed.out);
  for (std::size_t k = 0; k < algorithm.outputs; ++k) {
    for (std::size_t i = 0; i < placed.out[k].size(); ++i) {
      const T among_others = whole[k][first * algorithm.row_out + i];
      demand(same_bits(placed.out[k][i], among_others), "the same bits at every place",
             double(among_others), double(placed.out[k][i]));
    }
  }
}

template <class T>
void fuzz(Algorithm<T> const& algorithm, Bytes& bytes) {
  subject.algorithm = algorithm.name;
  const std::size_t rows = bytes.choose(301) / algorithm.row_in;
  const auto aliasing = static_cast<Aliasing>(bytes.choose(4));
  const bool nearby = bytes.choose();
  std::array<std::vector<T>, 2> numbers;
  Inputs<T> values;
  for (std::size_t k = 0; k < algorithm.inputs; ++k) {
    numbers[k].resize(rows * algorithm.row_in);
    for (T& x : numbers[k])
      x = nearby ? bytes.number_nearby<T>() : bytes.number<T>();
    values[k] = numbers[k];
  }

  Placed<T> placed = place_apart(algorithm, values, rows, bytes);
  const bool aliased = aliasing != Aliasing::apart && alias(algorithm, placed, aliasing, bytes);
  if (algorithm.refuses || (aliased && aliasing != Aliasing::same))
    return must_refuse(algorithm, placed);
  must_write_outputs_alone(algorithm, placed);
  const Inputs<T> out = {placed.out[0], placed.out[1]};
  for (std::size_t r = 0; r < rows; ++r)
    algorithm.inspect(part_of(values, r * algorithm.row_in, algorithm.row_in),
                      part_of(out, r * algorithm.row_out, algorithm.row_out));
  must_not_depend_on_place(algorithm, values, out, rows, bytes);
}
