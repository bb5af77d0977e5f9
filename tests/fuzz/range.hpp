#pragma once

/// @file
/// The values that an activation may have, at its default parameters.

#include <array>
#include <limits>
#include <string_view>

struct Range {
  std::string_view name;
  double least;
  double largest = std::numeric_limits<double>::infinity();
};

/// Where a bound is no number of T, the next decimal beyond it.
inline constexpr std::array ranges = {
    Range{"relu", 0.0},
    Range{"relu6", 0.0, 6.0},
    Range{"elu", -1.0},
    Range{"celu", -1.0},
    Range{"selu", -1.7580994},
    Range{"gelu", -0.16998},
    Range{"gelu_tanh", -0.17005},
    Range{"silu", -0.278465},
    Range{"swish", -0.278465},
    Range{"mish", -0.308845},
    Range{"softplus", 0.0},
    Range{"hardswish", -0.375},
    Range{"hardsigmoid", 0.0, 1.0},
    Range{"sigmoid", 0.0, 1.0},
    Range{"log_sigmoid", -std::numeric_limits<double>::infinity(), 0.0},
    Range{"tanh", -1.0, 1.0},
    Range{"hardtanh", -1.0, 1.0},
    Range{"threshold", 0.0},
    Range{"squared_relu", 0.0},
    Range{"softsign", -1.0, 1.0},
    Range{"lecun_tanh", -1.7159001, 1.7159001},
    Range{"quick_gelu", -0.163611},
    Range{"squareplus", 0.0},
    Range{"hardsigmoid_onnx", 0.0, 1.0},
};

inline Range range_of(std::string_view name) {
  for (Range const& range : ranges) {
    if (range.name == name)
      return range;
  }
  return {name, -std::numeric_limits<double>::infinity()};
}
