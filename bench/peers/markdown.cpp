#include <sstream>

#include "../../tests/isa.hpp"
#include "report.hpp"
#include "shapes.hpp"
#include "table.hpp"
#include "tables.hpp"

namespace {

using bench::Cell;
using bench::Direction;
using bench::Setting;

std::string setting_text(Setting const& s) {
  std::ostringstream out;
  out << "Measured " << s.date << " on an " << s.cpu << ", for " << isa << ", by " << s.compiler
      << " with `" << s.flags << "`:\n";
  for (bench::Peer const& contender : s.contenders) {
    if (contender.name == "Fast") {
      out << "simdact";
    } else if (contender.name != "Precise") {
      out << ",\n" << contender.name;
    } else {
      continue;
    }
    out << ' ' << contender.version;
  }
  out << ".\n";
  if (!s.missing.empty())
    out << "Not found, and not in the tables: " << s.missing << ".\n";
  return out.str();
}

std::string method_text(Setting const& s) {
  return "Float32, one thread, out of place, all in one process. A time is ns an element, the "
         "median "
         "of " +
         std::to_string(s.rounds) +
         " rounds\n"
         "(a twentieth as many at 16M) in each of which each has its turn, in another order every "
         "time. 7/8 of the\n"
         "inputs are from N(0, 3), 1/8 from [-20, 20]; backward is grad_y f'(x) from x. oneDNN and "
         "PyTorch are held to\n"
         "this instruction set, XNNPACK chooses its own and does not count where that is a wider "
         "one. Errors are the\n"
         "largest of the fastest peer, Fast and Precise: in ULP of\n"
         "the exact value at |x| <= 10, subnormal values left out; and over all finite x in Fast's "
         "unit, the ULP\n"
         "of max(|f(x)|, min(|x|, 1)) or max(|f'(x)|, 1). Of softmax's backward: in ULP of p (|g| "
         "+ "
         "|p.g|).\n";
}

std::string titled(std::string const& title, std::string const& table) {
  return "\n**" + title + "**\n\n" + table;
}

std::string elementwise(std::vector<Cell> const& cells, std::size_t size) {
  std::string text;
  for (const Direction direction : bench::directions) {
    text += titled(bench::direction_text(direction) + ", " + bench::size_text(size) + " elements",
                   bench::elementwise_table(cells, direction, size));
  }
  return text;
}

/// What the README shows too: the smallest size, and the others folded.
std::string summary(Setting const& setting, std::vector<Cell> const& cells) {
  const std::string name(isa);
  std::string folded;
  for (const std::size_t size : bench::sizes) {
    if (size != bench::sizes[0])
      folded += elementwise(cells, size);
  }
  return setting_text(setting) + '\n' + method_text(setting) +
         titled(
             "Time of the fastest peer over ours, geometric mean over all activations (how many "
             "of them are ahead)",
             bench::overall_table(cells)) +
         "\n![ns an element, of each activation and library](" + name + ".svg)\n" +
         elementwise(cells, bench::sizes[0]) +
         titled("Softmax, rows x row length", bench::softmax_table(cells)) +
         "\n<details><summary>" + name + ": larger arrays</summary>\n" + folded + "\n</details>\n";
}

}  // namespace

std::string bench::markdown(Setting const& setting, std::vector<Cell> const& cells) {
  return "# simdact and its peers, " + std::string(isa) +
         "\n\nWritten by `bench/peers/run`. All numbers: [" + std::string(isa) + ".json](" +
         std::string(isa) + ".json).\n\n<!-- summary: begin -->\n" + summary(setting, cells) +
         "<!-- summary: end -->\n\n## Everyone\n" + everyone_tables(setting, cells);
}
