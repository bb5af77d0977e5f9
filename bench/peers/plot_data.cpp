#include <sstream>

#include "../../tests/isa.hpp"
#include "report.hpp"
#include "shapes.hpp"

std::string bench::plot_data(Setting const& setting, std::vector<Cell> const& cells) {
  std::ostringstream out;
  out << "# " << isa << ' ' << setting.cpu << '\n';
  for (const Direction direction : directions) {
    out << "activation\tmemcpy";
    for (Peer const& contender : setting.contenders)
      out << '\t' << contender.name;
    out << '\n';
    for (Cell const& cell : cells) {
      if (!cell.is_elementwise(direction, sizes[0]))
        continue;
      out << cell.function << '\t' << cell.memcpy_ns;
      for (Peer const& contender : setting.contenders) {
        Result const* result = cell.find(contender.name);
        out << '\t' << (result != nullptr ? std::to_string(result->ns) : "?");
      }
      out << '\n';
    }
    out << "\n\n";
  }
  return out.str();
}
