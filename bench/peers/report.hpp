#pragma once

/// @file
/// The results as text.

#include <string>
#include <vector>

#include "cell.hpp"
#include "setting.hpp"

namespace bench {

std::string markdown(Setting const& setting, std::vector<Cell> const& cells);
std::string json(Setting const& setting, std::vector<Cell> const& cells);
/// For plot.gp: a block per direction, a line per activation, a column per contender.
std::string plot_data(Setting const& setting, std::vector<Cell> const& cells);

}  // namespace bench
