// Fits the tables of the Fast tier, include/simdact/core/tables/*.hpp: prints their errors, writes them, or
// holds those that are committed against them.

#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "curves.hpp"

namespace {

namespace fs = std::filesystem;
using simdact::core::fit;
using simdact::core::Fitted;
using simdact::core::Piecewise;

constexpr std::string_view usage =
    "usage: tables FOLDER [--check | --write]\n"
    "Fits every table of the Fast tier and prints how well. --check fails where a file in FOLDER "
    "is not\n"
    "what the fit gives, --write writes it there.\n";

/// Floats as they are, so that a reader sees no more digits than there are bits.
template <std::size_t N>
void print(std::ostream& out, std::array<float, N> const& numbers) {
  out << '{';
  for (std::size_t i = 0; i < N; ++i)
    out << (i == 0 ? "" : i % 6 == 0 ? ",\n     " : ", ") << std::hexfloat << numbers[i] << 'f';
  out << "}";
}

template <std::size_t Cells, std::size_t Degree, bool Centred>
void print(std::ostream& out, std::string const& name,
           Fitted<Piecewise<Cells, Degree, Centred>> const& fitted) {
  const auto& table = fitted.table;
  out << "\n/// Within " << std::setprecision(2) << std::defaultfloat << fitted.error
      << " units.\ntemplate <>\ninline constexpr Piecewise<" << Cells << ", " << Degree
      << (Centred && Cells != 8 ? ", true" : "") << "> " << name << "_table<" << Cells << ">{\n    "
      << std::hexfloat << table.offset << "f, " << table.shift << ", " << table.last << "f,\n    {";
  if constexpr (Centred)
    print(out, table.centres);
  out << "},\n    {{";
  for (std::size_t i = 0; i < table.coefficients.size(); ++i) {
    out << (i == 0 ? "" : ",\n     ");
    print(out, table.coefficients[i]);
  }
  out << "}}};\n";
}

/// The text of a file of tables.
template <class Wide, class Narrow, class... Curves>
std::string header(curves::Named<Curves> const&... named) {
  using Rows = Piecewise<64, 3>;
  const auto wide = fit<Wide>(named.curve...);
  const auto narrow = fit<Narrow>(named.curve...);
  const auto rows = fit<Rows>(named.curve...);
  std::ostringstream out;
  out << "#pragma once\n\n// Written by tests/tables: change the curve there, not the numbers "
         "here.\n\n#include \"../piecewise.hpp\"\n\n// clang-format off\n\nnamespace simdact::core "
         "{\n";
  std::size_t i = 0;
  const auto add = [&](auto const& one) {
    std::cout << std::setw(16) << std::left << one.name << std::setprecision(3)
              << " units off: " << wide[i].error << " with 32 cells of degree " << Wide::degree
              << ", " << narrow[i].error << " with 8 of " << Narrow::degree << ", " << rows[i].error
              << " with 64 of 3\n";
    out << "\n/// " << one.formula << ", for t >= 0.\ntemplate <std::size_t Cells>\n"
        << "inline constexpr void* " << one.name << "_table = nullptr;\n";
    print(out, one.name, wide[i]);
    print(out, one.name, narrow[i]);
    print(out, one.name, rows[i]);
    ++i;
  };
  (add(named), ...);
  out << "\n}  // namespace simdact::core\n";
  return out.str();
}

std::string text_of(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string action = argc == 3 ? argv[2] : "";
  if (argc < 2 || argc > 3 || (argc == 3 && action != "--check" && action != "--write")) {
    std::cerr << usage;
    return 2;
  }
  int stale = 0;
  curves::for_each([&]<class Wide, class Narrow>(curves::Tables<Wide, Narrow>, auto const& first,
                                                 auto const&... others) {
    const fs::path file = fs::path(argv[1]) / (first.name + ".hpp");
    const std::string text = header<Wide, Narrow>(first, others...);
    if (action == "--write")
      std::ofstream(file, std::ios::binary) << text;
    if (action == "--check" && text != text_of(file)) {
      std::cerr << file.string() << " is not what the fit gives: build the target update-tables\n";
      ++stale;
    }
  });
  return stale == 0 ? 0 : 1;
} catch (std::exception const& error) {
  std::cerr << "tables: " << error.what() << '\n';
  return 1;
}
