#include <simdact/simdact.hpp>

#include <cstdio>
#include <vector>

int main() {
  const std::vector<float> x = {-3, -1, 0, 1, 3}, grad_y(5, 1.0f);
  std::vector<float> y(5), grad_x(5);
  simdact::forward(simdact::GELU<>{}, x, y);
  simdact::backward(simdact::GELU<>{}, x, grad_y, grad_x);
  for (std::size_t i = 0; i < 5; ++i)
    std::printf("%+.7f %+.7f\n", y[i], grad_x[i]);
}
