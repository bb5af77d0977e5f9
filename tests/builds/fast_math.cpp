// What still holds under -ffast-math with SIMDACT_ALLOW_FAST_MATH: of numbers of moderate size, results of moderate
// accuracy, and those of piecewise linear functions exactly. Of NaN, infinities and zeros' signs nothing.

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace {

constexpr std::size_t count = 4001;
float x[count], y[count];
int failures = 0;

void expect(bool holds, char const* what, double number) {
  std::printf("%s: %.3g\n", what, number);
  failures += holds ? 0 : 1;
}

/// The largest error against max(|f(x)|, 1).
template <class F, class Reference>
void within(double bound, F const& f, Reference reference) {
  simdact::forward(f, x, y);
  double worst = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double exact = reference(static_cast<double>(x[i]));
    worst = std::max(
        worst, std::fabs(static_cast<double>(y[i]) - exact) / std::max(1.0, std::fabs(exact)));
  }
  expect(worst <= bound, f.name.data(), worst);
}

template <class Accuracy>
void all_within(double bound) {
  within(bound, simdact::ReLU<float, Accuracy>{}, [](double v) { return v > 0.0 ? v : 0.0; });
  within(bound, simdact::GELU<float, Accuracy>{},
         [](double v) { return 0.5 * v * std::erfc(-v * 0.70710678118654752440); });
  within(bound, simdact::SiLU<float, Accuracy>{},
         [](double v) { return v / (1.0 + std::exp(-v)); });
  within(bound, simdact::Tanh<float, Accuracy>{}, [](double v) { return std::tanh(v); });
  within(bound, simdact::ELU<float, Accuracy>{},
         [](double v) { return v > 0.0 ? v : std::expm1(v); });
  within(bound, simdact::Softplus<float, Accuracy>{},
         [](double v) { return std::fmax(v, 0.0) + std::log1p(std::exp(-std::fabs(v))); });
  within(bound, simdact::Mish<float, Accuracy>{},
         [](double v) { return v * std::tanh(std::log1p(std::exp(v))); });
}

}  // namespace

int main() {
  for (std::size_t i = 0; i < count; ++i)
    x[i] = static_cast<float>(i) * 0.01f - 20.0f;
  simdact::forward(simdact::ReLU<>{}, x, y);
  std::size_t different = 0;
  for (std::size_t i = 0; i < count; ++i)
    different += y[i] == (x[i] > 0.0f ? x[i] : 0.0f) ? 0 : 1;
  expect(different == 0, "of relu different", static_cast<double>(different));
  all_within<simdact::Precise>(1e-6);
  all_within<simdact::Fast>(1e-6);
  simdact::forward(simdact::Softmax<>{}, x, y);
  double sum = 0.0;
  for (const float p : y)
    sum += static_cast<double>(p);
  expect(std::fabs(sum - 1.0) < 1e-6, "1 - sum of probabilities", 1.0 - sum);
  return failures;
}
