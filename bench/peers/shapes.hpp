#pragma once

/// @file
/// What is measured: sizes, shapes, directions.

#include <cstddef>
#include <string>

#include "peer.hpp"

namespace bench {

/// First cache, second cache, memory.
inline constexpr std::size_t sizes[] = {2048, 32768, std::size_t{1} << 24};

inline constexpr Direction directions[] = {Direction::forward, Direction::backward};

inline std::string direction_text(Direction direction) {
  return direction == Direction::forward ? "forward" : "backward";
}

struct Shape {
  std::size_t rows, row_length;
};

inline constexpr Shape softmax_shapes[] = {
    {128, 1024}, {1, 50257}, {1024, 64}, {1, std::size_t{1} << 24}};

struct SoftmaxFunction {
  char const* name;
  Direction direction;
};

inline constexpr SoftmaxFunction softmax_functions[] = {{"softmax", Direction::forward},
                                                        {"softmax", Direction::backward},
                                                        {"log_softmax", Direction::forward}};

}  // namespace bench
