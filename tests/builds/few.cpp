// Arrays of fewer elements than a register has, whose sizes the compiler sees: it must not warn of loops that they do not
// reach. Activations come by value and functions have external linkage: g++ 12 warned of nothing else.

#include <simdact/simdact.hpp>

#include <cstdio>
#include <vector>

using Values = std::vector<float>;

template <class F>
float elementwise(F f) {
  const Values x = {-1, 0, 1, 2}, up = {1, 2, 3, 4}, grad = {1, 1, 1, 1};
  Values y(4), d(4), grad_x(4), grad_up(4);
  simdact::gated_backward(f, x, up, grad, grad_x, grad_up);
  simdact::gated(f, x, up, d);
  simdact::forward(f, x, y);
  simdact::backward(f, x, grad, d);
  simdact::forward_and_derivative(f, x, y, d);
  return y[0] + d[1] + grad_x[2] + grad_up[3];
}

template <class Rows>
float rowwise(Rows rows) {
  const Values x = {-1, 0, 1, 2}, grad = {1, 2, 3, 4};
  Values y(4), grad_x(4);
  simdact::forward(rows, x, y, 2);
  simdact::backward(rows, y, grad, grad_x, 2);
  return y[0] + grad_x[1];
}

static float losses() {
  const Values x = {-1, 0, 1, 2}, target = {0, 1, 1, 0};
  const std::vector<std::int32_t> labels = {1, 0};
  Values grad(4), of_rows(2);
  const double loss = simdact::cross_entropy(x, labels, 2, grad) +
                      simdact::binary_cross_entropy_with_logits<float>(x, target, grad);
  simdact::log_sum_exp<float>(x, of_rows, 2);
  return static_cast<float>(loss) + grad[0] + of_rows[1];
}

int main() {
  using simdact::Fast;
  const float sum = elementwise(simdact::ReLU<>{}) + elementwise(simdact::LeakyReLU<>{}) +
                    elementwise(simdact::Hardswish<>{}) +
                    elementwise(simdact::GELU<float, Fast>{}) + rowwise(simdact::Softmax<>{}) +
                    rowwise(simdact::LogSoftmax<float, Fast>{}) + losses();
  std::printf("%g\n", static_cast<double>(sum));
}
