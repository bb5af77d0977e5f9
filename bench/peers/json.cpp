#include <cmath>
#include <sstream>

#include "../../tests/isa.hpp"
#include "report.hpp"

namespace {

std::string quoted(std::string const& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    result += c;
  }
  return result + '"';
}

/// JSON has no NaN and no infinity: they are strings.
std::string number(double x) {
  if (std::isnan(x))
    return "\"NaN\"";
  if (std::isinf(x))
    return "\"inf\"";
  std::ostringstream out;
  out.precision(4);
  out << x;
  return out.str();
}

/// Lists things as JSON, each on a line of its own.
template <class Things, class Print>
std::string lines(Things const& things, Print print) {
  std::string text;
  for (auto const& thing : things)
    text += (text.empty() ? "\n    " : ",\n    ") + print(thing);
  return text + "\n  ";
}

std::string contender(bench::Peer const& peer) {
  return quoted(peer.name) + ": " + quoted(peer.version);
}

std::string result(bench::Cell const& cell, bench::Result const& r) {
  const std::string other = cell.is_softmax() ? "row_sum_error" : "fast_unit_error";
  return quoted(r.contender) + ": {\"ns\": " + number(r.ns) + ", \"ulp\": " + number(r.errors.ulp) +
         ", " + quoted(other) + ": " + number(r.errors.other) + "}";
}

std::string cell(bench::Cell const& c) {
  std::string text = "{\"function\": " + quoted(c.function) + ", \"direction\": " +
                     (c.direction == bench::Direction::forward ? "\"forward\"" : "\"backward\"") +
                     ", \"rows\": " + std::to_string(c.rows) +
                     ", \"row_length\": " + std::to_string(c.row_length) +
                     ", \"memcpy\": {\"ns\": " + number(c.memcpy_ns) + "}";
  for (bench::Result const& r : c.results)
    text += ", " + result(c, r);
  return text + "}";
}

}  // namespace

std::string bench::json(Setting const& s, std::vector<Cell> const& cells) {
  return "{\n  \"date\": " + quoted(s.date) + ",\n  \"cpu\": " + quoted(s.cpu) +
         ",\n  \"isa\": " + quoted(std::string(isa)) + ",\n  \"compiler\": " + quoted(s.compiler) +
         ",\n  \"flags\": " + quoted(s.flags) + ",\n  \"rounds\": " + std::to_string(s.rounds) +
         ",\n  \"missing\": " + quoted(s.missing) + ",\n  \"contenders\": {" +
         lines(s.contenders, contender) + "},\n  \"cells\": [" + lines(cells, cell) + "]\n}\n";
}
