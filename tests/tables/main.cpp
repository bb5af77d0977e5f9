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
using simdact::core::Centre;
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

constexpr std::string_view name_of(Centre kind) {
  return kind == Centre::none ? "" : kind == Centre::shared ? ", Centre::shared" : ", Centre::own";
}

template <class Table>
void print(std::ostream& out, std::string const& name, fit::Fitted<Table> const& fitted) {
  const Table& table = fitted.table;
  out << "inline constexpr Piecewise<" << Table::cells << ", " << Table::degree
      << name_of(Table::centre_kind) << "> " << name << "_table{\n    " << std::hexfloat
      << table.offset << "f, " << table.shift << ", " << table.last << "f, " << table.centre
      << "f,\n    {";
  if constexpr (Table::centre_kind == Centre::own)
    print(out, table.centres);
  out << "},\n    {{";
  for (std::size_t i = 0; i < table.coefficients.size(); ++i) {
    out << (i == 0 ? "" : ",\n     ");
    print(out, table.coefficients[i]);
  }
  out << "}}};\n";
}

/// The text of a file with one constant, up to what it is.
std::ostringstream file_with(std::string const& include, std::string const& formula, double error) {
  std::ostringstream out;
  out << "#pragma once\n\n// Written by tests/tables: change the curve there, not the numbers "
         "here.\n\n#include "
      << include << "\n\n// clang-format off\n\nnamespace simdact::core {\n\n/// " << formula
      << ", within " << std::setprecision(2) << error << " units.\n";
  return out;
}

constexpr std::string_view end_of_file = "\n}  // namespace simdact::core\n";

template <class Table, class Curve>
std::string header(curves::LookedUp<Table>, curves::Named<Curve> const& named) {
  const auto fitted = fit::best<Table>(named.curve);
  std::cout << fitted.error << " with " << Table::cells << " cells of degree " << Table::degree
            << name_of(Table::centre_kind) << '\n';
  auto out = file_with("\"../piecewise.hpp\"", named.formula + ", for t >= 0", fitted.error);
  print(out, named.name, fitted);
  out << end_of_file;
  return out.str();
}

template <std::size_t Degree, class Curve>
std::string header(curves::Polynomial<Degree> const& on, curves::Named<Curve> const& named) {
  const simdact::core::PolynomialFit<xsimd::default_arch, Degree> fitted(named.curve, on.begin,
                                                                         on.end, 0.0, 0);
  std::array<float, Degree + 1> coefficients;
  for (std::size_t k = 0; k <= Degree; ++k)
    coefficients[k] = fitted[k];
  std::cout << fitted.largest_error() << " of degree " << Degree << '\n';
  auto out = file_with("<array>", named.formula, fitted.largest_error());
  out << "inline constexpr std::array " << named.name << "_coefficients =\n    ";
  print(out, coefficients);
  out << ";\n" << end_of_file;
  return out.str();
}

template <std::size_t Over, std::size_t Under, int Power>
std::string header(fit::FittedRational<Over, Under, Power> const& fitted, std::string const& name,
                   std::string const& formula) {
  std::cout << fitted.error << " of degrees " << Over << " and " << Under << '\n';
  auto out = file_with("\"../rational.hpp\"", formula, fitted.error);
  out << "inline constexpr Rational<" << Over << ", " << Under
      << (Power == 1 ? "" : ", " + std::to_string(Power)) << "> " << name << "_quotient{\n    "
      << std::hexfloat << fitted.table.last << "f,\n    ";
  print(out, fitted.table.over);
  out << ",\n    ";
  print(out, fitted.table.under);
  out << "};\n" << end_of_file;
  return out.str();
}

template <std::size_t Over, std::size_t Under, int Power, class Curve>
std::string header(curves::Quotient<Over, Under, Power> const& on,
                   curves::Named<Curve> const& named) {
  return header(fit::quotient<Over, Under, Power>(named.curve, on.end, on.under_at_0), named.name,
                named.formula);
}

template <std::size_t Over, std::size_t Under, class Curve>
std::string header(curves::OddQuotient<Over, Under> const& on, curves::Named<Curve> const& named) {
  return header(fit::odd_quotient<Over, Under>(named.curve, on.end, on.under_at_0), named.name,
                named.formula);
}

template <std::size_t Over, std::size_t Under, class Curve>
std::string header(curves::OddQuotientOfHalf<Over, Under> const& on,
                   curves::Named<Curve> const& named) {
  return header(fit::odd_quotient_of_half<Over, Under>(named.curve, on.end, on.under_at_0),
                named.name, named.formula);
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
  curves::for_each([&](auto const& shape, auto const& named) {
    const fs::path file = fs::path(argv[1]) / (named.name + ".hpp");
    std::cout << std::setw(24) << std::left << named.name << std::setprecision(3) << "units off: ";
    const std::string text = header(shape, named);
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
