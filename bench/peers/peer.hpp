#pragma once

/// @file
/// All that the comparison knows of a library. A peer is one file that makes one `Peer`, and nothing
/// else of it is seen by the others: each may have flags of its own.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace bench {

enum class Direction { forward, backward };

/// The memory of a call: rows of row_length elements. An elementwise function gets one row.
struct Task {
  float const* x;       // the input; of softmax's backward, the probabilities
  float const* grad_y;  // read by backward only
  float* y;             // f(x), or grad_y f'(x)
  std::size_t rows;
  std::size_t row_length;

  std::size_t size() const { return rows * row_length; }
};

using Call = std::function<void()>;

struct Function {
  std::string name;  // of an activation in simdact's list, or softmax or log_softmax
  Direction direction;
  /// Does all that one does once for the same memory; the call that it returns is what is measured.
  std::function<Call(Task const&)> bind;
};

struct Peer {
  std::string name;
  std::string version;
  std::vector<Function> functions;
  /// It cannot be held to this build's instruction set, and the processor has a wider one.
  bool is_wider = false;

  /// A function with nothing to prepare: `run(task)`.
  template <class Run>
  void add(std::string const& function, Direction direction, Run run) {
    functions.push_back(
        {function, direction, [run](Task const& t) -> Call { return [run, t] { run(t); }; }});
  }
};

}  // namespace bench
