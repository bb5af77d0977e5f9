// A few calls of each kind, for builds of which it counts that they compile, link and run. FIRST and SECOND are two
// translation units of one program.

#include <simdact/simdact.hpp>

#include <cstdio>

int second();

namespace {

int failures = 0;

void expect(bool holds, char const* what) {
  if (!holds) {
    std::printf("it does not hold that %s\n", what);
    ++failures;
  }
}

}  // namespace

#if defined(SECOND)
int second() {
#else
int main() {
#endif
  const float x[] = {-1.0f, 0.0f, 1.0f, 2.0f};
  float y[4], grad[4];
  simdact::forward(simdact::ReLU<>{}, x, y);
  expect(y[0] == 0.0f && y[3] == 2.0f, "ReLU is max(x, 0)");
  simdact::forward(simdact::GELU<>{}, x, y);
  expect(y[2] == 0x1.aec4bep-1f, "GELU(1) is 0.84134477");
  simdact::forward(simdact::Softmax<>{}, x, y);
  expect(y[0] + y[1] + y[2] + y[3] < 1.000001f, "probabilities add up to 1");
  const std::int32_t label[] = {3};
  expect(simdact::cross_entropy(x, label, 4, grad) > 0.0, "a loss is above 0");
  simdact::gated(simdact::SiLU<float, simdact::Fast>{}, x, x, y);
  expect(y[1] == 0.0f, "a gated 0 is 0");
  expect(simdact::activation_statistics(simdact::ReLU<>{}, x).zeros == 0.5, "half of it is dead");
  using List = simdact::TypeList<simdact::ReLU<>, simdact::Hardswish<>>;
  simdact::forward(simdact::any_activation<List>("ReLU"), x, y);
  expect(y[0] == 0.0f, "a name finds its activation");
#if defined(FIRST)
  expect(second() == 0, "the other unit has no failures");
#endif
  return failures;
}
