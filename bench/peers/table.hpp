#pragma once

/// @file
/// Markdown tables, and numbers as they stand in them.

#include <string>
#include <vector>

namespace bench {

/// Its first line is the heading.
class Table {
 public:
  void add(std::vector<std::string> const& cells);
  std::string const& text() const { return text_; }

 private:
  std::string text_;
};

std::string time_text(double ns);
std::string ratio_text(double ratio);
std::string error_text(double error);
/// A number of elements, in M = 2^20 from there on.
std::string size_text(std::size_t elements);

}  // namespace bench
