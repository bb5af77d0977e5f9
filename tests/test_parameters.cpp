// Learnable parameters: their partial derivatives, and their gradients over arrays.

#include "inputs.hpp"
#include "message_of.hpp"
#include "partial.hpp"
#include "sweep.hpp"
#include "typed.hpp"

using simdact::backward_parameters, simdact::Fast, simdact::Precise;
using simdact::PReLU, simdact::ELU, simdact::Swish, simdact::Softplus;

static_assert(simdact::Parametric<PReLU<float>> && simdact::Parametric<Softplus<double, Fast>>);
static_assert(!simdact::Parametric<simdact::LeakyReLU<float>>);

namespace {

/// Two parameters, and an activation that nobody knows: f(x) = gain x + offset.
template <class T>
struct Affine {
  using value_type = T;
  T gain = T(2);
  T offset = T(1);
  static constexpr std::array parameters = {&Affine::gain, &Affine::offset};
  template <class V>
  V forward(V x) const {
    return V(gain) * x + V(offset);
  }
  template <class V>
  V derivative(V) const {
    return V(gain);
  }
  template <class V>
  std::array<V, 2> parameter_derivatives(V x) const {
    return {x, V(T(1))};
  }
};

template <class T, class Accuracy, class Test>
void for_each_parametric(Test test) {
  test(PReLU<T, Accuracy>{});
  test(ELU<T, Accuracy>{});
  test(Swish<T, Accuracy>{});
  test(Softplus<T, Accuracy>{});
}

template <class Test>
void for_each_parametric(Test test) {
  for_each_parametric<float, Precise>(test);
  for_each_parametric<float, Fast>(test);
  for_each_parametric<double, Precise>(test);
}

template <class F, class T>
T partial_of(F const& f, T x) {
  return f.parameter_derivatives(x)[0];
}

/// Sweeps the partial derivative of f, which may be off by `bound` ULP of max(|it|, floor).
template <class F>
void sweep_partial(F const& f, double bound, double floor) {
  using T = typename F::value_type;
  constexpr bool is_float = sizeof(T) == 4;
  sweep::Worst worst;
  const auto sample = [&](T x) {
    if (std::isinf(x))
      return;
    const Real exact = reference::partial(f, Real(x));
    const T got = partial_of(f, x);
    worst.add(sweep::ulp_error(got, exact, floor), x, got, exact);
  };
  sweep::for_each_pattern<T>(
      static_cast<sweep::Bits<T>>(is_float ? 1000003ULL : 3751799813685251ULL), sample);
  sweep::for_each_between<T>(-20.0, 20.0, 4000, sample);
  const double edge = is_float ? 120.0 : 780.0;
  sweep::for_each_between<T>(-edge, edge, 2000, sample);
  INFO(worst.describe(title(f)));
  CHECK(worst.samples > 10000);
  CHECK(worst.error <= bound);
}

/// One with another parameter than its default.
template <class F>
F with(typename F::value_type value) {
  F f;
  f.*F::parameters[0] = value;
  return f;
}

template <class T>
void sweep_precise(double bound) {
  // Near the end of doubles' range a subnormal on the way costs bits.
  constexpr double floor = sizeof(T) == 4 ? 0.0 : 0x1p-1000;
  for_each_parametric<T, Precise>([&](auto f) { sweep_partial(f, bound, floor); });
  sweep_partial(with<ELU<T>>(T(-3)), bound, floor);
  for (const T beta : {T(0.1), T(1.702), T(10)}) {
    sweep_partial(with<Swish<T>>(beta), bound, floor);
    sweep_partial(with<Softplus<T>>(beta), bound, floor);
  }
  sweep_partial(with<Swish<T>>(T(-1.5)), bound, floor);
}

}  // namespace

TEST_CASE("partial derivatives keep their bound in Precise float") { sweep_precise<float>(0.51); }

TEST_CASE("partial derivatives keep their bound in double") { sweep_precise<double>(4.0); }

