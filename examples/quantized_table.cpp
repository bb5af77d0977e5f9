// An activation of int8 numbers has 256 values, so it is a table, whatever the function. What remains is to have the
// right ones in it: here GELU's, made by simdact and in other ways, each compared with the exact result.
//
// Making a table costs nothing, so it may as well be done in double, `GELU<double>`.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <simdact/activations/gelu.hpp>
#include <simdact/activations/gelu_tanh.hpp>
#include <simdact/activations/quick_gelu.hpp>
#include <simdact/array/elementwise.hpp>
#include <string>
#include <vector>

#include "gallery/options.hpp"
#include "gallery/table.hpp"
#include "quantized_table/quantization.hpp"

namespace {

using quantized::Quantization;
using quantized::Table;

// x Phi(x) by another formula than simdact's, in a wider type.
long double exact(long double x) { return x / 2 * std::erfc(-x * std::sqrt(0.5L)); }

// How the numbers before and after the activation are quantised.
struct Case {
  Quantization in;
  Quantization out;
};

// Inputs from -most to most, outputs from the least of GELU, at x = -0.7518, or what is there, to GELU(most).
Case calibrated(double most) {
  return {quantized::covering(-most, most),
          quantized::covering(double(exact(std::max(-most, -0.7518))), double(exact(most)))};
}

const Case shown = calibrated(4);

std::vector<Case> thousand_calibrated() {
  std::vector<Case> cases;
  for (int i = 1; i <= 1000; ++i) {
    cases.push_back(calibrated(i / 64.0));
  }
  return cases;
}

// Inputs in [-8, 8) and less, which is where a long double still tells GELU(x) from x.
std::vector<Case> powers_of_two() {
  std::vector<Case> cases;
  for (int in = -7; in <= -4; ++in) {
    for (int out = -8; out <= -1; ++out) {
      cases.push_back({{std::ldexp(1.0F, in), 0}, {std::ldexp(1.0F, out), 0}});
    }
  }
  return cases;
}

// How many entries of the table that `make` makes are not those of the exact function, and the largest difference.
struct Errors {
  int wrong = 0;
  int largest = 0;
};

template <class Make>
Errors errors(const Make& make, const std::vector<Case>& cases) {
  Errors found;
  for (const Case& c : cases) {
    const Table table = make(c), right = quantized::table_of<long double>(exact, c.in, c.out);
    for (std::size_t i = 0; i < table.size(); ++i) {
      found.wrong += table[i] != right[i];
      found.largest = std::max(found.largest, std::abs(table[i] - right[i]));
    }
  }
  return found;
}

template <class Make>
void print_row(const char* what, const Make& make) {
  static const std::vector<Case> calibrations = thousand_calibrated(), powers = powers_of_two();
  const Errors one = errors(make, {shown}), many = errors(make, calibrations),
               ties = errors(make, powers);
  std::printf("%-24s %9d %12d %12d %10d\n", what, one.wrong, many.wrong, ties.wrong,
              std::max({one.largest, many.largest, ties.largest}));
}

// Of a function of floats or doubles, rounded to the nearest.
template <class F, class T = typename F::value_type>
auto by(const F& f) {
  return [=](const Case& c) { return quantized::table_of<T>(f, c.in, c.out); };
}

// Of the right values, with what a conversion to int does.
Table truncated(const Case& c) {
  Table table;
  for (int q = -128; q < 128; ++q) {
    const double y = simdact::GELU<double>{}(c.in.real<double>(q)) / double(c.out.scale);
    table[std::size_t(q + 128)] = std::int8_t(std::clamp(int(y) + c.out.zero_point, -128, 127));
  }
  return table;
}

// The plain loop's, in float.
struct ByErf {
  using value_type = float;
  float operator()(float x) const { return 0.5F * x * (1 + std::erf(x * 0.70710678F)); }
};

void print_errors() {
  std::printf("%-24s %9s %12s %12s %10s\n", "wrong entries", "of 256", "of 256,000", "of 8,192",
              "by at most");
  print_row("GELU<double>", by(simdact::GELU<double>{}));
  print_row("GELU<>", by(simdact::GELU<>{}));
  print_row("GELU<float, Fast>", by(simdact::GELU<float, simdact::Fast>{}));
  print_row("std::erf, float", by(ByErf{}));
  print_row("GELUTanh<>", by(simdact::GELUTanh<>{}));
  print_row("QuickGELU<>", by(simdact::QuickGELU<>{}));
  print_row("rounded towards zero", truncated);
  std::puts(R"(
The columns: inputs in [-4, 4]; a thousand such ranges, up to 15.6; scales that are powers of
two. There GELU(7.75) is a little less than 15.5 steps of 1/2, so 15: float sees 15.5, a tie,
and makes it 16.)");
}

// The nanoseconds of an element in the fastest of some calls.
template <class Call>
double nanoseconds(std::size_t count, const Call& call) {
  using Clock = std::chrono::steady_clock;
  auto best = Clock::duration::max();
  for (int i = 0; i < 50; ++i) {
    const auto start = Clock::now();
    call();
    best = std::min(best, Clock::now() - start);
  }
  return std::chrono::duration<double, std::nano>(best).count() / double(count);
}

void print_times(const Table& table) {
  std::mt19937 random(1);
  std::vector<std::int8_t> q(1 << 16), out(q.size());
  std::vector<float> x(q.size()), y(q.size());
  for (std::size_t i = 0; i < q.size(); ++i) {
    q[i] = std::int8_t(int(random() >> 24) - 128);
    x[i] = shown.in.real<float>(q[i]);
  }
  std::printf("\n%-24s %9.3f ns an element\n", "the table, int8",
              nanoseconds(q.size(), [&] { quantized::apply(table, q, out); }));
  std::printf("%-24s %9.3f ns\n", "GELU<>, float",
              nanoseconds(x.size(), [&] { simdact::forward(simdact::GELU<>{}, x, y); }));
  const simdact::GELU<float, simdact::Fast> fast;
  std::printf("%-24s %9.3f ns\n", "GELU<float, Fast>, float",
              nanoseconds(x.size(), [&] { simdact::forward(fast, x, y); }));
}

// The table, and how far it and that of QuickGELU are from the exact function, in steps.
gallery::Table steps(const Table& table) {
  const Table quick = by(simdact::QuickGELU<>{})(shown);
  gallery::Table steps({"x", "GELU(x)", "table", "GELU", "QuickGELU"});
  for (int q = -128; q < 128; ++q) {
    const std::size_t i = std::size_t(q + 128);
    const double x = shown.in.real<double>(q), y = double(exact(x));
    const double step = double(shown.out.scale), by_table = shown.out.real<double>(table[i]);
    steps.row(
        {x, y, by_table, (by_table - y) / step, (shown.out.real<double>(quick[i]) - y) / step});
  }
  return steps;
}

constexpr const char* usage = R"(The right table of GELU for int8, and what makes an entry go wrong.

usage: quantized_table [--data FILE]
  --data FILE  writes the steps and how far they are from GELU, for the picture
)";

}  // namespace

int main(int argc, char** argv) {
  const std::string data = gallery::data_file(argc, argv, usage);
  const Table table = by(simdact::GELU<double>{})(shown);
  std::printf("in: scale %.6f, zero point %d; out: scale %.6f, zero point %d\n\n",
              double(shown.in.scale), shown.in.zero_point, double(shown.out.scale),
              shown.out.zero_point);
  print_errors();
  print_times(table);
  steps(table).write(data);
}
