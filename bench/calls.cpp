#include "calls.hpp"

#include <simdact/simdact.hpp>
#include <span>

#include "row.hpp"

namespace bench {

namespace {

template <simdact::Activation F>
void add_calls_of(F const& f, Size const& size, std::size_t first) {
  const std::string name(F::name);
  const auto from_first = [first](auto& array) { return std::span(array).subspan(first); };
  add_row<float>(name + "/fast_forward", size, 2,
                 [=](Arrays<float>& a) { simdact::forward(f, from_first(a.x), from_first(a.y)); });
  add_row<float>(name + "/fast_backward", size, 3, [=](Arrays<float>& a) {
    simdact::backward(f, from_first(a.x), from_first(a.grad_y), from_first(a.d));
  });
}

}  // namespace

void add_calls() {
  simdact::for_each_activation<float, simdact::Fast>([](auto const& f) {
    add_calls_of(f, Size{16}, 0);
    add_calls_of(f, Size{2048}, 0);
    add_calls_of(f, Size{2049, "2048_misaligned"}, 1);
  });
}

}  // namespace bench
