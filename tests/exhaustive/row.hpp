#pragma once

/// @file
/// What the sweep finds out about one direction of one activation, and its file in
/// tests/data/exhaustive.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <stdexcept>
#include <string>
#include <string_view>

#include "checksum.hpp"
#include "file_of.hpp"

/// What the comparison with the exact values found.
struct Findings {
  std::uint64_t misrounded = 0;  // results that are not the float nearest to the exact value
  double max_ulp = 0.5;          // the largest error of these
  float worst = 0.0f;            // and where it is
  std::uint64_t decided_by_mpfr = 0;
  double reference_error = 0.0;  // the largest seen, as a share of what is allowed

  void merge(Findings const& other) {
    misrounded += other.misrounded;
    decided_by_mpfr += other.decided_by_mpfr;
    reference_error = std::max(reference_error, other.reference_error);
    if (other.max_ulp > max_ulp) {
      max_ulp = other.max_ulp;
      worst = other.worst;
    }
  }
};

struct Row {
  std::uint64_t inputs = 0;
  Checksums checksums{};
  Findings findings;

  void merge(Row const& other) {
    inputs += other.inputs;
    for (std::size_t i = 0; i < parts; ++i)
      checksums[i] += other.checksums[i];
    findings.merge(other.findings);
  }
};

inline void write(std::filesystem::path const& file, std::string const& name, Row const& row) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file);
  out << "function " << name << "\ninputs " << row.inputs << "\nmisrounded "
      << row.findings.misrounded << "\nmax_ulp " << std::setprecision(9) << row.findings.max_ulp
      << "\nworst " << std::hexfloat << row.findings.worst << "\nchecksums" << std::hex
      << std::setfill('0');
  for (std::size_t i = 0; i < parts; ++i)
    out << (i % 4 == 0 ? '\n' : ' ') << std::setw(16) << row.checksums[i];
  out << '\n';
  if (!out)
    throw std::runtime_error("cannot write " + file.string());
}

/// Throws std::runtime_error, naming the file, if it is not one that `write` wrote.
inline Row read(std::filesystem::path const& file, std::string const& name) {
  std::ifstream in(file);
  Row row;
  const auto expect = [&](std::string_view key) {
    std::string word;
    if (!(in >> word) || word != key)
      throw std::runtime_error(file.string() + ": no '" + std::string(key) + "' where expected");
  };
  std::string line, worst;
  expect("function");
  std::getline(in >> std::ws, line);
  if (line != name)
    throw std::runtime_error(file.string() + " is about '" + line + "', not '" + name + "'");
  expect("inputs");
  in >> row.inputs;
  expect("misrounded");
  in >> row.findings.misrounded;
  expect("max_ulp");
  in >> row.findings.max_ulp;
  expect("worst");
  in >> worst;
  row.findings.worst = std::strtof(worst.c_str(), nullptr);
  expect("checksums");
  for (std::uint64_t& checksum : row.checksums)
    in >> std::hex >> checksum;
  if (!in)
    throw std::runtime_error(file.string() + " is cut off");
  return row;
}
