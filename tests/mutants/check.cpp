// Exits with 1, and says what is wrong, unless ACTIVATION keeps its promises: the hard cases, the
// nearest float on a sweep of bit patterns, the same bits at every position and, with DOUBLES, the
// bound in double. Compiled against headers into which a mistake was put, it must find that mistake.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "../exhaustive/judge.hpp"

#ifndef PARAMETERS
#define PARAMETERS
#endif

namespace {

/// The first thing that is wrong.
struct Caught {
  std::string what;
};

/// Throws it, with numbers to the last bit.
template <class... Words>
[[noreturn]] void blame(std::string_view net, Words const&... words) {
  std::ostringstream out;
  out << net << ": " << std::hexfloat;
  (out << ... << words);
  throw Caught{out.str()};
}

/// The same for every NaN.
std::uint32_t bits_of(float x) { return std::isnan(x) ? ~0U : std::bit_cast<std::uint32_t>(x); }

/// Every 8191st bit pattern, NaNs among them, those at the ends, and the kinks.
template <class F>
std::vector<float> swept(F const& f) {
  constexpr float inf = std::numeric_limits<float>::infinity();
  std::vector<float> x = {0.0f, -0.0f, inf, -inf, 0x1p-149f, -0x1p-149f, 0x1.fffffep127f};
  for (std::uint64_t bits = 0; bits < 0x100000000; bits += 8191)
    x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  for (const reference::Kink kink : reference::Reference<F>::kinks(f))
    x.push_back(static_cast<float>(kink.x));
  return x;
}

/// The function over an array. Nothing may be written behind its end.
template <class Direction, class F>
std::vector<float> results(F const& f, std::string const& function, std::span<float const> x) {
  constexpr float guard = -12345.0f;
  std::vector<float> y(x.size() + 1, guard);
  Direction::kernel(f, x, std::span(y).first(x.size()));
  if (y.back() != guard)
    blame("the guard", function, " writes beyond the end of ", x.size(), " elements");
  y.pop_back();
  return y;
}

template <class Direction, class F>
void check_hard_cases(F const& f, std::string const& function, std::string const& file) {
  std::ifstream in(SIMDACT_HARD_CASES "/" + file + ".txt");
  std::vector<float> x, nearest;
  std::string line;
  std::getline(in, line);  // the heading
  for (std::uint32_t input, result; in >> std::hex >> input >> result;) {
    x.push_back(std::bit_cast<float>(input));
    nearest.push_back(std::bit_cast<float>(result));
  }
  const std::vector<float> y = results<Direction>(f, function, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (bits_of(y[i]) != bits_of(nearest[i]))
      blame("the hard cases", function, "(", x[i], ") is ", y[i], ", not ", nearest[i]);
  }
}

template <class Direction, class F>
void check_sweep(F const& f, std::string const& function) {
  const std::vector<float> x = swept(f);
  const std::vector<float> y = results<Direction>(f, function, x);
  Judge<Direction> judge(f);
  for (std::size_t i = 0; i < x.size(); ++i)
    judge(x[i], y[i]);
  if (const Findings& found = judge.findings; found.misrounded != 0) {
    blame("the sweep", function, " is misrounded at ", found.misrounded, " inputs, worst at ",
          found.worst, " by ", std::defaultfloat, found.max_ulp, " ULP");
  }
}

/// A scalar, a place in the body and a place in the tail give the same bits.
template <class Direction, class F, class Scalar>
void check_positions(F const& f, std::string const& function, Scalar scalar) {
  const std::vector<float> x = swept(f);
  const std::vector<float> whole = results<Direction>(f, function, x);
  for (std::size_t first = 0, n = 1; first + n <= x.size(); first += n, n = n % 37 + 1) {
    const std::span part = std::span(x).subspan(first, n);
    const std::vector<float> piece = results<Direction>(f, function, part);
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t bits = bits_of(whole[first + i]);
      if (bits_of(piece[i]) != bits || bits_of(scalar(part[i])) != bits)
        blame("position", function, "(", part[i], ") depends on where it is");
    }
  }
}

template <class F>
void check_floats(F const& f) {
  const std::string name(f.name);
  check_hard_cases<Forward<F>>(f, name, name);
  check_hard_cases<Derivative<F>>(f, name + "'", name + "_derivative");
  check_sweep<Forward<F>>(f, name);
  check_sweep<Derivative<F>>(f, name + "'");
  check_positions<Forward<F>>(f, name, [&](float x) { return f.forward(x); });
  check_positions<Derivative<F>>(f, name + "'", [&](float x) { return f.derivative(x); });
}

template <class F>
void check_doubles(F const& f) {
  std::vector<double> x;
  const auto take = [&](double sample) { x.push_back(sample); };
  sweep::for_each_pattern<double>(0x0123456789abcdef, take);
  sweep::for_each_between<double>(-40.0, 40.0, 400, take);
  sweep::for_each_between<double>(-750.0, -600.0, 100, take);
  std::vector<double> y(x.size()), d(x.size());
  simdact::forward(f, x, y);
  simdact::derivative(f, x, d);
  sweep::Worst value, derivative;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Real exact = reference::Reference<F>::value(f, Real(x[i]));
    const Real slope = reference::Reference<F>::derivative(f, Real(x[i]));
    value.add(sweep::ulp_error(y[i], exact), x[i], y[i], exact);
    derivative.add(sweep::ulp_error(d[i], slope, Contract<F>::derivative_floor), x[i], d[i], slope);
  }
  if (!(value.error <= Contract<F>::value_bound))
    blame("the bound in double", value.describe(f.name));
  if (!(derivative.error <= Contract<F>::derivative_bound))
    blame("the bound in double", derivative.describe(f.name), " (derivative)");
}

/// Tells by its bits whether a value came from the scalar or from the batch: the kernels' own bits are
/// the same, so that they can't tell.
struct Telltale {
  using value_type = float;
  float forward(float x) const { return -x; }
  float derivative(float x) const { return -x; }
  template <class A>
  xsimd::batch<float, A> forward(xsimd::batch<float, A> const& x) const {
    return x;
  }
  template <class A>
  xsimd::batch<float, A> derivative(xsimd::batch<float, A> const& x) const {
    return x;
  }
};

void check_telltale() {
  const std::vector<float> x(37, 1.0f);
  const std::vector<float> y = results<Forward<Telltale>>(Telltale{}, "the telltale", x);
  if (std::any_of(y.begin(), y.end(), [&](float v) { return v != y[0]; }))
    blame("the telltale", "the tail goes another way than the body");
}

}  // namespace

int main() {
  try {
    check_floats(simdact::ACTIVATION<float>{PARAMETERS});
#if defined(DOUBLES)
    check_doubles(simdact::ACTIVATION<double>{PARAMETERS});
#endif
    check_telltale();
  } catch (Caught const& caught) {
    std::cout << "caught by " << caught.what << '\n';
    return 1;
  }
}
