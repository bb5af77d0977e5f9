// SoftmaxState as an element type of MPI, and its merge as a reduction.
#pragma once

#include <mpi.h>

#include <simdact/rowwise/softmax_state.hpp>
#include <type_traits>

namespace vocab {

using State = simdact::SoftmaxState<float>;
static_assert(std::is_trivially_copyable_v<State>, "its bytes go from rank to rank");

inline void merge(void* in, void* in_out, int* count, MPI_Datatype*) {
  const State* const others = static_cast<const State*>(in);
  State* const states = static_cast<State*>(in_out);
  for (int i = 0; i < *count; ++i) {
    states[i].merge(others[i]);
  }
}

struct StateReduction {
  StateReduction() {
    MPI_Type_contiguous(sizeof(State), MPI_BYTE, &type);
    MPI_Type_commit(&type);
    // Commutative: MPI may take any tree.
    MPI_Op_create(merge, 1, &operation);
  }
  StateReduction(const StateReduction&) = delete;
  ~StateReduction() {
    MPI_Op_free(&operation);
    MPI_Type_free(&type);
  }

  MPI_Datatype type;
  MPI_Op operation;
};

}  // namespace vocab
