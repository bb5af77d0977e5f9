#include "rows.hpp"

#include <benchmark/benchmark.h>

#include <simdact/dispatch.hpp>
#include <string>

#include "../row.hpp"

namespace bench {

namespace {

template <simdact::Activation F>
void add_rows_of(F const& f, std::string const& tier, Size const& size) {
  const std::string name = std::string(F::name) + "/dispatch_" + tier;
  add_row<float>(name + "forward", size, 2,
                 [=](Arrays<float>& a) { simdact::dispatch::forward(f, a.x, a.y); });
  add_row<float>(name + "backward", size, 3,
                 [=](Arrays<float>& a) { simdact::dispatch::backward(f, a.x, a.grad_y, a.d); });
}

}  // namespace

void add_dispatch() {
  benchmark::AddCustomContext("dispatch", std::string(simdact::dispatch::architecture()));
  simdact::for_each_activation<float>([](auto const& f) { add_rows_of(f, "", Size{2048}); });
  simdact::for_each_activation<float, simdact::Fast>([](auto const& f) {
    add_rows_of(f, "fast_", Size{16});
    add_rows_of(f, "fast_", Size{2048});
  });
}

}  // namespace bench
