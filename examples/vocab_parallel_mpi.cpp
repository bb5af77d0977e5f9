// Softmax and cross-entropy of a vocabulary of 2^20 logits, every rank of MPI with its part of each row:
//
//   mpirun -n 4 vocab_parallel_mpi
//
// Of a row, a rank sends the state of its part, which is the largest logit and the sum, and the label's logit if it has
// it. That is enough for every rank's part of the probabilities (Shoeybi et al., "Megatron-LM", 2019).
//
//   the reduction            vocab_parallel_mpi/state_reduction.hpp
//   the rows                 vocab_parallel_mpi/rows.hpp
//   beside one process       vocab_parallel_mpi/check.hpp
//   costs on 1,000 ranks     vocab_parallel_mpi/cost.hpp

#include <mpi.h>

#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "gallery/options.hpp"
#include "vocab_parallel_mpi/check.hpp"
#include "vocab_parallel_mpi/cost.hpp"
#include "vocab_parallel_mpi/rows.hpp"
#include "vocab_parallel_mpi/state_reduction.hpp"

namespace {

// The exit code of this rank.
int run(const std::string& data) {
  int rank, ranks;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  const std::size_t begin = vocab::vocabulary * std::size_t(rank) / std::size_t(ranks);
  const std::size_t end = vocab::vocabulary * std::size_t(rank + 1) / std::size_t(ranks);

  const std::vector<vocab::Row> rows = vocab::rows();
  std::vector<vocab::State> states(rows.size());
  std::vector<float> label_logits(rows.size(), -INFINITY);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const vocab::Row& row = rows[r];
    states[r].update(std::span(row.logits).subspan(begin, end - begin));
    if (begin <= row.label && row.label < end) {
      label_logits[r] = row.logits[row.label];
    }
  }

  // All rows at once: the latency is that of one.
  const vocab::StateReduction of_states;
  const int count = int(rows.size());
  MPI_Allreduce(MPI_IN_PLACE, states.data(), count, of_states.type, of_states.operation,
                MPI_COMM_WORLD);
  MPI_Allreduce(MPI_IN_PLACE, label_logits.data(), count, MPI_FLOAT, MPI_MAX, MPI_COMM_WORLD);

  if (rank == 0) {
    std::printf("%zu logits, ranks: %d\n", vocab::vocabulary, ranks);
    std::printf("%-20s %16s %10s %20s\n", "row", "loss", "ULP", "probabilities, ULP");
  }
  bool sound = vocab::are_everywhere_the_same(states);
  std::vector<float> probs(end - begin);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double loss = states[r].cross_entropy(label_logits[r]);
    states[r].write_probabilities(std::span(rows[r].logits).subspan(begin, end - begin), probs);
    const vocab::Errors errors = vocab::errors_beside_one_process(rows[r], begin, probs, loss);
    sound = sound && errors.loss <= 1 && errors.probabilities <= 1;
    if (rank == 0) {
      std::printf("%-20s %16.10g %10ld %20ld\n", rows[r].name, loss, errors.loss,
                  errors.probabilities);
    }
  }

  const double logit =
      vocab::seconds_of_logit(std::span(rows[0].logits).first(probs.size()), probs);
  if (rank == 0) {
    std::printf("\n%s\n",
                sound
                    ? "Every rank has the same states, and what one process has within 1 ULP."
                    : "UNSOUND: the ranks' states differ, or something is off by more than 1 ULP.");
    std::printf(
        "bytes of a row: %zu for the state and %zu for the label's logit, instead of %zu\n\n",
        sizeof(vocab::State), sizeof(float), vocab::vocabulary * sizeof(float));
    vocab::print_costs(logit, sizeof(vocab::State) + sizeof(float)).write(data);
  }
  return sound ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string data = gallery::data_file(
      argc, argv,
      "Divides a vocabulary over the ranks of MPI: mpirun -n 4 vocab_parallel_mpi\n"
      "usage: vocab_parallel_mpi [--data FILE]\n");
  MPI_Init(&argc, &argv);
  const int code = run(data);
  MPI_Finalize();
  return code;
}
