// One learnable parameter for each channel: the bits of a call for each run, its gradients, errors.

#include "inputs.hpp"
#include "message_of.hpp"
#include "typed.hpp"

using simdact::backward_parameters, simdact::Fast, simdact::Precise;
using simdact::PReLU, simdact::ELU, simdact::Swish, simdact::Softplus;

namespace {

struct Shape {
  std::size_t outer, channels, inner;
  std::size_t size() const { return outer * channels * inner; }
};

/// No and single elements, short rows that are joined, channels on both sides of a block's end, runs on both
/// sides of where they stop being short, and longer than a block.
constexpr Shape shapes[] = {{0, 3, 5},   {3, 0, 5},   {3, 5, 0},   {1, 1, 1},   {1, 7, 1},
                            {9, 1, 1},   {33, 3, 1},  {5, 10, 1},  {4, 129, 1}, {3, 256, 1},
                            {3, 257, 1}, {2, 700, 1}, {40, 2, 3},  {7, 43, 3},  {3, 90, 3},
                            {5, 86, 3},  {2, 40, 49}, {6, 5, 63},  {6, 5, 64},  {3, 4, 65},
                            {1, 3, 255}, {2, 3, 256}, {2, 2, 600}, {11, 1, 60}};

/// Parameters of all magnitudes that suit every activation, 0 and negative ones where they may be.
template <class F>
std::vector<typename F::value_type> weights_for(F const& f, std::size_t n) {
  using T = typename F::value_type;
  std::vector<T> weights = numbers<T>(n, 8, 0.5);
  for (std::size_t c = 0; c < n; ++c) {
    if (f.name == "swish" || f.name == "softplus")
      weights[c] = std::fabs(weights[c]) + T(0.1);
    else if (c % 5 == 1)
      weights[c] = c % 2 == 0 ? T(0) : T(-0.0);
  }
  return weights;
}

/// Calls call(f, run) for each run, f having its channel's weight.
template <class F, class T, class Call>
void for_each_run(F f, std::vector<T> const& weights, Shape const& shape, Call call) {
  for (std::size_t i = 0; i < shape.size(); i += shape.inner) {
    f.*F::parameters[0] = weights[i / shape.inner % shape.channels];
    call(f, [=](auto& v) { return std::span(v).subspan(i, shape.inner); });
  }
}

template <class Test>
void for_each_parametric(Test test) {
  test(PReLU<float>{});
  test(PReLU<double>{});
  test(ELU<float>{});
  test(Swish<float, Fast>{});
  test(Softplus<double>{});
}

}  // namespace

TEST_CASE("a weight for each channel gives the bits of a call for each run, in place too") {
  std::size_t runs = 0;
  for_each_parametric([&](auto f) {
    using T = typename decltype(f)::value_type;
    for (const Shape& shape : shapes) {
      const std::size_t n = shape.size();
      const std::vector<T> x = inputs<T>(n), g = numbers<T>(n, 4);
      const std::vector<T> weights = weights_for(f, shape.channels);
      std::vector<T> y(n), grad_x(n), expected(n), expected_grad(n), grad_weights(shape.channels);
      for_each_run(f, weights, shape, [&](auto const& own, auto run) {
        simdact::forward(own, run(x), run(expected));
        simdact::backward(own, run(x), run(g), run(expected_grad));
        ++runs;
      });
      INFO(title(f));
      CAPTURE(shape.outer, shape.channels, shape.inner);
      simdact::forward(f, x, weights, shape.inner, y);
      CHECK(all_same_bits(y, expected));
      backward_parameters(f, x, weights, shape.inner, g, grad_x, grad_weights);
      CHECK(all_same_bits(grad_x, expected_grad));

      std::vector<T> memory = x, other(shape.channels);
      simdact::forward(f, memory, weights, shape.inner, memory);
      CHECK(all_same_bits(memory, y));
      memory = x;
      backward_parameters(f, memory, weights, shape.inner, g, memory, other);
      CHECK(all_same_bits(memory, grad_x));
      CHECK(all_same_bits(other, grad_weights));
      memory = g;
      other = weights;
      backward_parameters(f, x, other, shape.inner, memory, memory, other);
      CHECK(all_same_bits(memory, grad_x));
      CHECK(all_same_bits(other, grad_weights));
    }
  });
  CHECK(runs > 5 * 4000);
}