TEST_CASE("partial derivatives keep their bound in Fast") {
  for_each_parametric<float, Fast>([](auto f) { sweep_partial(f, 4.0, 1.0); });
}

TEST_CASE("a partial derivative is the slope over the parameter") {
  std::size_t count = 0;
  for_each_parametric<double, Precise>([&](auto f) {
    using F = decltype(f);
    using Row = reference::Reference<F>;
    constexpr double step = 0x1p-16;  // exact beside the default parameters
    INFO(title(f));
    for (const double x : {-30.0, -7.5, -3.0, -1.25, -0.5, 0.0, 0.25, 1.0, 2.5, 8.0, 40.0}) {
      const double middle = f.*F::parameters[0];
      const long double rise = Row::value(with<F>(middle + step), static_cast<long double>(x)) -
                               Row::value(with<F>(middle - step), static_cast<long double>(x));
      CHECK(std::fabs(rise / (2.0L * step) - static_cast<long double>(partial_of(f, x))) <= 1e-9L);
      ++count;
    }
  });
  CHECK(count == 44);
}

TEST_CASE("special values of partial derivatives, in scalars and in batches") {
  for_each_parametric([](auto f) {
    using F = decltype(f);
    using T = typename F::value_type;
    using V = simdact::detail::Lanes<T, xsimd::default_arch>;
    constexpr T inf = std::numeric_limits<T>::infinity();
    INFO(title(f));
    CHECK(std::isnan(partial_of(f, std::numeric_limits<T>::quiet_NaN())));
    CHECK(partial_of(f, inf) == T(0));
    const T left = f.name == "prelu" ? -inf : f.name == "elu" ? T(-1) : T(0);
    CHECK(partial_of(f, -inf) == left);
    const T largest = std::numeric_limits<T>::max();
    CHECK(partial_of(f, largest) == T(0));
    CHECK(partial_of(f, -largest) == (f.name == "prelu" ? -largest : left));
    for (const T zero : {T(0), T(-0.0)}) {
      const T expected = f.name == "softplus" ? T(-0.693147180559945309417) : T(0);
      CHECK(std::fabs(partial_of(f, zero) - expected) <= std::numeric_limits<T>::epsilon());
    }
    for (const T x : inputs<T>(64)) {
      std::array<T, simdact::detail::lane_count<V>> lanes;
      simdact::detail::store(f.parameter_derivatives(V(x))[0], lanes.data());
      CHECK(same_bits(lanes[0], partial_of(f, x)));
    }
  });
}

TEST_CASE("grad_x has the bits of backward, and the gradient is the sum, in place too") {
  for_each_parametric([](auto f) {
    using T = typename decltype(f)::value_type;
    const long double unit = std::numeric_limits<T>::epsilon();
    INFO(title(f));
    for (const std::size_t n : std::initializer_list<std::size_t>{0, 1, 2, 3, 7, 15, 16, 17, 31, 33,
                                                                  255, 256, 257, 1000, 1543}) {
      const std::vector<T> x = inputs<T>(n + 3), g = numbers<T>(n + 3, 4);
      const std::size_t offset = n % 4 == 0 ? 0 : 3;
      const auto part = [&](auto& v) { return std::span(v).subspan(offset, n); };
      std::vector<T> grad_x(n + 3, T(-5)), expected = grad_x;
      simdact::backward(f, part(x), part(g), part(expected));
      const T special = backward_parameters(f, part(x), part(g), part(grad_x))[0];
      CHECK(all_same_bits(grad_x, expected));
      CHECK((std::isfinite(special) || n > offset));

      const std::vector<T> plain = numbers<T>(n, 5, 3.0);
      std::vector<T> out(n);
      const T gradient = backward_parameters(f, plain, part(g), out)[0];
      long double sum = 0.0L, magnitudes = 0.0L;
      for (std::size_t i = 0; i < n; ++i) {
        const long double term = static_cast<long double>(g[i + offset]) *
                                 static_cast<long double>(partial_of(f, plain[i]));
        sum += term;
        magnitudes += std::fabs(term);
      }
      // Half a unit for each product and half for the result.
      const long double error = std::fabs(static_cast<long double>(gradient) - sum);
      CHECK(error <= (unit / 2 + static_cast<long double>(n / 256 + 8) * 0x1p-53L) * magnitudes +
                         unit / 2 * std::fabs(sum) * 1.001L);

      std::vector<T> memory = plain;
      CHECK(same_bits(backward_parameters(f, memory, part(g), memory)[0], gradient));
      CHECK(all_same_bits(memory, out));
      memory.assign(part(g).begin(), part(g).end());
      CHECK(same_bits(backward_parameters(f, plain, memory, memory)[0], gradient));
      CHECK(all_same_bits(memory, out));
    }
  });
}

