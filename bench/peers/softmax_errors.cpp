#include "softmax_errors.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <last_place.hpp>
#include <numeric>
#include <stdexcept>

#include "unit.hpp"

namespace {

/// sum_j e^(x_j - max), in a type that keeps 16 million terms.
long double sum_exp(float const* x, std::size_t n, double max) {
  long double sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    sum += std::exp(x[i] - max);
  return sum;
}

}  // namespace

bench::SoftmaxJudge::SoftmaxJudge(std::string const& function, Direction direction, Task const& t)
    : function_(function),
      sums_to_one_(function == "softmax" && direction == Direction::forward),
      row_length_(t.row_length) {
  for (std::size_t i = 0; i < t.size(); i += t.row_length) {
    if (direction == Direction::backward) {
      add_backward(t.x + i, t.grad_y + i);
    } else if (sums_to_one_) {
      add_softmax(t.x + i);
    } else {
      add_log_softmax(t.x + i);
    }
  }
}

void bench::SoftmaxJudge::add_softmax(float const* x) {
  const double max = *std::max_element(x, x + row_length_);
  const auto sum = static_cast<double>(sum_exp(x, row_length_, max));
  for (std::size_t i = 0; i < row_length_; ++i) {
    exact_.push_back(std::exp(x[i] - max) / sum);
    units_.push_back(last_place(exact_.back()));
  }
}

void bench::SoftmaxJudge::add_log_softmax(float const* x) {
  const double max = *std::max_element(x, x + row_length_);
  const auto log_sum = static_cast<double>(std::log(sum_exp(x, row_length_, max)));
  for (std::size_t i = 0; i < row_length_; ++i) {
    exact_.push_back((x[i] - max) - log_sum);
    units_.push_back(last_place(exact_.back()));
  }
}

void bench::SoftmaxJudge::add_backward(float const* p, float const* grad_p) {
  const auto dot = static_cast<double>(
      std::inner_product(p, p + row_length_, grad_p, 0.0L, std::plus<long double>(),
                         [](double a, double b) { return a * b; }));
  for (std::size_t i = 0; i < row_length_; ++i) {
    exact_.push_back(p[i] * (grad_p[i] - dot));
    units_.push_back(last_place(p[i] * (std::fabs(double(grad_p[i])) + std::fabs(dot))));
  }
}

bench::Errors bench::SoftmaxJudge::operator()(std::string const& contender, float const* y) const {
  Errors errors;
  double largest = 0;
  for (std::size_t i = 0; i < exact_.size(); ++i) {
    raise(errors.ulp, error_in(units_[i], y[i], exact_[i]));
    raise(largest, std::fabs(y[i] - exact_[i]));
  }
  if (!(largest <= 1e-2)) {
    throw std::logic_error(contender + " computes another function than " + function_ +
                           ": it is off by " + std::to_string(largest));
  }
  for (std::size_t i = 0; sums_to_one_ && i < exact_.size(); i += row_length_)
    raise(errors.other, std::fabs(1 - std::accumulate(y + i, y + i + row_length_, 0.0)));
  return errors;
}
