// The rows of logits, harmless and not. Each rank makes whole rows, of which it works on its part: the rest is there for
// the check alone.
#pragma once

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace vocab {

inline constexpr std::size_t vocabulary = std::size_t{1} << 20;

struct Row {
  const char* name;
  std::size_t label;
  std::vector<float> logits;
};

// change(i, x) is what becomes of the logit x at i.
template <class Change>
Row row(const char* name, std::size_t label, Change change) {
  Row row{name, label, std::vector<float>(vocabulary)};
  std::mt19937 bits;
  for (std::size_t i = 0; i < vocabulary; ++i) {
    // The sum of four uniform numbers is bell-shaped enough; the same on every machine.
    float x = -8;
    for (int k = 0; k < 4; ++k) {
      x += float(bits() >> 8) * 0x1p-22F;
    }
    row.logits[i] = change(i, x);
  }
  return row;
}

inline std::vector<Row> rows() {
  constexpr std::size_t half = vocabulary / 2, last = vocabulary - 1;
  const float masked = -INFINITY;
  return {
      row("plain", 12'345, [](std::size_t, float x) { return x; }),
      row("odd ones masked", half, [=](std::size_t i, float x) { return i % 2 == 1 ? masked : x; }),
      row("first half masked", last, [=](std::size_t i, float x) { return i < half ? masked : x; }),
      row("all but one masked", half,
          [=](std::size_t i, float x) { return i == half ? x : masked; }),
      row("label masked", 7, [=](std::size_t i, float x) { return i == 7 ? masked : x; }),
      row("one rank's favour", last,
          [=](std::size_t i, float x) { return i > last - 1'000 ? x + 200 : x; }),
      row("one logit's favour", 99, [](std::size_t i, float x) { return i == 99 ? 80 : x; }),
      row("huge", half, [](std::size_t, float x) { return x * 0x1p100F; }),
  };
}

}  // namespace vocab
