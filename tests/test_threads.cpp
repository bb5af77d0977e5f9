// Calls from several threads at once, on the same input and on outputs that lie side by side, as a sanitizer of
// threads sees them: preset test-tsan. The results are those of one thread.

#include <simdact/simdact.hpp>

#include <functional>
#include <thread>

#include "catch.hpp"
#include "inputs.hpp"

namespace {

using namespace simdact;

using In = std::span<float const>;
using Out = std::span<float>;

constexpr std::size_t threads = 4;
constexpr std::size_t rows = 7;
constexpr std::size_t columns = 143;
constexpr std::size_t length = rows * columns;

void on_threads(std::function<void(std::size_t)> const& work) {
  std::vector<std::thread> all;
  for (std::size_t i = 0; i < threads; ++i)
    all.emplace_back(work, i);
  for (std::thread& thread : all)
    thread.join();
}

/// Does each thread get what one alone gets?
void check(std::function<void(In, Out)> const& call) {
  const std::vector<float> x = numbers<float>(length, 1);
  std::vector<float> expected(length);
  call(x, expected);
  std::vector<float> results(threads * length);
  on_threads([&](std::size_t i) {
    for (int round = 0; round < 20; ++round)
      call(x, Out(results).subspan(i * length, length));
  });
  for (std::size_t i = 0; i < threads; ++i)
    CHECK(all_same_bits(Out(results).subspan(i * length, length), Out(expected)));
}

}  // namespace

TEST_CASE("elementwise from several threads") {
  check([](In x, Out y) { forward(GELU<>{}, x, y); });
  check([](In x, Out y) { forward(Tanh<float, Fast>{}, x, y); });
  check([](In x, Out y) { backward(SiLU<>{}, x, x, y); });
}

TEST_CASE("an array in parts, each of another thread") {
  const std::vector<float> x = numbers<float>(length, 2);
  std::vector<float> expected(length), y(length);
  forward(GELU<>{}, x, expected);
  on_threads([&](std::size_t i) {
    const std::size_t first = i * length / threads;
    const std::size_t count = (i + 1) * length / threads - first;
    forward(GELU<>{}, In(x).subspan(first, count), Out(y).subspan(first, count));
  });
  CHECK(all_same_bits(y, expected));
}

TEST_CASE("rows from several threads") {
  check([](In x, Out y) { forward(Softmax<>{}, x, y, columns); });
  check([](In x, Out y) { forward(LogSoftmax<>{}, x, y, columns); });
  check([](In x, Out y) { forward(Softmax<float, Fast>{}, x, CausalMask{}, y, columns); });
}

TEST_CASE("an activation by name from several threads") {
  using Some = TypeList<ReLU<>, GELU<>, Tanh<>>;
  check([](In x, Out y) { forward(any_activation<Some>("gelu"), x, y); });
  const auto shared = any_activation<Some>("tanh");
  check([&](In x, Out y) { forward(shared, x, y); });
}

TEST_CASE("a tabulated activation from several threads") {
  const auto square = [](double x) { return x * x / (1.0 + x * x); };
  const auto slope = [](double x) { return 2.0 * x / ((1.0 + x * x) * (1.0 + x * x)); };
  const auto shared = tabulate(square, slope, {-4.0, 4.0});
  check([&](In x, Out y) { forward(shared, x, y); });
  on_threads([&](std::size_t) { tabulate(square, slope, {-4.0, 4.0}); });
}
