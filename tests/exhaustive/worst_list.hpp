#pragma once

/// @file
/// The inputs with the largest errors, and their file in tests/data/doubles.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "file_of.hpp"

struct Bad {
  double error;
  double x;
};

/// The worst of all that were added, worst first.
class WorstList {
 public:
  static constexpr std::size_t length = 50;

  void add(Bad const& bad) {
    if (!(bad.error > threshold_))
      return;
    list_.push_back(bad);
    if (list_.size() >= 8 * length)
      shorten();
  }

  void merge(WorstList const& other) {
    for (Bad const& bad : other.list_)
      add(bad);
  }

  std::vector<Bad> const& sorted() {
    shorten();
    return list_;
  }

 private:
  void shorten() {
    std::sort(list_.begin(), list_.end(), [](Bad const& a, Bad const& b) {
      return a.error != b.error ? a.error > b.error : a.x < b.x;
    });
    const auto same = [](Bad const& a, Bad const& b) { return a.x == b.x; };
    list_.erase(std::unique(list_.begin(), list_.end(), same), list_.end());
    if (list_.size() >= length) {
      list_.resize(length);
      threshold_ = list_.back().error;
    }
  }

  double threshold_ = 0.0;
  std::vector<Bad> list_;
};

/// One input a line, as a hexadecimal floating-point number, and its error.
inline void write_worst(std::filesystem::path const& file, std::vector<Bad> const& list) {
  std::ofstream out(file);
  for (Bad const& bad : list) {
    out << std::hexfloat << bad.x << std::defaultfloat << std::setprecision(5) << ' ' << bad.error
        << '\n';
  }
  if (!out)
    throw std::runtime_error("cannot write " + file.string());
}

/// Throws std::runtime_error, naming the file and line, if it is not one that `write_worst` wrote.
inline std::vector<Bad> read_worst(std::filesystem::path const& file) {
  std::ifstream in(file);
  if (!in)
    throw std::runtime_error("cannot read " + file.string());
  std::vector<Bad> list;
  for (std::string line; std::getline(in, line);) {
    char* end = nullptr;
    const double x = std::strtod(line.c_str(), &end);
    const double error = std::strtod(end, &end);
    if (line.empty() || *end != '\0' || !(error > 0.0))
      throw std::runtime_error(file.string() + ": not an input and its error: '" + line + "'");
    list.push_back({error, x});
  }
  return list;
}
