// The data of a picture: columns of numbers with a heading, separated by tabs.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace gallery {

class Table {
 public:
  explicit Table(const std::vector<std::string>& heading) { line(heading); }

  void row(const std::vector<double>& cells) { line(cells); }

  // Another table in the same file, which gnuplot calls `index 1`, `index 2` and so on.
  void next(const std::vector<std::string>& heading) {
    text_ << "\n\n";
    line(heading);
  }

  // Does nothing if nobody asked for a file; ends the program with code 2 if it cannot be written.
  void write(const std::string& file) const {
    if (file.empty()) {
      return;
    }
    if (!(std::ofstream(file) << text_.str() << std::flush)) {
      std::fprintf(stderr, "cannot write %s\n", file.c_str());
      std::exit(2);
    }
  }

 private:
  template <class Cells>
  void line(const Cells& cells) {
    const char* before = "";
    for (const auto& cell : cells) {
      text_ << before << cell;
      before = "\t";
    }
    text_ << '\n';
  }

  std::ostringstream text_;
};

struct Curve {
  std::string name;
  std::vector<double> values;
};

// A column that counts from 1, and one for each curve; all are of one length.
inline Table table_of(const std::string& counted, const std::vector<Curve>& curves) {
  std::vector<std::string> heading = {counted};
  for (const Curve& curve : curves) {
    heading.push_back(curve.name);
  }
  Table table(heading);
  for (std::size_t i = 0; i < curves.front().values.size(); ++i) {
    std::vector<double> cells = {double(i + 1)};
    for (const Curve& curve : curves) {
      cells.push_back(curve.values[i]);
    }
    table.row(cells);
  }
  return table;
}

}  // namespace gallery
