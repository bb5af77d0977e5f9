#include <cstdio>
#include <simdact/dispatch.hpp>
#include <vector>

int main() {
  std::vector<float> x{-1.0f, 0.0f, 1.0f, 2.0f};
  simdact::dispatch::forward(simdact::ReLU<>{}, x, x);
  std::printf("%s: %g %g\n", simdact::dispatch::architecture().data(), x[0], x[3]);
  return x[0] == 0.0f && x[3] == 2.0f ? 0 : 1;
}
