// Which units of a hidden layer can still learn.
#pragma once

#include <cstddef>
#include <simdact/by_name/any_activation.hpp>
#include <vector>

#include "matrix.hpp"

namespace network {

// Of the units of a hidden layer: the share that is saturated on every sample, and how often one is on the
// average.
struct Health {
  double dead;
  double saturated;
};

// z holds the sums of a unit in each column.
template <class Activation>
Health health(const Activation& f, const Matrix& z) {
  std::vector<simdact::ActivationStatistics> units(std::size_t(z.cols()));
  simdact::activation_statistics(f, values(z), units.size(), units);
  Health sum{};
  for (const auto& unit : units) {
    sum.dead += unit.saturated == 1 ? 1 : 0;
    sum.saturated += unit.saturated;
  }
  return {sum.dead / double(units.size()), sum.saturated / double(units.size())};
}

}  // namespace network
