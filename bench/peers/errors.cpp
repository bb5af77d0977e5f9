#include "errors.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <contract.hpp>
#include <cstdint>
#include <last_place.hpp>
#include <limits>
#include <simdact/simdact.hpp>
#include <stdexcept>

#include "unit.hpp"

namespace {

using bench::Array;
using bench::Direction;

constexpr float near = 10;

/// A quarter of a million floats from all finite ones, and half as many evenly from [-10, 10].
Array<float> sample() {
  constexpr std::uint32_t stride = 16381, infinity = 0x7f800000, even = 1 << 17;
  Array<float> x;
  for (std::uint32_t bits = 0; bits < infinity; bits += stride) {
    x.push_back(std::bit_cast<float>(bits));
    x.push_back(-x.back());
  }
  for (std::uint32_t i = 0; i <= even; ++i)
    x.push_back(near * (2 * float(i) / even - 1));
  return x;
}

double exact_value(std::string const& function, Direction direction, long double x) {
  long double exact = std::numeric_limits<long double>::quiet_NaN();
  simdact::for_each_activation<float>([&](auto const& f) {
    using Reference = reference::Reference<std::remove_cvref_t<decltype(f)>>;
    if (function == f.name)
      exact =
          direction == Direction::forward ? Reference::value(f, x) : Reference::derivative(f, x);
  });
  return static_cast<double>(exact);
}

/// What Fast promises its error in the last place of; its floors are the same for every activation.
double promised_scale(Direction direction, float x, double exact) {
  using Promise = Contract<simdact::ReLU<float, simdact::Fast>>;
  const double floor =
      direction == Direction::forward ? Promise::value_floor(x) : Promise::derivative_floor;
  return std::max(std::fabs(exact), floor);
}

bool is_another_function(float y, double exact) {
  return !(std::fabs(y - exact) <= 1e-3 * std::max(1.0, std::fabs(exact)));
}

}  // namespace

bench::Judge::Judge(std::string const& function, Direction direction)
    : direction_(direction), x_(sample()), grad_y_(x_.size(), 1.0f) {
  for (const float x : x_)
    exact_.push_back(exact_value(function, direction, x));
}

bench::Errors bench::Judge::operator()(std::string const& contender,
                                       Function const& function) const {
  Array<float> y(x_.size());
  function.bind({x_.data(), grad_y_.data(), y.data(), 1, x_.size()})();
  Errors errors;
  for (std::size_t i = 0; i < x_.size(); ++i) {
    const double exact = exact_[i];
    raise(errors.other,
          error_in(last_place(promised_scale(direction_, x_[i], exact)), y[i], exact));
    if (std::fabs(x_[i]) > near)
      continue;
    if (exact == 0.0 || std::fabs(exact) >= std::numeric_limits<float>::min())
      raise(errors.ulp, error_in(last_place(exact), y[i], exact));
    if (is_another_function(y[i], exact)) {
      throw std::logic_error(contender + " computes another function than " + function.name +
                             ": at " + std::to_string(x_[i]) + " it gives " + std::to_string(y[i]) +
                             " instead of " + std::to_string(exact));
    }
  }
  return errors;
}
