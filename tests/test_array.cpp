// The array algorithms: every length and offset, in place, position independence, errors.

#include "calls.hpp"
#include "inputs.hpp"
#include "message_of.hpp"
#include "square.hpp"
#include "typed.hpp"

TEST_CASE("scalar, batch and array agree bit for bit at every length and offset") {
  for_some_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    constexpr std::size_t longest = 70;
    constexpr std::size_t offsets = 16;
    constexpr T guard = T(-12345);
    const std::vector<T> x = inputs<T>(longest + offsets);
    const std::vector<T> g = inputs<T>(longest + offsets + 3);
    std::size_t runs = 0;
    bool agree = true;
    bool guarded = true;
    for (std::size_t offset = 0; offset < offsets; ++offset) {
      for (std::size_t n = 0; n <= longest; ++n) {
        ++runs;
        const std::span in(x.data() + offset, n);
        const std::span grad(g.data() + 3, n);
        std::vector<T> y(longest + offsets, guard), d = y, gx = y, both_y = y, both_d = y;
        const auto part = [&](std::vector<T>& v) { return std::span(v.data() + offset, n); };
        calls::forward(f, in, part(y));
        calls::derivative(f, in, part(d));
        calls::backward(f, in, grad, part(gx));
        calls::forward_and_derivative(f, in, part(both_y), part(both_d));
        for (std::size_t i = 0; i < n; ++i) {
          const std::size_t at = offset + i;
          const auto both = calls::value_and_slope(f, in[i]);
          agree = agree && same_bits(y[at], calls::value(f, in[i])) &&
                  same_bits(d[at], calls::slope(f, in[i])) &&
                  same_bits<T>(gx[at], grad[i] * calls::slope(f, in[i])) &&
                  same_bits(both_y[at], y[at]) && same_bits(both_d[at], d[at]) &&
                  same_bits(both.value, y[at]) && same_bits(both.derivative, d[at]);
        }
        for (auto const* v : {&y, &d, &gx, &both_y, &both_d}) {
          for (std::size_t i = 0; i < v->size(); ++i) {
            const bool inside = i >= offset && i < offset + n;
            guarded = guarded && (inside || (*v)[i] == guard);
          }
        }
      }
    }
    CHECK(runs == offsets * (longest + 1));
    CHECK(agree);
    CHECK(guarded);
  });
}

TEST_CASE("in place gives the same bits as out of place") {
  for_some_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    for (const std::size_t n : {std::size_t(1), std::size_t(16), std::size_t(37)}) {
      const std::vector<T> x = inputs<T>(n);
      const std::vector<T> g = inputs<T>(n + 1);
      const std::span grad(g.data() + 1, n);
      std::vector<T> apart(n), other(n), in_place = x;
      calls::forward(f, x, apart);
      calls::forward(f, in_place, in_place);
      CHECK(all_same_bits(apart, in_place));

      calls::derivative(f, x, apart);
      in_place = x;
      calls::derivative(f, in_place, in_place);
      CHECK(all_same_bits(apart, in_place));

      calls::backward(f, x, grad, apart);
      in_place = x;
      calls::backward(f, in_place, grad, in_place);
      CHECK(all_same_bits(apart, in_place));
      in_place.assign(grad.begin(), grad.end());
      calls::backward(f, x, in_place, in_place);
      CHECK(all_same_bits(apart, in_place));

      calls::forward_and_derivative(f, x, apart, other);
      in_place = x;
      std::vector<T> slope(n);
      calls::forward_and_derivative(f, in_place, in_place, slope);
      CHECK(all_same_bits(apart, in_place));
      CHECK(all_same_bits(other, slope));
    }
  });
}

TEST_CASE("a split of an array gives the same bits, wherever it begins") {
  for_some_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    const std::vector<T> x = inputs<T>(10'007);  // more than what a stream asks for ahead
    std::vector<T> whole(x.size()), split(x.size()), with_slope(x.size()), slope(x.size());
    calls::forward(f, x, whole);
    calls::forward_and_derivative(f, x, with_slope, slope);
    CHECK(all_same_bits(whole, with_slope));
    calls::derivative(f, x, split);
    CHECK(all_same_bits(slope, split));
    for (std::size_t i = 0, n = 1; i < x.size(); i += n, n = n % 41 + 3) {
      const std::size_t count = std::min(n, x.size() - i);
      calls::forward(f, std::span(x).subspan(i, count), std::span(split).subspan(i, count));
    }
    CHECK(all_same_bits(whole, split));
    for (std::size_t begin = 1; begin < 20; ++begin) {
      std::vector<T> part(x.size());
      calls::forward(f, std::span(x).subspan(begin), std::span(part).subspan(begin));
      CHECK(all_same_bits(std::span(whole).subspan(begin), std::span(part).subspan(begin)));
    }
  });
}

TEST_CASE("vectors, arrays, C arrays and spans go in") {
  const simdact::SiLU<float> silu;
  const std::vector<float> vector = {1, 2, 3};
  const std::array<float, 3> array = {1, 2, 3};
  const float c_array[3] = {1, 2, 3};
  std::array<float, 3> a{}, b{}, c{};
  float d[3] = {};
  calls::forward(silu, vector, a);
  calls::forward(silu, array, b);
  calls::forward(silu, c_array, c);
  calls::forward(silu, std::span(vector), d);
  CHECK(a == b);
  CHECK(a == c);
  CHECK(all_same_bits(a, std::span(d)));
}

