// An activation that simdact does not have goes into all that simdact does. What a user writes for it is the
// struct of custom_activation/hooked_silu.hpp.
//
//   forward, backward       over arrays                                print_values
//   gated                   times another array                        print_values
//   visit_activation        by name, beside those of the library       print_names
//   tabulate                a fast kernel for it, as the program runs  main
//   its accuracy            against the formula in long double         largest_error
//   its speed               beside GELU's                              nanoseconds

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <simdact/simdact.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "custom_activation/hooked_silu.hpp"

namespace {

using custom::HookedSiLU;

void print_row(const char* what, const std::vector<float>& values) {
  std::printf("%-10s", what);
  for (const float value : values) {
    std::printf(" %8.4f", double(value));
  }
  std::printf("\n");
}

void print_values() {
  const HookedSiLU<> act{.hook = 0.125F};
  const std::vector<float> x{-INFINITY, -8, -2, -1, 0, 1, 8, INFINITY}, ones(8, 1), twos(8, 2);
  std::vector<float> y(8), grad_x(8), gated(8);
  simdact::forward(act, x, y);
  simdact::backward(act, x, ones, grad_x);
  simdact::gated(act, x, twos, gated);
  print_row("x", x);
  print_row("forward", y);
  print_row("backward", grad_x);
  print_row("gated", gated);
}

// The program's own list: there is no registry to add to, and so no state that two could share.
using Known = simdact::Extended<simdact::Activations<float>, HookedSiLU<float>>;

void print_names() {
  for (const char* name : {"HookedSiLU", "gelu_new", "hooked_sulu"}) {
    try {
      simdact::visit_activation<Known>(name, [&](auto act) {
        std::printf("%s is %s, f(1) = %.4f\n", name, std::string(act.name).c_str(),
                    double(act.forward(1.0F)));
      });
    } catch (const std::invalid_argument& error) {
      std::printf("%s\n", error.what());
    }
  }
}

// The largest error of f in ULP of max(|f(x)|, min(|x|, 1)), the unit of simdact's Fast tier, over every
// 65,537th float. Another formula than the kernel's, in a wider type.
template <class F>
double largest_error(const F& f, long double hook) {
  double worst = 0;
  for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += 65'537) {
    const float x = std::bit_cast<float>(std::uint32_t(bits));
    if (!std::isfinite(x)) {
      continue;
    }
    const long double wide = x, e = std::exp(-std::fabs(wide));
    const long double y = wide * (x > 0 ? 1 - hook * e : e - hook) / (1 + e);
    const long double least = std::min(std::fabs(wide), 1.0L);
    const int exponent = std::max(std::ilogb(std::max(std::fabs(y), least)), -126);
    const long double error = std::fabs((long double)(f.forward(x)) - y);
    worst = std::max(worst, double(std::ldexp(error, 23 - exponent)));
  }
  return worst;
}

// The time of an element in the fastest of some hundred calls.
template <class F>
double nanoseconds(const F& f) {
  using Clock = std::chrono::steady_clock;
  std::vector<float> x(4096), y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = float(i) / 256 - 8;
  }
  auto best = Clock::duration::max();
  for (int call = 0; call < 200; ++call) {
    const auto start = Clock::now();
    simdact::forward(f, x, y);
    best = std::min(best, Clock::now() - start);
  }
  return std::chrono::duration<double, std::nano>(best).count() / double(x.size());
}

template <class F>
void print_measured(const char* what, const F& f) {
  std::printf("%-10s %6.2f ULP %8.3f ns\n", what, largest_error(f, 0.125L), nanoseconds(f));
}

}  // namespace

int main() {
  print_values();
  std::printf("\n");
  print_names();
  std::printf("\n");
  print_measured("as written", HookedSiLU<>{});
  print_measured("tabulated", simdact::tabulate(HookedSiLU<double>{}));
  std::printf("%-10s %10s %8.3f ns\n", "fast gelu", "",
              nanoseconds(simdact::GELU<float, simdact::Fast>{}));
}
