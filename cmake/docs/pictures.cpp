// pictures FOLDER: writes what the pictures of each listed activation show, as NAME_curve.tsv and NAME_error.tsv,
// and in pictures.txt their names and the instruction set.

#include <algorithm>
#include <cmath>
#include <contract.hpp>
#include <fstream>
#include <iostream>
#include <isa.hpp>
#include <stdexcept>
#include <sweep.hpp>

namespace {

std::ofstream open(std::string const& file) {
  std::ofstream out(file);
  if (!out)
    throw std::runtime_error("cannot write " + file);
  out.exceptions(std::ios::failbit | std::ios::badbit);
  return out;
}

/// x, f(x), f'(x); a line of an interrupted curve where one of the two jumps.
template <class F>
void write_curve(F const& f, std::ofstream out) {
  out << "x\tf(x)\tf'(x)\n";
  constexpr int per_unit = 64;
  double last_y = f.forward(-6.0), last_d = f.derivative(-6.0);
  for (int i = -6 * per_unit; i <= 6 * per_unit; ++i) {
    // Beside the multiples of 1/64, where the kinks are.
    const double x = (i + 0.5) / per_unit, y = f.forward(x), d = f.derivative(x);
    if (std::fabs(y - last_y) > 0.25 || std::fabs(d - last_d) > 0.1)
      out << x << "\tNaN\tNaN\n";
    out << x << '\t' << y << '\t' << d << '\n';
    last_y = y;
    last_d = d;
  }
}

/// The largest error of f and of f' among some floats of [low, high], in the unit that the tier promises it in.
template <class F>
void write_largest_errors(F const& f, double low, double high, std::ofstream& out) {
  double value = 0, derivative = 0;
  sweep::for_each_between<float>(low, high, 16, [&](float x) {
    using Row = reference::Reference<F>;
    using Promise = Contract<F>;
    const Real exact(x);
    value = std::max(value,
                     sweep::ulp_error(f.forward(x), Row::value(f, exact), Promise::value_floor(x)));
    derivative = std::max(derivative, sweep::ulp_error(f.derivative(x), Row::derivative(f, exact),
                                                       Promise::derivative_floor));
  });
  out << '\t' << value << '\t' << derivative;
}

template <class Precise, class Fast>
void write_errors(Precise const& precise, Fast const& fast, std::ofstream out) {
  out << "x\tPrecise f\tPrecise f'\tFast f\tFast f'\n";
  constexpr int cells_per_unit = 16, reach = 16 * cells_per_unit;
  for (int i = -reach; i < reach; ++i) {
    const double low = double(i) / cells_per_unit, high = double(i + 1) / cells_per_unit;
    out << (low + high) / 2;
    write_largest_errors(precise, low, high, out);
    write_largest_errors(fast, low, high, out);
    out << '\n';
  }
}

template <template <class, class> class F, class T, class Accuracy>
void write_pictures(F<T, Accuracy> const& f, std::string const& folder) {
  const std::string file = folder + "/" + std::string(f.name);
  write_curve(F<double, Accuracy>{}, open(file + "_curve.tsv"));
  write_errors(f, F<T, simdact::Fast>{}, open(file + "_error.tsv"));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: pictures FOLDER\n";
    return 2;
  }
  try {
    const std::string folder = argv[1];
    std::ofstream names = open(folder + "/pictures.txt");
    names << isa;
    simdact::for_each_activation([&](auto const& f) {
      write_pictures(f, folder);
      names << ' ' << f.name;
    });
    names << '\n';
  } catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
