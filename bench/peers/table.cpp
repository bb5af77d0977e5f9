#include "table.hpp"

#include <cmath>
#include <cstdio>

namespace {

std::string printed(char const* format, double x) {
  char text[32];
  std::snprintf(text, sizeof text, format, x);
  return text;
}

}  // namespace

void bench::Table::add(std::vector<std::string> const& cells) {
  const bool heading = text_.empty();
  for (std::string const& cell : cells)
    text_ += "| " + cell + " ";
  text_ += "|\n";
  for (std::size_t i = 0; heading && i < cells.size(); ++i)
    text_ += i + 1 == cells.size() ? "|---|\n" : "|---";
}

std::string bench::time_text(double ns) { return printed(ns < 10 ? "%.3f" : "%.1f", ns); }

std::string bench::ratio_text(double ratio) { return printed("%.2f", ratio); }

std::string bench::error_text(double error) {
  if (std::isnan(error))
    return "NaN";
  if (std::isinf(error))
    return "inf";
  if (error == 0)
    return "0";
  if (error < 1e-2)
    return printed("%.0e", error);
  if (error < 1e4)
    return printed(error < 10 ? "%.2f" : "%.0f", error);
  const int exponent = static_cast<int>(std::floor(std::log10(error)));
  return printed("%.0f", error / std::pow(10.0, exponent)) + "e" + std::to_string(exponent);
}

std::string bench::size_text(std::size_t elements) {
  constexpr std::size_t mega = 1 << 20;
  return elements % mega == 0 ? std::to_string(elements / mega) + "M" : std::to_string(elements);
}