namespace {

bool mentions(std::string const& message, std::initializer_list<char const*> parts) {
  return std::all_of(parts.begin(), parts.end(),
                     [&](char const* part) { return message.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("a length mismatch is refused with both lengths, and nothing is written") {
  const simdact::GELU<float> gelu;
  const std::vector<float> x(8, 1.0f), shorter(7, 1.0f);
  std::vector<float> y(8, -1.0f), y7(7, -1.0f), y9(9, -1.0f);
  const auto untouched = [&] {
    const auto is_untouched = [](float v) { return v == -1.0f; };
    return std::all_of(y.begin(), y.end(), is_untouched) &&
           std::all_of(y7.begin(), y7.end(), is_untouched) &&
           std::all_of(y9.begin(), y9.end(), is_untouched);
  };
  CHECK(mentions(message_of([&] { calls::forward(gelu, x, y7); }), {"y ", "7", "x ", "8"}));
  CHECK(mentions(message_of([&] { calls::forward(gelu, x, y9); }), {"9", "8"}));
  CHECK(mentions(message_of([&] { calls::derivative(gelu, x, y7); }), {"7", "8"}));
  CHECK(mentions(message_of([&] { calls::backward(gelu, x, shorter, y); }), {"grad_y", "7", "8"}));
  CHECK(mentions(message_of([&] { calls::backward(gelu, x, x, y9); }), {"grad_x", "9", "8"}));
  CHECK(mentions(message_of([&] { calls::forward_and_derivative(gelu, x, y, y7); }),
                 {"d ", "7", "8"}));
  CHECK(mentions(message_of([&] { calls::forward_and_derivative(gelu, x, y9, y); }), {"9", "8"}));
  CHECK(untouched());
}

TEST_CASE("a partial overlap is refused in every direction, and nothing is written") {
  const simdact::ReLU<float> relu;
  std::vector<float> memory(32, -1.0f);
  const std::vector<float> apart(8, 2.0f);
  std::vector<float> out(8, -1.0f);
  const auto part = [&](std::size_t i) { return std::span(memory.data() + i, 8); };
  for (const std::size_t shift : {std::size_t(1), std::size_t(4), std::size_t(7)}) {
    const auto low = part(8), high = part(8 + shift);
    for (auto const& pair : {std::pair(low, high), std::pair(high, low)}) {
      const auto x = pair.first, y = pair.second;
      CHECK(mentions(message_of([&] { calls::forward(relu, x, y); }), {"overlap", "8"}));
      CHECK(mentions(message_of([&] { calls::derivative(relu, x, y); }), {"overlap"}));
      CHECK(mentions(message_of([&] { calls::backward(relu, x, apart, y); }), {"overlap"}));
      CHECK(mentions(message_of([&] { calls::backward(relu, apart, x, y); }), {"overlap"}));
      CHECK(mentions(message_of([&] { calls::forward_and_derivative(relu, apart, x, y); }),
                     {"overlap"}));
      CHECK(mentions(message_of([&] { calls::forward_and_derivative(relu, x, y, out); }),
                     {"overlap"}));
    }
  }
  // Two outputs may not even be the same.
  CHECK(mentions(message_of([&] { calls::forward_and_derivative(relu, apart, out, out); }),
                 {"overlap"}));
  CHECK(std::count(memory.begin(), memory.end(), -1.0f) == 32);
  CHECK(std::count(out.begin(), out.end(), -1.0f) == 8);
  CHECK_NOTHROW(calls::forward(relu, part(0), part(8)));  // touching is not overlapping
}

TEST_CASE("length 0 is fine, null pointers included") {
  for_some_typed([](auto f) {
    using T = typename decltype(f)::value_type;
    const std::span<T const> x;
    const std::span<T> y;
    CHECK_NOTHROW(calls::forward(f, x, y));
    CHECK_NOTHROW(calls::derivative(f, x, y));
    CHECK_NOTHROW(calls::backward(f, x, x, y));
    CHECK_NOTHROW(calls::forward_and_derivative(f, x, y, y));
  });
}

namespace {

struct WithoutDerivative {
  using value_type = float;
  float forward(float x) const { return x; }
};

}  // namespace

static_assert(simdact::Activation<Square>);
static_assert(simdact::Activation<simdact::GELU<double>>);
static_assert(!simdact::Activation<WithoutDerivative>);
static_assert(!simdact::Activation<float>);
static_assert(std::is_same_v<simdact::scalar_of_t<double>, double>);

TEST_CASE("anyone's own struct is an activation") {
  const std::vector<float> x = {-2, -1, 0, 1, 2, 3, 4, 5, 6};
  std::vector<float> y(x.size()), d(x.size());
  simdact::forward_and_derivative(Square{}, x, y, d);
  for (std::size_t i = 0; i < x.size(); ++i) {
    CHECK(y[i] == x[i] * x[i]);
    CHECK(d[i] == 2 * x[i]);
  }
}
