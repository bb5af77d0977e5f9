// Parameters that make no sense: a result, the same wherever a value stands, or a refusal.

#include "inputs.hpp"
#include "message_of.hpp"
#include "typed.hpp"

namespace {

using namespace simdact;

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T quiet_nan = std::numeric_limits<T>::quiet_NaN();

template <class T>
std::vector<T> hostile() {
  using Limits = std::numeric_limits<T>;
  return {T(0),   T(-0.0), T(-1),        Limits::max(),        Limits::lowest(),     Limits::min(),
          inf<T>, -inf<T>, quiet_nan<T>, Limits::denorm_min(), -Limits::denorm_min()};
}

/// Calls make(parameter) for all of these, and demands of the activation that scalars and arrays agree, and that
/// NaN gives NaN.
template <class T, class Make>
void stands(Make make) {
  const std::vector<T> x = inputs<T>(75);
  for (const T parameter : hostile<T>()) {
    const auto f = make(parameter);
    INFO(title(f) << " of " << parameter);
    std::vector<T> y(x.size()), d(x.size());
    forward(f, x, y);
    derivative(f, x, d);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      wrong += same_bits(y[i], f.forward(x[i])) && same_bits(d[i], f.derivative(x[i])) ? 0 : 1;
      wrong += std::isnan(x[i]) && !(std::isnan(y[i]) && std::isnan(d[i])) ? 1 : 0;
    }
    CHECK(wrong == 0);
  }
}

template <class T, class Accuracy>
void all_stand() {
  stands<T>([](T p) { return LeakyReLU<T, Accuracy>{p}; });
  stands<T>([](T p) { return PReLU<T, Accuracy>{p}; });
  stands<T>([](T p) { return ELU<T, Accuracy>{p}; });
  stands<T>([](T p) { return CELU<T, Accuracy>{p}; });
  stands<T>([](T p) { return SELU<T, Accuracy>{p, p}; });
  stands<T>([](T p) { return Swish<T, Accuracy>{p}; });
  stands<T>([](T p) { return Softplus<T, Accuracy>{p}; });
  stands<T>([](T p) { return Hardtanh<T, Accuracy>{p, T(1)}; });
  stands<T>([](T p) { return Hardtanh<T, Accuracy>{T(-1), p}; });
  stands<T>([](T p) { return Threshold<T, Accuracy>{p, T(0)}; });
  stands<T>([](T p) { return Threshold<T, Accuracy>{T(0), p}; });
  stands<T>([](T p) { return Hardshrink<T, Accuracy>{p}; });
  stands<T>([](T p) { return Softshrink<T, Accuracy>{p}; });
  stands<T>([](T p) { return Squareplus<T, Accuracy>{p}; });
  stands<T>([](T p) { return HardsigmoidONNX<T, Accuracy>{p, T(0.5)}; });
  stands<T>([](T p) { return HardsigmoidONNX<T, Accuracy>{T(0.2), p}; });
}

}  // namespace

TEST_CASE("an activation of any parameter gives the same everywhere") {
  all_stand<float, Precise>();
  all_stand<float, Fast>();
  all_stand<double, Precise>();
}

TEMPLATE_TEST_CASE("a row of any temperature is what it is said to be, or refused", "", float,
                   double) {
  using T = TestType;
  const std::vector<T> x = {T(1), T(-2), T(3), T(0)};
  for (const T temperature : hostile<T>()) {
    INFO("temperature " << temperature);
    std::vector<T> probs(4, T(-7));
    const auto call = [&] { forward(Softmax<T>{.temperature = temperature}, x, probs); };
    if (temperature >= T(0)) {
      CHECK_NOTHROW(call());
      T sum(0);
      for (const T p : probs) {
        CHECK((p >= T(0) && p <= T(1)));
        sum += p;
      }
      CHECK(std::fabs(sum - T(1)) < T(1e-6));
    } else {
      CHECK(message_of(call).find("temperature") != std::string::npos);
      CHECK(probs == std::vector<T>(4, T(-7)));
    }
  }
}

TEST_CASE("options that are no numbers are refused, and nothing is written") {
  const std::vector<float> x = {1, 2, 3}, targets = {0, 1, 0};
  std::vector<float> grad(3, -7.0f);
  for (const double smoothing : {quiet_nan<double>, inf<double>, -inf<double>, -0x1p-1074}) {
    const CrossEntropy<> loss{.label_smoothing = smoothing};
    CHECK(message_of([&] {
            forward_and_gradient(loss, x, targets, 3, grad);
          }).find("label_smoothing") != std::string::npos);
  }
  std::vector<float> scratch(3, -7.0f);
  for (const double bad : {quiet_nan<double>, inf<double>, -0x1p-1074}) {
    CHECK(message_of([&] { sample(x, {.top_p = bad}, 0.5, scratch); }).find("top_p") !=
          std::string::npos);
    CHECK(message_of([&] { sample(x, {}, bad); }).find("uniform") != std::string::npos);
    CHECK(message_of([&] {
            sample(x, {.temperature = bad == inf<double> ? -1.0 : bad}, 0.5);
          }).find("temperature") != std::string::npos);
  }
  CHECK(sample(x, {.top_p = 0x1p-1074}, 0x1p-1074, scratch) == 2);
  CHECK(sample(x, {.temperature = 0x1p-1074}, 0.5) == 2);
  CHECK(grad == std::vector<float>(3, -7.0f));
}

TEST_CASE("a loss of any pos_weight is a number, or NaN") {
  const std::vector<float> x = {1, -2, 3}, targets = {0, 1, 0.5f};
  std::vector<float> grad(3);
  for (const double pos_weight : hostile<double>()) {
    const BinaryCrossEntropyWithLogits<> loss{.pos_weight = pos_weight};
    const double value = forward_and_gradient(loss, x, targets, grad);
    CHECK(std::isnan(pos_weight) == (std::isnan(value) && std::isnan(grad[1])));
  }
}
