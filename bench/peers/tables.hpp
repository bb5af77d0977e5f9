#pragma once

/// @file
/// The tables of the results, in Markdown.

#include <string>
#include <vector>

#include "cell.hpp"
#include "setting.hpp"

namespace bench {

/// How much longer the fastest peer takes than each tier: geometric means over all activations.
std::string overall_table(std::vector<Cell> const& cells);

/// The fastest peer beside this library: times, ratios, errors.
std::string elementwise_table(std::vector<Cell> const& cells, Direction direction,
                              std::size_t size);
std::string softmax_table(std::vector<Cell> const& cells);

/// Everyone's times, and everyone's errors.
std::string everyone_tables(Setting const& setting, std::vector<Cell> const& cells);

}  // namespace bench