TEST_CASE("the gradient of a channel's weight is the sum over its runs") {
  std::size_t channels = 0;
  for_each_parametric([&](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    const long double unit = std::numeric_limits<T>::epsilon();
    for (const Shape& shape : shapes) {
      const std::vector<T> x = numbers<T>(shape.size(), 1), g = numbers<T>(shape.size(), 2, 9.0);
      const std::vector<T> weights = weights_for(f, shape.channels);
      std::vector<long double> sums(shape.channels), magnitudes(shape.channels);
      std::size_t channel = 0;
      for_each_run(f, weights, shape, [&](auto const& own, auto run) {
        for (std::size_t i = 0; i < shape.inner; ++i) {
          const long double term =
              static_cast<long double>(run(g)[i]) *
              static_cast<long double>(own.parameter_derivatives(run(x)[i])[0]);
          sums[channel] += term;
          magnitudes[channel] += std::fabs(term);
        }
        channel = (channel + 1) % shape.channels;
      });
      std::vector<T> grad_x(x.size()), grad_weights(shape.channels, T(-7));
      backward_parameters(f, x, weights, shape.inner, g, grad_x, grad_weights);
      bool within = true;
      const auto count = static_cast<long double>(shape.outer * shape.inner);
      for (std::size_t c = 0; c < shape.channels; ++c, ++channels) {
        const long double error = std::fabs(static_cast<long double>(grad_weights[c]) - sums[c]);
        within = within && error <= (unit / 2 + count * 0x1p-53L) * magnitudes[c] +
                                        1.001L * unit / 2 * std::fabs(sums[c]);
      }
      INFO(title(f));
      CAPTURE(shape.outer, shape.channels, shape.inner);
      CHECK(within);
    }
  });
  CHECK(channels == 5 * 1656);
}

TEST_CASE("special values stay in their channel, whose weight may be 0 at -inf") {
  constexpr float inf = std::numeric_limits<float>::infinity();
  for (const std::size_t inner : std::initializer_list<std::size_t>{1, 5, 70}) {
    std::vector<float> x(4 * inner, -1.0f), y(4 * inner), grad_weights(4);
    x[0] = -inf;
    x[inner] = inf;
    x[2 * inner] = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> weights = {0.0f, 0.5f, 0.5f, 3.0f}, ones(x.size(), 1.0f);
    simdact::forward(PReLU<>{}, x, weights, inner, y);
    CHECK((y[0] == 0.0f && std::signbit(y[0])));
    CHECK(y[inner] == inf);
    CHECK(std::isnan(y[2 * inner]));
    CHECK(y[3 * inner] == -3.0f);
    backward_parameters(PReLU<>{}, x, weights, inner, ones, y, grad_weights);
    const auto rest = static_cast<float>(inner);
    CHECK(grad_weights[0] == -inf);
    CHECK(grad_weights[1] == 1.0f - rest);
    CHECK(std::isnan(grad_weights[2]));
    CHECK(grad_weights[3] == -rest);
  }
}

TEST_CASE("an output may be the memory of the weights where it is as long") {
  for (const std::size_t channels : std::initializer_list<std::size_t>{1, 7, 300}) {
    const std::vector<float> x = numbers<float>(channels, 1), g = numbers<float>(channels, 2);
    const std::vector<float> weights = numbers<float>(channels, 3);
    const PReLU<float> f;
    std::vector<float> y(channels), grad_x(channels), grad_weights(channels), other(channels);
    simdact::forward(f, x, weights, 1, y);
    backward_parameters(f, x, weights, 1, g, grad_x, grad_weights);
    std::vector<float> memory = weights;
    simdact::forward(f, x, memory, 1, memory);
    CHECK(memory == y);
    memory = weights;
    backward_parameters(f, x, memory, 1, g, memory, other);
    CHECK((memory == grad_x && other == grad_weights));
    memory = x;
    backward_parameters(f, memory, weights, 1, g, other, memory);
    CHECK((other == grad_x && memory == grad_weights));
    memory = g;
    backward_parameters(f, x, weights, 1, memory, other, memory);
    CHECK((other == grad_x && memory == grad_weights));
  }
}

TEST_CASE("without elements the gradients of the weights are 0") {
  const std::span<float const> none;
  const std::span<float> nothing;
  for (const std::size_t inner : std::initializer_list<std::size_t>{0, 1, 1000}) {
    const std::vector<float> weights(9, 1.0f);
    std::vector<float> grad_weights(9, -3.0f);
    simdact::forward(PReLU<>{}, none, weights, inner, nothing);
    backward_parameters(PReLU<>{}, none, weights, inner, none, nothing, grad_weights);
    CHECK(grad_weights == std::vector<float>(9, 0.0f));
    CHECK_NOTHROW(backward_parameters(PReLU<>{}, none, none, inner, none, nothing, nothing));
  }
}

