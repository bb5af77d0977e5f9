#include <cstdio>
#include <simdact/simdact.hpp>
#include <vector>

int main() {
  std::vector<float> x{-1.0f, 0.0f, 1.0f, 2.0f};
  simdact::forward(simdact::ReLU<>{}, x, x);
  std::printf("simdact %s: %g %g\n", simdact::version.data(), x[0], x[3]);
  return x[0] == 0.0f && x[3] == 2.0f ? 0 : 1;
}