TEST_CASE("a gradient over 16M elements is right to 1e-6") {
  constexpr std::size_t n = (std::size_t{1} << 24) + 3;
  std::vector<float> x(n), g(n), grad_x(n);
  std::mt19937 random(3);
  long double weight = 0.0L;
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = static_cast<float>(static_cast<double>(random()) * 0x1p-30 - 2.0);
    g[i] = static_cast<float>(static_cast<double>(random()) * 0x1p-31 - 0.9);
    weight += x[i] < 0.0f ? static_cast<long double>(g[i]) * static_cast<long double>(x[i]) : 0.0L;
  }
  const float got = backward_parameters(PReLU<>{}, x, g, grad_x)[0];
  CHECK(std::fabs(static_cast<long double>(got) - weight) <= 1e-6L * std::fabs(weight));
  // What a float would gather is long lost.
  CHECK(std::fabs(weight) > 1e5L);
}

TEST_CASE("the gradient does not depend on where the arrays stand") {
  constexpr std::size_t n = 777;
  const std::vector<float> x = numbers<float>(n, 1), g = numbers<float>(n, 2);
  std::vector<float> grad_x(n);
  const float expected = backward_parameters(Swish<>{}, x, g, grad_x)[0];
  for (std::size_t offset = 1; offset < 20; ++offset) {
    std::vector<float> a(n + offset), b(n + 2 * offset), c(n + 3 * offset);
    const auto behind = [&](auto& v) { return std::span(v).last(n); };
    std::copy(x.begin(), x.end(), behind(a).begin());
    std::copy(g.begin(), g.end(), behind(b).begin());
    CHECK(backward_parameters(Swish<>{}, behind(a), behind(b), behind(c))[0] == expected);
  }
}

TEST_CASE("anyone's own activation has as many parameters as it says") {
  const std::vector<float> x = {1, 2, 3}, g = {1, 10, 100};
  std::vector<float> grad_x(3);
  const auto gradients = backward_parameters(Affine<float>{}, x, g, grad_x);
  CHECK(gradients == std::array{321.0f, 111.0f});
  CHECK(grad_x == std::vector<float>{2, 20, 200});
}

TEST_CASE("backward_parameters refuses wrong lengths and overlaps, and writes nothing") {
  std::vector<float> memory(32, -1.0f);
  const std::vector<float> x(8, 1.0f), seven(7, 1.0f);
  std::vector<float> out(8, -1.0f), out7(7, -1.0f);
  const PReLU<float> f;
  const auto message = [&](auto const& a, auto const& g, auto& o) {
    return message_of([&] { backward_parameters(f, a, g, o); });
  };
  CHECK(message(x, seven, out) == "simdact: grad_y has length 7, but x has length 8");
  CHECK(message(x, x, out7) == "simdact: grad_x has length 7, but x has length 8");
  const auto low = std::span(memory).subspan(4, 8), high = std::span(memory).subspan(5, 8);
  CHECK(message(low, x, high).find("overlap") != std::string::npos);
  CHECK(message(x, low, high).find("overlap") != std::string::npos);
  CHECK(std::count(memory.begin(), memory.end(), -1.0f) == 32);
  CHECK(out == std::vector<float>(8, -1.0f));
  CHECK(out7 == std::vector<float>(7, -1.0f));
}
