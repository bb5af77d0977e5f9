#pragma once

/// @file
/// How far a contender is from the exact values.

#include <vector>

#include "../arrays.hpp"
#include "peer.hpp"

namespace bench {

/// The largest errors; NaN or inf where that is what comes instead of a finite value.
struct Errors {
  /// In units in the last place of the exact value; elementwise, of the inputs with |x| <= 10 where that
  /// is no subnormal float: some flush those, which would hide all else.
  double ulp = 0;
  /// Elementwise, of all finite inputs: in the unit of Fast's promise, the last place of
  /// max(|f(x)|, min(|x|, 1)), of a derivative that of max(|f'(x)|, 1). Of softmax: |1 - sum of a row|.
  double other = 0;
};

/// Holds one activation's values, or derivatives, against the formula of tests/reference.hpp.
class Judge {
 public:
  Judge(std::string const& function, Direction direction);

  /// Throws where the contender is another function altogether.
  Errors operator()(std::string const& contender, Function const& function) const;

 private:
  Direction direction_;
  Array<float> x_, grad_y_;
  std::vector<double> exact_;
};

}  // namespace bench
