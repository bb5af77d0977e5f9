// A dispatched call refuses what the header's does, in its words, and has written nothing then.

#include <cstdint>
#include <simdact/dispatch.hpp>
#include <simdact/simdact.hpp>
#include <vector>

#include "../catch.hpp"
#include "../message_of.hpp"

namespace dispatch = simdact::dispatch;

namespace {

constexpr std::size_t n = 12;
const std::vector<float> a(n, 1.0f), b(n, 2.0f), shorter(n - 1, 3.0f);
std::vector<float> out(n, 4.0f), other(n, 5.0f), line(2 * n, 6.0f);
const auto left = std::span(line).first(n), right = std::span(line).subspan(1, n);

}  // namespace

/// The same call of both.
#define CHECK_REFUSED(call)                                          \
  do {                                                               \
    const std::string expected = message_of([&] { simdact::call; }); \
    CHECK(expected != "nothing was thrown");                         \
    CHECK(message_of([&] { dispatch::call; }) == expected);          \
    CHECK(out == std::vector<float>(n, 4.0f));                       \
    CHECK(other == std::vector<float>(n, 5.0f));                     \
    CHECK(line == std::vector<float>(2 * n, 6.0f));                  \
  } while (false)

TEST_CASE("elementwise calls") {
  const simdact::ReLU<> f;
  CHECK_REFUSED(forward(f, shorter, out));
  CHECK_REFUSED(forward(f, left, right));
  CHECK_REFUSED(derivative(f, shorter, out));
  CHECK_REFUSED(derivative(f, left, right));
  CHECK_REFUSED(backward(f, a, shorter, out));
  CHECK_REFUSED(backward(f, shorter, shorter, out));
  CHECK_REFUSED(backward(f, left, a, right));
  CHECK_REFUSED(backward(f, a, left, right));
  CHECK_REFUSED(forward_and_derivative(f, shorter, out, other));
  CHECK_REFUSED(forward_and_derivative(f, a, out, out));
}

TEST_CASE("gated units") {
  const simdact::SwiGLU<> unit;
  CHECK_REFUSED(forward(unit, a, shorter, out));
  CHECK_REFUSED(forward(unit, left, a, right));
  CHECK_REFUSED(forward(unit, line, out, 5));
  CHECK_REFUSED(forward(unit, a, out, 4));
  CHECK_REFUSED(forward(unit, line, left, 4));
  CHECK_REFUSED(backward(unit, a, b, shorter, out, other));
  CHECK_REFUSED(backward(unit, a, b, b, out, out));
  CHECK_REFUSED(backward(unit, line, a, out, 4));
  CHECK_REFUSED(backward(unit, line, left, line, 4));
}

TEST_CASE("softmax") {
  const simdact::Softmax<> f, cold{.temperature = -1.0f};
  CHECK_REFUSED(forward(cold, a, out));
  CHECK_REFUSED(forward(f, shorter, out));
  CHECK_REFUSED(forward(f, a, out, 5));
  CHECK_REFUSED(forward(f, left, right, 4));
  CHECK_REFUSED(backward(cold, a, b, out));
  CHECK_REFUSED(backward(f, a, shorter, out));
  CHECK_REFUSED(backward(f, a, b, out, 5));
  CHECK_REFUSED(backward(simdact::LogSoftmax<>{}, a, left, right, 4));
}

TEST_CASE("log_sum_exp") {
  CHECK_REFUSED(log_sum_exp(a, -1.0f));
  CHECK_REFUSED(log_sum_exp(a, out, 4));
  CHECK_REFUSED(log_sum_exp(a, out, 5));
  CHECK_REFUSED(log_sum_exp(a, out, 1, -1.0f));
}

TEST_CASE("cross-entropy") {
  const simdact::CrossEntropy<> loss, smooth{.label_smoothing = 2.0};
  const std::vector<std::int32_t> labels = {0, 1, 3}, wrong = {0, 4, 1}, few = {0, 1};
  CHECK_REFUSED(forward(smooth, a, labels, 4));
  CHECK_REFUSED(forward(loss, a, wrong, 4));
  CHECK_REFUSED(forward(loss, a, few, 4));
  CHECK_REFUSED(forward(loss, a, shorter, 4));
  CHECK_REFUSED(forward(loss, a, labels, 4, out));
  CHECK_REFUSED(forward_and_gradient(loss, shorter, labels, 4, out));
  CHECK_REFUSED(forward_and_gradient(loss, left, labels, 4, right));
  CHECK_REFUSED(forward_and_gradient(loss, a, labels, 4, out, other));
  CHECK_REFUSED(forward_and_gradient(loss, a, b, 4, out, std::span(out).first(3)));
  CHECK_REFUSED(cross_entropy(a, labels, 5, out));
}

TEST_CASE("no elements are fine, and so is the very same memory") {
  std::vector<float> none, y = a;
  dispatch::forward(simdact::GELU<>{}, none, none);
  dispatch::forward(simdact::Softmax<>{}, none, none, 0);
  dispatch::forward(simdact::SwiGLU<>{}, none, none, none);
  dispatch::log_sum_exp(none, none, 3);
  CHECK(std::isinf(dispatch::log_sum_exp(none)));
  dispatch::forward(simdact::SquaredReLU<>{}, y, y);
  dispatch::backward(simdact::SquaredReLU<>{}, y, y, y);
  CHECK(y == std::vector<float>(n, 2.0f));
}
