#include "header.hpp"

#include <cstdint>
#include <cstdio>
#include <simdact/dispatch.hpp>
#include <simdact/simdact.hpp>
#include <string>
#include <vector>

#include "../inputs.hpp"

namespace dispatch = simdact::dispatch;

namespace {

using simdact::Fast;
using simdact::Precise;

/// More than two batches of the widest kind, and a tail.
constexpr std::size_t row_length = 77;
constexpr std::size_t rows = 3;
constexpr std::size_t n = rows * row_length;

int compared = 0;
bool all_same = true;

template <class T>
void expect_same(std::string const& what, std::vector<T> const& dispatched,
                 std::vector<T> const& expected) {
  ++compared;
  if (!all_same_bits(dispatched, expected)) {
    std::printf("%s differs in %s\n", what.c_str(), sizeof(T) == 4 ? "float" : "double");
    all_same = false;
  }
}

/// In double the tiers are one, so the header is compiled once for both.
template <class T, class Accuracy>
using HeaderAccuracy = std::conditional_t<std::is_same_v<T, double>, Precise, Accuracy>;

/// Those of a function on `x`.
template <class T>
struct Expected {
  std::vector<T> x, grad_y, value, slope, chained;
};

/// The header's scalars have the bits of its arrays and take less time to compile.
template <class F, class T = typename F::value_type>
Expected<T> expected_of(F const& f) {
  constexpr std::size_t count = 10007;
  Expected<T> e{inputs<T>(count), numbers<T>(count, 7), {}, {}, {}};
  for (std::size_t i = 0; i < count; ++i) {
    e.value.push_back(f.forward(e.x[i]));
    e.slope.push_back(f.derivative(e.x[i]));
    e.chained.push_back(e.grad_y[i] * e.slope[i]);
  }
  return e;
}

template <class F, class T = typename F::value_type>
void compare_activation(F const& f, Expected<T> const& expected) {
  const std::string name(f.name);
  std::vector<T> y(expected.x.size()), d(expected.x.size());
  dispatch::forward(f, expected.x, y);
  expect_same(name + " forward", y, expected.value);
  dispatch::derivative(f, expected.x, d);
  expect_same(name + " derivative", d, expected.slope);
  dispatch::backward(f, expected.x, expected.grad_y, d);
  expect_same(name + " backward", d, expected.chained);
  dispatch::forward_and_derivative(f, expected.x, y, d);
  expect_same(name + " forward_and_derivative's value", y, expected.value);
  expect_same(name + " forward_and_derivative's derivative", d, expected.slope);
}

template <class... Dispatched, class... Header>
void compare_activations(simdact::TypeList<Dispatched...>, simdact::TypeList<Header...>) {
  (compare_activation(Dispatched{}, expected_of(Header{})), ...);
}

/// Both versions of a call fill vectors, which are compared.
template <class T, class Ours, class Theirs>
void compare_calls(std::string const& what, Ours dispatched, Theirs header) {
  std::vector<T> a(2 * n), b(2 * n), c(2 * n), d(2 * n);
  dispatched(a, b);
  header(c, d);
  expect_same(what, a, c);
  expect_same(what + " (second)", b, d);
}

template <class T>
std::span<T> first(std::vector<T>& v, std::size_t count = n) {
  return std::span(v).first(count);
}

template <class Unit, class HeaderUnit>
void compare_unit(Unit const& unit, HeaderUnit const& header_unit) {
  using T = typename Unit::value_type;
  const std::string name(unit.name);
  const std::vector<T> packed = inputs<T>(2 * n), grad_out = numbers<T>(n, 7);
  const auto gate = std::span(packed).first(n), up = std::span(packed).last(n);
  compare_calls<T>(
      name + " forward",
      [&](auto& a, auto& b) {
        dispatch::forward(unit, gate, up, first(a));
        dispatch::forward(unit, packed, first(b), row_length);
      },
      [&](auto& a, auto& b) {
        simdact::forward(header_unit, gate, up, first(a));
        simdact::forward(header_unit, packed, first(b), row_length);
      });
  compare_calls<T>(
      name + " backward",
      [&](auto& a, auto& b) { dispatch::backward(unit, gate, up, grad_out, first(a), first(b)); },
      [&](auto& a, auto& b) {
        simdact::backward(header_unit, gate, up, grad_out, first(a), first(b));
      });
  compare_calls<T>(
      name + " packed backward",
      [&](auto& a, auto&) { dispatch::backward(unit, packed, grad_out, a, row_length); },
      [&](auto& a, auto&) { simdact::backward(header_unit, packed, grad_out, a, row_length); });
}

template <class... Unit, class... HeaderUnit>
void compare_units(simdact::TypeList<Unit...>, simdact::TypeList<HeaderUnit...>) {
  (compare_unit(Unit{}, HeaderUnit{}), ...);
}

template <template <class, class> class Function, class T, class Accuracy>
void compare_softmax() {
  const Function<T, Accuracy> f{.temperature = T(0.7)};
  const Function<T, HeaderAccuracy<T, Accuracy>> header_f{.temperature = T(0.7)};
  const std::string name(f.name);
  std::vector<T> x = numbers<T>(n, 5), grad = numbers<T>(n, 7), probs(n);
  x[3] = -std::numeric_limits<T>::infinity();
  compare_calls<T>(
      name + " forward",
      [&](auto& a, auto& b) {
        dispatch::forward(f, x, first(a), row_length);
        dispatch::forward(f, x, first(b));
      },
      [&](auto& a, auto& b) {
        simdact::forward(header_f, x, first(a), row_length);
        simdact::forward(header_f, x, first(b));
      });
  simdact::forward(header_f, x, probs, row_length);
  compare_calls<T>(
      name + " backward",
      [&](auto& a, auto& b) {
        dispatch::backward(f, probs, grad, first(a), row_length);
        dispatch::backward(f, probs, grad, first(b));
      },
      [&](auto& a, auto& b) {
        simdact::backward(header_f, probs, grad, first(a), row_length);
        simdact::backward(header_f, probs, grad, first(b));
      });
}

template <class T>
void compare_log_sum_exp() {
  const std::vector<T> x = numbers<T>(n, 5);
  compare_calls<T>(
      "log_sum_exp",
      [&](auto& a, auto& b) {
        dispatch::log_sum_exp<T>(x, first(a, rows), row_length, T(0.7));
        b[0] = dispatch::log_sum_exp<T>(x, T(0.7));
        b[1] = dispatch::log_sum_exp<T>(x);
      },
      [&](auto& a, auto& b) {
        simdact::log_sum_exp<T>(x, first(a, rows), row_length, T(0.7));
        b[0] = simdact::log_sum_exp<T>(x, T(0.7));
        b[1] = simdact::log_sum_exp<T>(x);
      });
}

template <class T, class Accuracy, class Targets>
void compare_loss(Targets const& targets) {
  const simdact::CrossEntropy<T, Accuracy> loss{.label_smoothing = 0.1, .ignore_index = 5};
  const simdact::CrossEntropy<T, HeaderAccuracy<T, Accuracy>> header_loss{.label_smoothing = 0.1,
                                                                          .ignore_index = 5};
  const std::vector<T> x = numbers<T>(n, 5);
  std::vector<double> ours(5), theirs(5);
  compare_calls<T>(
      "cross_entropy",
      [&](auto& a, auto& b) {
        ours[0] = dispatch::forward(loss, x, targets, row_length);
        ours[1] = dispatch::forward_and_gradient(loss, x, targets, row_length, first(a));
        ours[2] = dispatch::forward(loss, x, targets, row_length, first(b, rows));
        ours[3] =
            dispatch::forward_and_gradient(loss, x, targets, row_length, first(a), first(b, rows));
        ours[4] = dispatch::cross_entropy<T>(x, targets, row_length, first(a));
      },
      [&](auto& a, auto& b) {
        theirs[0] = simdact::forward(header_loss, x, targets, row_length);
        theirs[1] = simdact::forward_and_gradient(header_loss, x, targets, row_length, first(a));
        theirs[2] = simdact::forward(header_loss, x, targets, row_length, first(b, rows));
        theirs[3] = simdact::forward_and_gradient(header_loss, x, targets, row_length, first(a),
                                                  first(b, rows));
        theirs[4] = simdact::cross_entropy<T>(x, targets, row_length, first(a));
      });
  expect_same("cross_entropy's loss", ours, theirs);
}

template <class T, class Accuracy>
void compare_tier() {
  using Header = HeaderAccuracy<T, Accuracy>;
  using simdact::GateHalf;
  compare_activations(simdact::Activations<T, Accuracy>{}, simdact::Activations<T, Header>{});
  compare_units(simdact::GatedUnits<T, Accuracy>{}, simdact::GatedUnits<T, Header>{});
  compare_unit(simdact::SwiGLU<T, Accuracy, GateHalf::second>{},
               simdact::SwiGLU<T, Header, GateHalf::second>{});
  compare_softmax<simdact::Softmax, T, Accuracy>();
  compare_softmax<simdact::LogSoftmax, T, Accuracy>();
  compare_softmax<simdact::Softmin, T, Accuracy>();
  compare_loss<T, Accuracy>(std::vector<std::int32_t>{0, 5, 76});
  compare_loss<T, Accuracy>(numbers<T>(n, 9));
}

template <class F>
void compare_parameters_of(F const& f) {
  compare_activation(f, expected_of(f));
}

/// Parameters other than the default ones reach the kernels.
template <class T>
void compare_parameters() {
  compare_parameters_of(simdact::LeakyReLU<T>{.negative_slope = T(0.3)});
  compare_parameters_of(simdact::SELU<T>{.scale = T(2), .alpha = T(0.5)});
  compare_parameters_of(simdact::Hardtanh<T>{.min_val = T(-2), .max_val = T(0.5)});
  compare_parameters_of(simdact::Swish<T>{.beta = T(-1.5)});
}

}  // namespace

int compare_with_header() {
  compare_tier<float, Precise>();
  compare_tier<float, Fast>();
  compare_tier<double, Precise>();
  compare_tier<double, Fast>();
  compare_parameters<float>();
  compare_parameters<double>();
  compare_log_sum_exp<float>();
  compare_log_sum_exp<double>();
  return all_same ? compared : 0;
}
