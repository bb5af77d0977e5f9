// A bias fused into the activation: the bits of the two steps, the gradient of the bias, in place, errors.

#include <numeric>

#include "inputs.hpp"
#include "message_of.hpp"
#include "typed.hpp"

namespace {

struct Shape {
  std::size_t rows, features;
  std::size_t size() const { return rows * features; }
};

/// Few and many rows of every kind of length: far below a batch, about half a block of columns, where rows
/// are no longer joined, about a block, and more than two.
std::vector<Shape> shapes() {
  std::vector<Shape> all;
  for (const std::size_t features : std::initializer_list<std::size_t>{
           0, 1, 2, 3, 8, 10, 17, 85, 127, 128, 129, 255, 256, 257, 300, 513}) {
    for (const std::size_t rows : std::initializer_list<std::size_t>{0, 1, 2, 5, 33})
      all.push_back({rows, features});
  }
  return all;
}

/// x[r][j] + bias[j], rounded to T.
template <class T>
std::vector<T> sums(std::vector<T> const& x, std::vector<T> const& bias) {
  std::vector<T> all(x.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    all[i] = x[i] + bias[i % bias.size()];
  return all;
}

/// f(x) = x, which leaves the gradients as they come.
template <class T>
struct Identity {
  using value_type = T;
  template <class V>
  V forward(V x) const {
    return x;
  }
  template <class V>
  V derivative(V) const {
    return V(T(1));
  }
};

template <class T>
std::vector<T> grad_bias_of(std::size_t features, std::vector<T> const& grad_y) {
  const std::vector<T> x(grad_y.size()), bias(features);
  std::vector<T> grad_x(grad_y.size()), grad_bias(features, T(-7));
  simdact::backward(Identity<T>{}, x, bias, grad_y, grad_x, grad_bias);
  return grad_bias;
}

}  // namespace

TEST_CASE("fused gives the bits of add, then forward or backward") {
  std::size_t runs = 0;
  for_some_typed([&](auto f) {
    using T = typename decltype(f)::value_type;
    for (const Shape& shape : shapes()) {
      ++runs;
      const std::vector<T> x = inputs<T>(shape.size());
      const std::vector<T> bias = numbers<T>(shape.features, 3);
      const std::vector<T> grad_y = numbers<T>(shape.size(), 4);
      const std::vector<T> sum = sums(x, bias);
      std::vector<T> y(x.size()), grad_x(x.size()), expected(x.size()), grad_bias(bias.size());
      CAPTURE(shape.rows, shape.features);
      simdact::forward(f, sum, expected);
      simdact::forward(f, x, bias, y);
      CHECK(all_same_bits(y, expected));
      simdact::backward(f, sum, grad_y, expected);
      simdact::backward(f, x, bias, grad_y, grad_x, grad_bias);
      CHECK(all_same_bits(grad_x, expected));
    }
  });
  CHECK(runs == 9 * 16 * 5);
}

TEST_CASE("a bias may be infinite or NaN, in its own column") {
  constexpr std::size_t features = 6, rows = 50;
  const std::vector<float> bias = inputs<float>(36);
  std::vector<float> six;
  for (std::size_t i = 0; i < features; ++i)
    six.push_back(bias[7 * i]);
  const std::vector<float> x = numbers<float>(rows * features, 5), grad_y(x.size(), 1.0f);
  const simdact::GELU<float> gelu;
  std::vector<float> y(x.size()), expected(x.size()), grad_x(x.size()), grad_bias(features);
  simdact::forward(gelu, x, six, y);
  simdact::forward(gelu, sums(x, six), expected);
  CHECK(all_same_bits(y, expected));
  simdact::backward(gelu, x, six, grad_y, grad_x, grad_bias);
  CHECK(grad_bias[0] == 50.0f);  // of +inf
  CHECK(grad_bias[1] == 0.0f);   // of -inf
  CHECK(std::isnan(grad_bias[2]));
  for (std::size_t j = 3; j < features; ++j)
    CHECK(std::isfinite(grad_bias[j]));
}

TEST_CASE("nothing beside the outputs is written") {
  const simdact::SiLU<float> silu;
  for (const Shape& shape : shapes()) {
    constexpr std::size_t margin = 40;
    const std::vector<float> x = numbers<float>(shape.size(), 1), bias(shape.features, 0.5f);
    std::vector<float> y(x.size() + 2 * margin, -5.0f), grad_x = y;
    std::vector<float> grad_bias(bias.size() + 2 * margin, -5.0f);
    const auto inner = [&](std::vector<float>& v) {
      return std::span(v).subspan(margin, v.size() - 2 * margin);
    };
    simdact::forward(silu, x, bias, inner(y));
    simdact::backward(silu, x, bias, x, inner(grad_x), inner(grad_bias));
    for (auto const* v : {&y, &grad_x, &grad_bias}) {
      CHECK(std::all_of(v->begin(), v->begin() + margin, [](float g) { return g == -5.0f; }));
      CHECK(std::all_of(v->end() - margin, v->end(), [](float g) { return g == -5.0f; }));
      CHECK(std::count(v->begin() + margin, v->end() - margin, -5.0f) == 0);
    }
  }
}

TEMPLATE_TEST_CASE("the gradient of the bias is the sum over the rows", "", float, double) {
  using T = TestType;
  const simdact::GELU<T> gelu;
  const long double unit = std::numeric_limits<T>::epsilon() / 2;
  std::vector<Shape> all = shapes();
  all.push_back({(std::size_t{1} << 20) + 3, 1});
  all.push_back({100003, 3});
  all.push_back({3001, 301});
  std::size_t columns = 0;
  for (const Shape& shape : all) {
    const std::vector<T> x = numbers<T>(shape.size(), 8), bias = numbers<T>(shape.features, 9);
    const std::vector<T> grad_y = numbers<T>(shape.size(), 10, 100.0);
    std::vector<T> grad_x(x.size()), grad_bias(bias.size(), T(-7));
    simdact::backward(gelu, x, bias, grad_y, grad_x, grad_bias);
    bool within = true;
    for (std::size_t j = 0; j < shape.features; ++j) {
      long double sum = 0.0L, magnitudes = 0.0L;
      for (std::size_t i = j; i < x.size(); i += shape.features) {
        sum += static_cast<long double>(grad_x[i]);
        magnitudes += std::fabs(static_cast<long double>(grad_x[i]));
      }
      const long double rows = static_cast<long double>(shape.rows);
      const long double error = std::fabs(static_cast<long double>(grad_bias[j]) - sum);
      within = within && error <= rows * 0x1p-53L * magnitudes + 1.001L * unit * std::fabs(sum);
      ++columns;
    }
    CAPTURE(shape.rows, shape.features);
    CHECK(within);
  }
  CHECK(columns == 5 * 2091 + 1 + 3 + 301);
}

TEST_CASE("what cancels in a column leaves the rest exact") {
  for (const std::size_t features : std::initializer_list<std::size_t>{1, 5, 100, 200, 600}) {
    std::vector<float> grad_y;
    for (const float row : {1e9f, 0.75f, -1e9f})
      grad_y.insert(grad_y.end(), features, row);
    CHECK(grad_bias_of(features, grad_y) == std::vector<float>(features, 0.75f));
  }
}

TEMPLATE_TEST_CASE("equal columns have equal gradients, wherever they stand", "", float, double) {
  using T = TestType;
  for (const std::size_t features : std::initializer_list<std::size_t>{2, 3, 10, 100, 129, 700}) {
    const std::vector<T> column = numbers<T>(211, 12);
    std::vector<T> grad_y;
    for (const T v : column)
      grad_y.insert(grad_y.end(), features, v);
    const std::vector<T> grad_bias = grad_bias_of(features, grad_y);
    CHECK(grad_bias == std::vector<T>(features, grad_bias[0]));
  }
}

TEST_CASE("the gradients are those of central differences") {
  const Shape shape{7, 5};
  constexpr long double step = 1e-5L;
  std::size_t count = 0;
  simdact::for_each_activation<double>([&](auto f) {
    using Row = reference::Reference<decltype(f)>;
    const std::vector<double> x = numbers<double>(shape.size(), 20);
    const std::vector<double> bias = numbers<double>(shape.features, 21, 0.5);
    const std::vector<double> grad_y = numbers<double>(shape.size(), 22);
    std::vector<double> grad_x(x.size()), grad_bias(bias.size());
    simdact::backward(f, x, bias, grad_y, grad_x, grad_bias);
    INFO(f.name);
    for (std::size_t j = 0; j < shape.features; ++j) {
      long double bias_slope = 0.0L;
      for (std::size_t i = j; i < x.size(); i += shape.features) {
        const long double sum = static_cast<long double>(x[i]) + bias[j];
        for (const auto& kink : Row::kinks(f))
          REQUIRE(std::fabs(sum - kink.x) > step);
        const long double rise = Row::value(f, sum + step) - Row::value(f, sum - step);
        const long double slope = grad_y[i] * rise / (2.0L * step);
        CHECK(std::fabs(grad_x[i] - slope) <= 1e-9L);
        bias_slope += slope;
        ++count;
      }
      CHECK(std::fabs(grad_bias[j] - bias_slope) <= 1e-9L);
    }
  });
  CHECK(count == 29 * shape.size());
}

TEST_CASE("in place gives the same bits with a bias") {
  const simdact::Mish<float> mish;
  for (const Shape& shape : shapes()) {
    const std::vector<float> x = inputs<float>(shape.size()), g = numbers<float>(shape.size(), 1);
    const std::vector<float> bias = numbers<float>(shape.features, 2);
    std::vector<float> y(x.size()), grad_x(x.size()), grad_bias(bias.size()), other(bias.size());
    simdact::forward(mish, x, bias, y);
    simdact::backward(mish, x, bias, g, grad_x, grad_bias);

    std::vector<float> memory = x;
    simdact::forward(mish, memory, bias, memory);
    CHECK(all_same_bits(memory, y));
    memory = x;
    simdact::backward(mish, memory, bias, g, memory, other);
    CHECK(all_same_bits(memory, grad_x));
    CHECK(all_same_bits(other, grad_bias));
    memory = g;
    simdact::backward(mish, x, bias, memory, memory, other);
    CHECK(all_same_bits(memory, grad_x));
    CHECK(all_same_bits(other, grad_bias));
    memory = bias;
    simdact::backward(mish, x, memory, g, grad_x, memory);
    CHECK(all_same_bits(memory, grad_bias));
  }
}

TEST_CASE("one row shares its memory with the bias and its gradient") {
  const simdact::Tanh<double> tanh;
  for (const std::size_t features : std::initializer_list<std::size_t>{1, 7, 128, 256, 777}) {
    const std::vector<double> x = numbers<double>(features, 1), g = numbers<double>(features, 2);
    const std::vector<double> bias = numbers<double>(features, 3);
    std::vector<double> y(features), grad_x(features), grad_bias(features), other(features);
    simdact::forward(tanh, x, bias, y);
    simdact::backward(tanh, x, bias, g, grad_x, grad_bias);
    CHECK(grad_bias == grad_x);
    std::vector<double> memory = bias;
    simdact::forward(tanh, x, memory, memory);
    CHECK(memory == y);
    memory = bias;
    simdact::backward(tanh, x, memory, g, memory, other);
    CHECK(memory == grad_x);
    memory = x;
    simdact::backward(tanh, memory, bias, g, other, memory);
    CHECK(memory == grad_bias);
    memory = g;
    simdact::backward(tanh, x, bias, memory, other, memory);
    CHECK(memory == grad_bias);
  }
}

TEST_CASE("without rows the gradient of the bias is 0, without features nothing") {
  const std::span<float const> none;
  const std::span<float> nothing;
  const simdact::ReLU<float> relu;
  for (const std::size_t features : std::initializer_list<std::size_t>{1, 9, 1000}) {
    const std::vector<float> bias(features, 1.0f);
    std::vector<float> grad_bias(features, -3.0f);
    simdact::forward(relu, none, bias, nothing);
    simdact::backward(relu, none, bias, none, nothing, grad_bias);
    CHECK(grad_bias == std::vector<float>(features, 0.0f));
  }
  CHECK_NOTHROW(simdact::forward(relu, none, none, nothing));
  CHECK_NOTHROW(simdact::backward(relu, none, none, none, nothing, nothing));
}

TEST_CASE("a bias goes in as vector, array, C array and span, beside the other overloads") {
  const simdact::SiLU<float> silu;
  const std::vector<float> x = {1, 2, 3, 4, 5, 6};
  const std::array<float, 3> array = {1, 2, 3};
  const float c_array[3] = {1, 2, 3};
  std::vector<float> a(6), b(6), c(6), grad_bias(3);
  simdact::forward(silu, x, array, a);
  simdact::forward(silu, std::span(x), c_array, b);
  simdact::forward(silu, x, std::vector<float>{1, 2, 3}, c);
  CHECK(a == b);
  CHECK(a == c);
  CHECK(a[5] == silu(9.0f));
  simdact::backward(silu, x, array, x, a, grad_bias);
  simdact::backward(silu, x, x, a);                      // elementwise
  simdact::forward(simdact::Softmax<float>{}, x, a, 3);  // rows of 3
  simdact::backward(simdact::Softmax<float>{}, a, x, b, x.size());
  simdact::forward(Identity<float>{}, x, array, a);
  CHECK(a == std::vector<float>{2, 4, 6, 5, 7, 9});
}

TEST_CASE("with a bias wrong lengths are refused with both numbers, and nothing is written") {
  const simdact::GELU<float> gelu;
  const std::vector<float> x(12, 1.0f), bias(4, 1.0f), five(5, 1.0f), eleven(11, 1.0f), none;
  std::vector<float> y(12, -1.0f), y11(11, -1.0f), b4(4, -1.0f), b5(5, -1.0f), b0;
  const auto backward = [&](auto const& b, auto const& g, auto& gx, auto& gb) {
    return message_of([&] { simdact::backward(gelu, x, b, g, gx, gb); });
  };
  CHECK(message_of([&] { simdact::forward(gelu, x, bias, y11); }) ==
        "simdact: y has length 11, but x has length 12");
  CHECK(message_of([&] { simdact::forward(gelu, x, five, y); }) ==
        "simdact: x has length 12, which is not a multiple of bias's length 5");
  CHECK(message_of([&] { simdact::forward(gelu, x, none, y); }) ==
        "simdact: x has length 12, which is not a multiple of bias's length 0");
  CHECK(backward(five, x, y, b5) ==
        "simdact: x has length 12, which is not a multiple of bias's length 5");
  CHECK(backward(none, x, y, b0) ==
        "simdact: x has length 12, which is not a multiple of bias's length 0");
  CHECK(backward(bias, eleven, y, b4) == "simdact: grad_y has length 11, but x has length 12");
  CHECK(backward(bias, x, y11, b4) == "simdact: grad_x has length 11, but x has length 12");
  CHECK(backward(bias, x, y, b5) == "simdact: grad_bias has length 5, but bias has length 4");
  CHECK(y == std::vector<float>(12, -1.0f));
  CHECK(y11 == std::vector<float>(11, -1.0f));
  CHECK(b4 == std::vector<float>(4, -1.0f));
  CHECK(b5 == std::vector<float>(5, -1.0f));
}

TEST_CASE("with a bias memory that overlaps in part is refused, and nothing is written") {
  const simdact::ReLU<float> relu;
  std::vector<float> memory(64, -1.0f);
  const std::vector<float> x(12, 1.0f), bias(4, 1.0f);
  std::vector<float> out(12, -1.0f), out4(4, -1.0f);
  const auto part = [&](std::size_t i, std::size_t n) { return std::span(memory).subspan(i, n); };
  const auto refused = [&](auto call) {
    return message_of(call).find("overlap") != std::string::npos;
  };
  for (const std::size_t at : std::initializer_list<std::size_t>{17, 20, 23, 31}) {
    const auto matrix = part(20, 12), row = part(at, 4);
    // A row of the bias in a matrix: as wrong for a matrix that is written as for one that is read.
    CHECK(refused([&] { simdact::forward(relu, x, row, matrix); }));
    CHECK(refused([&] { simdact::backward(relu, x, row, x, matrix, out4); }));
    CHECK(refused([&] { simdact::backward(relu, matrix, bias, x, out, row); }));
    CHECK(refused([&] { simdact::backward(relu, x, bias, matrix, out, row); }));
    CHECK(refused([&] { simdact::backward(relu, x, bias, x, matrix, row); }));
  }
  for (const std::size_t at : std::initializer_list<std::size_t>{9, 19, 21, 31}) {
    const auto a = part(20, 12), b = part(at, 12);
    CHECK(refused([&] { simdact::forward(relu, a, bias, b); }));
    CHECK(refused([&] { simdact::backward(relu, a, bias, x, b, out4); }));
    CHECK(refused([&] { simdact::backward(relu, x, bias, a, b, out4); }));
  }
  CHECK(refused([&] { simdact::backward(relu, x, part(20, 4), x, out, part(21, 4)); }));
  // Of one row, two outputs may not even be the same.
  CHECK(refused([&] { simdact::backward(relu, bias, bias, bias, out4, out4); }));
  CHECK(memory == std::vector<float>(64, -1.0f));
  CHECK(out == std::vector<float>(12, -1.0f));
  CHECK(out4 == std::vector<float>(4, -1.0f));
}