TEST_CASE("with channels wrong lengths are refused with the numbers, and nothing is written") {
  const PReLU<float> f;
  const std::vector<float> x(12, 1.0f), eleven(11, 1.0f), two(2, 1.0f), five(5, 1.0f), none;
  std::vector<float> y(12, -1.0f), y11(11, -1.0f), w2(2, -1.0f), w5(5, -1.0f), w0;
  const auto forward = [&](auto const& w, std::size_t inner, auto& out) {
    return message_of([&] { simdact::forward(f, x, w, inner, out); });
  };
  const auto backward = [&](auto const& w, std::size_t inner, auto const& g, auto& gx, auto& gw) {
    return message_of([&] { backward_parameters(f, x, w, inner, g, gx, gw); });
  };
  const std::string refusal =
      "simdact: x has length 12, which is not a multiple of weights's length ";
  CHECK(forward(two, 3, y11) == "simdact: y has length 11, but x has length 12");
  CHECK(forward(five, 1, y) == refusal + "5 times inner 1");
  CHECK(forward(two, 4, y) == refusal + "2 times inner 4");
  CHECK(forward(two, 5, y) == refusal + "2 times inner 5");
  CHECK(forward(two, 0, y) == refusal + "2 times inner 0");
  CHECK(forward(none, 1, y) == refusal + "0 times inner 1");
  // Two times this is 12 by overflow.
  CHECK(forward(two, (std::size_t{1} << 63) + 6, y) ==
        refusal + "2 times inner " + std::to_string((std::size_t{1} << 63) + 6));
  CHECK(backward(five, 1, x, y, w5) == refusal + "5 times inner 1");
  CHECK(backward(none, 1, x, y, w0) == refusal + "0 times inner 1");
  CHECK(backward(two, 3, eleven, y, w2) == "simdact: grad_y has length 11, but x has length 12");
  CHECK(backward(two, 3, x, y11, w2) == "simdact: grad_x has length 11, but x has length 12");
  CHECK(backward(two, 3, x, y, w5) ==
        "simdact: grad_weights has length 5, but weights has length 2");
  CHECK(y == std::vector<float>(12, -1.0f));
  CHECK(y11 == std::vector<float>(11, -1.0f));
  CHECK(w2 == std::vector<float>(2, -1.0f));
  CHECK(w5 == std::vector<float>(5, -1.0f));
}

TEST_CASE("with channels memory that overlaps in part is refused, and nothing is written") {
  const PReLU<float> f;
  std::vector<float> memory(64, -1.0f), out(12, -1.0f), out4(4, -1.0f);
  const std::vector<float> x(12, 1.0f), weights(4, 1.0f);
  const auto part = [&](std::size_t i, std::size_t n) { return std::span(memory).subspan(i, n); };
  const auto refused = [&](auto call) {
    return message_of(call).find("overlap") != std::string::npos;
  };
  const auto matrix = part(20, 12), shifted = part(21, 12);
  CHECK(refused([&] { simdact::forward(f, shifted, weights, 3, matrix); }));
  CHECK(refused([&] { backward_parameters(f, shifted, weights, 3, x, matrix, out4); }));
  CHECK(refused([&] { backward_parameters(f, x, weights, 3, shifted, matrix, out4); }));
  for (const std::size_t at : std::initializer_list<std::size_t>{17, 20, 31}) {
    const auto row = part(at, 4);
    CHECK(refused([&] { simdact::forward(f, x, row, 3, matrix); }));
    CHECK(refused([&] { backward_parameters(f, x, row, 3, x, matrix, out4); }));
    CHECK(refused([&] { backward_parameters(f, matrix, weights, 3, x, out, row); }));
    CHECK(refused([&] { backward_parameters(f, x, weights, 3, matrix, out, row); }));
    CHECK(refused([&] { backward_parameters(f, x, weights, 3, x, matrix, row); }));
  }
  CHECK(refused([&] { backward_parameters(f, x, part(21, 4), 3, x, out, part(20, 4)); }));
  CHECK(std::count(memory.begin(), memory.end(), -1.0f) == 64);
}
