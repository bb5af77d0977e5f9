#include <cmath>
#include <cstdio>
#include <simdact/array/elementwise.hpp>
#include <simdact/by_name/any_activation.hpp>
#include <simdact/tabulated.hpp>
#include <string>
#include <vector>

//! [struct]
// f(x) = x for x > 0, else x/(1 - x): with a value_type, forward and derivative it is an activation.
template <class T = float>
struct SoftReLU {
  using value_type = T;
  static constexpr std::string_view name = "soft_relu";

  // V is T, or a batch of T.
  template <simdact::LanesOf<T> V>
  V forward(V x) const noexcept {
    return simdact::ReLU<T>{}(x)-simdact::Softsign<T>{}(simdact::ReLU<T>{}(-x));
  }

  template <simdact::LanesOf<T> V>
  V derivative(V x) const noexcept {
    return simdact::Softsign<T>{}.derivative(-simdact::ReLU<T>{}(-x));
  }
};
//! [struct]

int main() {
  //! [use]
  const std::vector<float> x{-3, -1, 0, 1}, ones(4, 1);
  std::vector<float> y(4), grad_x(4);
  simdact::forward(SoftReLU<>{}, x, y);
  simdact::backward(SoftReLU<>{}, x, ones, grad_x);
  std::printf("%.4f %.4f %.4f %.4f\n", y[0], y[1], y[2], y[3]);
  std::printf("%.4f %.4f %.4f %.4f\n", grad_x[0], grad_x[1], grad_x[2], grad_x[3]);
  //! [use]

  //! [name]
  using Known = simdact::Extended<simdact::Activations<float>, SoftReLU<float>>;
  simdact::AnyOf<Known> act = simdact::any_activation<Known>("SoftReLU");
  simdact::forward(act, x, y);
  std::printf("%s(-1) = %.4f\n", std::string(simdact::activation_name(act)).c_str(), y[1]);
  //! [name]

  //! [tabulate]
  const auto tanh_exp = simdact::tabulate([](double t) { return t * std::tanh(std::exp(t)); });
  simdact::forward(tanh_exp, x, y);
  std::printf("%.4f, within %.1f and %.1f ULP\n", y[1], tanh_exp.value_error(),
              tanh_exp.derivative_error());
  //! [tabulate]
}
