#pragma once

/// @file
/// How far a contender's softmax is from the exact one.

#include <string>

#include "errors.hpp"

namespace bench {

/// softmax, its backward, or log_softmax of a task, by their formulas in double.
class SoftmaxJudge {
 public:
  SoftmaxJudge(std::string const& function, Direction direction, Task const& task);

  /// Of what a contender has left in y. Throws where that is another function altogether.
  Errors operator()(std::string const& contender, float const* y) const;

  std::vector<double> const& exact() const { return exact_; }

 private:
  void add_softmax(float const* x);
  void add_log_softmax(float const* x);
  void add_backward(float const* p, float const* grad_p);

  std::string function_;
  bool sums_to_one_;
  std::size_t row_length_;
  /// The error's unit: the last place of exact[i], of backward that of p_i (|g_i| + |sum_j p_j g_j|), whose
  /// difference may cancel.
  std::vector<double> exact_, units_;
};

}  // namespace bench
