// Runs every kernel between two requests to callgrind, which counts its instructions: its profile gets
// a part for each, under the name of the cell, such as gelu/fast/forward.

#include <valgrind/callgrind.h>

#include <functional>
#include <simdact/simdact.hpp>
#include <string>
#include <type_traits>

#include "../../bench/arrays.hpp"
#include "elements.hpp"

namespace {

using simdact::Fast;
using simdact::Precise;

/// The first run binds what the second calls.
void count(std::string const& cell, std::function<void()> const& run) {
  run();
  CALLGRIND_ZERO_STATS;
  run();
  CALLGRIND_DUMP_STATS_AT(cell.c_str());
}

template <class T, class Accuracy>
void count_activations(std::string const& kind) {
  auto& a = bench::arrays<T>(elements);
  simdact::for_each_activation<T, Accuracy>([&](auto const& f) {
    const std::string cell = std::string(f.name) + "/" + kind + "/";
    count(cell + "forward", [f, &a] { simdact::forward(f, a.x, a.y); });
    count(cell + "derivative", [f, &a] { simdact::derivative(f, a.x, a.d); });
    if constexpr (std::is_same_v<T, float>) {
      count(cell + "backward", [f, &a] { simdact::backward(f, a.x, a.grad_y, a.d); });
      count(cell + "forward_and_derivative",
            [f, &a] { simdact::forward_and_derivative(f, a.x, a.y, a.d); });
    }
  });
}

/// One row of all elements.
template <class Rowwise>
void count_row(Rowwise const& f, std::string const& kind) {
  auto& a = bench::arrays<float>(elements);
  count(std::string(f.name) + "/" + kind + "/forward", [f, &a] { simdact::forward(f, a.x, a.y); });
}

template <class Accuracy>
void count_floats(std::string const& kind) {
  count_activations<float, Accuracy>(kind);
  count_row(simdact::Softmax<float, Accuracy>{}, kind);
  count_row(simdact::LogSoftmax<float, Accuracy>{}, kind);
}

}  // namespace

int main() {
  count_floats<Precise>("float");
  count_floats<Fast>("fast");
  count_activations<double, Precise>("double");
}
