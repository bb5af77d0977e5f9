// Measures every listed activation in every direction, and softmax, beside memcpy (the least that
// touching the memory costs) and the plain std:: loop (what a user writes without this library).
//
//   simdact_bench --benchmark_filter='float/(memcpy|gelu/.*)/2048'
//
// "elements" counts the elements of one array, "bytes" what is read and written, both per second of
// CPU time, 1 G = 10^9.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <exception>
#include <simdact/simdact.hpp>
#include <stdexcept>
#include <string>

#include "../examples/custom_activation/hooked_silu.hpp"
#include "calls.hpp"
#include "dispatch/rows.hpp"
#include "gated.hpp"
#include "masked.hpp"
#include "parameters.hpp"
#include "plain.hpp"
#include "row.hpp"
#include "rowwise.hpp"

namespace {

using bench::add_row;
using bench::Arrays;
using bench::Size;

template <class T>
void add_memcpy(Size const& size) {
  add_row<T>("memcpy", size, 2,
             [](Arrays<T>& a) { std::memcpy(a.y.data(), a.x.data(), a.x.size() * sizeof(T)); });
}

/// Adds the plain loop y[i] = plain(x[i]). Throws unless that is the function it stands beside.
template <class T, class Plain, class Ours>
void add_plain(std::string const& what, Size const& size, Plain plain, Ours ours) {
  for (const double point : {-12.0, -5.0, -2.5, -1.0, -0.125, 0.25, 1.5, 2.0, 4.0, 7.0, 15.0}) {
    const T x = static_cast<T>(point);
    if (!(std::abs(plain(x) - ours(x)) <= T(1e-5) * (1 + std::abs(ours(x))))) {
      throw std::logic_error(what + " is another function than the library's, for one at x = " +
                             std::to_string(point));
    }
  }
  add_row<T>(what, size, 2, [plain](Arrays<T>& a) {
    const Plain f = plain;  // a copy that no store can reach: its parameters stay in registers
    for (std::size_t i = 0; i < a.x.size(); ++i)
      a.y[i] = f(a.x[i]);
  });
}

template <simdact::Activation F>
void add_activation(F const& f, Size const& size) {
  using T = typename F::value_type;
  namespace plain = bench::plain;
  const std::string name(F::name);
  add_row<T>(name + "/forward", size, 2, [f](Arrays<T>& a) { simdact::forward(f, a.x, a.y); });
  add_row<T>(name + "/derivative", size, 2,
             [f](Arrays<T>& a) { simdact::derivative(f, a.x, a.d); });
  add_row<T>(name + "/backward", size, 3,
             [f](Arrays<T>& a) { simdact::backward(f, a.x, a.grad_y, a.d); });
  add_row<T>(name + "/forward_and_derivative", size, 3,
             [f](Arrays<T>& a) { simdact::forward_and_derivative(f, a.x, a.y, a.d); });
  if constexpr (requires(T x) { plain::forward(f, x); }) {
    add_plain<T>(
        name + "/plain_forward", size, [f](T x) { return plain::forward(f, x); },
        [f](T x) { return f.forward(x); });
  }
  if constexpr (requires(T x) { plain::derivative(f, x); }) {
    add_plain<T>(
        name + "/plain_derivative", size, [f](T x) { return plain::derivative(f, x); },
        [f](T x) { return f.derivative(x); });
  }
}

template <class T>
void add_elementwise() {
  for (const std::size_t n : {std::size_t{2048}, std::size_t{32768}, std::size_t{1} << 24}) {
    const Size size{n};
    add_memcpy<T>(size);
    simdact::for_each_activation<T>([&](auto const& f) { add_activation(f, size); });
  }
}

void add_softmax(std::size_t rows, std::size_t row_length) {
  using T = float;
  const simdact::Softmax<T> softmax;
  const Size size{rows * row_length, std::to_string(rows) + "x" + std::to_string(row_length)};
  const auto forward = [=](Arrays<T>& a) { simdact::forward(softmax, a.x, a.y, row_length); };
  add_memcpy<T>(size);
  add_row<T>("softmax/forward", size, 2, forward);
  add_row<T>(
      "softmax/backward", size, 3,
      [=](Arrays<T>& a) { simdact::backward(softmax, a.y, a.grad_y, a.d, row_length); }, forward);
  add_row<T>("softmax/plain_forward", size, 2, [=](Arrays<T>& a) {
    for (std::size_t i = 0; i < a.x.size(); i += row_length) {
      bench::plain::softmax(&a.x[i], &a.y[i], row_length);
    }
  });
  add_row<T>(
      "softmax/plain_backward", size, 3,
      [=](Arrays<T>& a) {
        for (std::size_t i = 0; i < a.x.size(); i += row_length) {
          bench::plain::softmax_backward(&a.y[i], &a.grad_y[i], &a.d[i], row_length);
        }
      },
      forward);
}

template <class T>
std::string lanes() {
  using Lanes = simdact::detail::Lanes<T, xsimd::default_arch>;
  return std::to_string(simdact::detail::lane_count<Lanes>);
}

std::string setting() {
#if defined(__clang__)
  const std::string compiler = __VERSION__;
#elif defined(__GNUC__)
  const std::string compiler = "GCC " __VERSION__;
#else
  const std::string compiler = "MSVC " + std::to_string(_MSC_VER);
#endif
  return std::string(simdact::version) + ", " + xsimd::default_arch::name() + " (" +
         lanes<float>() + " float lanes, " + lanes<double>() + " double lanes), xsimd " +
         std::to_string(XSIMD_VERSION_MAJOR) + "." + std::to_string(XSIMD_VERSION_MINOR) + "." +
         std::to_string(XSIMD_VERSION_PATCH) + ", " + compiler;
}

}  // namespace

int main(int argc, char** argv) try {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 2;
  benchmark::AddCustomContext("simdact", setting());
  add_elementwise<float>();
  add_elementwise<double>();
  add_activation(custom::HookedSiLU<>{}, Size{2048});  // a user's own, as any of the list
  bench::add_calls();
#if defined(SIMDACT_BENCH_DISPATCH)
  bench::add_dispatch();
#endif
  add_softmax(128, 1024);
  add_softmax(1, 50257);
  add_softmax(1024, 64);
  bench::add_gated(add_memcpy<float>);
  bench::add_masked_and_axis(add_memcpy<float>);
  bench::add_rowwise(add_memcpy<float>);
  bench::add_parameters(add_memcpy<float>);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
} catch (std::exception const& error) {
  std::fprintf(stderr, "simdact_bench: %s\n", error.what());
  return 1;
}
