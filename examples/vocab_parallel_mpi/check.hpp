// What the ranks have, beside what one process makes of the whole row.
#pragma once

#include <mpi.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <simdact/rowwise/cross_entropy.hpp>
#include <simdact/rowwise/softmax.hpp>
#include <span>

#include "rows.hpp"
#include "state_reduction.hpp"

namespace vocab {

inline bool are_everywhere_the_same(const std::vector<State>& states) {
  std::vector<State> of_first = states;
  const std::size_t size = states.size() * sizeof(State);
  MPI_Bcast(of_first.data(), int(size), MPI_BYTE, 0, MPI_COMM_WORLD);
  int same = std::memcmp(of_first.data(), states.data(), size) == 0;
  MPI_Allreduce(MPI_IN_PLACE, &same, 1, MPI_INT, MPI_LAND, MPI_COMM_WORLD);
  return same != 0;
}

// How many floats, or doubles, lie between two that are not below 0. Infinity is the next of the largest.
inline long steps(float a, float b) {
  return std::labs(long{std::bit_cast<std::int32_t>(a)} - long{std::bit_cast<std::int32_t>(b)});
}
inline long steps(double a, double b) {
  return std::labs(std::bit_cast<std::int64_t>(a) - std::bit_cast<std::int64_t>(b));
}

struct Errors {
  long loss;
  long probabilities;
};

// The largest of all ranks, of which this one has the probabilities from `begin` on.
inline Errors errors_beside_one_process(const Row& row, std::size_t begin,
                                        std::span<const float> probs, double loss) {
  std::vector<float> whole(vocabulary);
  simdact::forward(simdact::Softmax<>{}, row.logits, whole);
  const std::int32_t label[] = {std::int32_t(row.label)};
  const double whole_loss =
      simdact::forward(simdact::CrossEntropy<>{}, row.logits, label, vocabulary);
  long largest[] = {steps(loss, whole_loss), 0};
  for (std::size_t i = 0; i < probs.size(); ++i) {
    largest[1] = std::max(largest[1], steps(probs[i], whole[begin + i]));
  }
  MPI_Allreduce(MPI_IN_PLACE, largest, 2, MPI_LONG, MPI_MAX, MPI_COMM_WORLD);
  return {largest[0], largest[1]};
}

}  // namespace vocab
