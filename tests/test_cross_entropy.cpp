// Cross-entropy against its definition in 320 bits, with every kind of target and every option.

#include <iostream>
#include <numeric>

#include <simdact/simdact.hpp>

#include "calls.hpp"
#include "catch.hpp"
#include "message_of.hpp"
#include "rows.hpp"

namespace {

using rows::inf;
using rows::logits;
using rows::quiet_nan;
using simdact::CrossEntropy;
using simdact::Fast;
using simdact::Reduction;

using PreciseFloat = CrossEntropy<float>;
using FastFloat = CrossEntropy<float, Fast>;
using PreciseDouble = CrossEntropy<double>;

template <class Loss>
constexpr bool is_fast = std::is_same_v<Loss, FastFloat>;

using Labels = std::vector<std::int32_t>;

template <class Loss>
std::string name_of() {
  return is_fast<Loss>                                      ? "cross_entropy/fast"
         : std::is_same_v<typename Loss::value_type, float> ? "cross_entropy/float"
                                                            : "cross_entropy/double";
}

/// |got - exact| in units in the last place of T at `size`.
template <class T>
double units(double got, Real const& exact, Real const& size) {
  using Limits = std::numeric_limits<T>;
  const long exponent = size.is_zero() ? Limits::min_exponent - 1
                                       : std::max<long>(size.exponent(), Limits::min_exponent - 1);
  return ldexp(abs(Real(got) - exact), Limits::digits - 1 - exponent).to_double();
}

/// The largest errors, in the units of the bounds.
struct Errors {
  sweep::Worst loss, gradient;

  template <class Loss>
  void check() const {
    std::cout << loss.describe(name_of<Loss>()) << '\n'
              << gradient.describe(name_of<Loss>() + " gradient") << '\n';
    CHECK(loss.error <= 4.0);
    CHECK(gradient.error <= (is_fast<Loss>                            ? 8.0
                             : sizeof(typename Loss::value_type) == 4 ? 0.51
                                                                      : 6.0));
  }
};

/// One row against the definition, for targets q: -sum_j t_j log p_j, and p_j sum_k t_k - t_j.
template <class Loss, class T, class Targets>
void check_row(Loss const& loss, rows::Exact<T> const& exact, std::vector<T> const& x,
               std::vector<T> const& q, Targets const& targets, Errors& errors) {
  const std::size_t n = x.size();
  const Real smoothing(loss.label_smoothing);
  std::vector<T> grad(n);
  const double got = calls::forward_and_gradient(loss, x, targets, n, grad);
  CHECK(calls::forward(loss, x, targets, n) == got);
  Real exact_loss(0), sum(0);
  std::vector<Real> t;
  for (std::size_t j = 0; j < n; ++j) {
    t.push_back((Real(1) - smoothing) * Real(q[j]) + smoothing / Real(static_cast<double>(n)));
    sum = sum + t[j];
    if (!t[j].is_zero())
      exact_loss = exact_loss - t[j] * exact.log_prob(j);
  }
  const double loss_error = is_fast<Loss>
                                ? units<float>(got, exact_loss, exact_loss < sum ? sum : exact_loss)
                                : units<double>(got, exact_loss, exact_loss);
  errors.loss.add(loss_error, x[0], got, exact_loss);
  for (std::size_t j = 0; j < n; ++j) {
    const Real p = exact.prob(j) * sum;
    const Real size = p + t[j],
               least = sum * Real(0x1p-1022);  // double: of subnormal probabilities
    errors.gradient.add(units<T>(grad[j], p - t[j], size < least ? least : size), x[j], grad[j],
                        p - t[j]);
  }
}

template <class Loss, class T>
void check_label(Loss const& loss, rows::Exact<T> const& exact, std::vector<T> const& x,
                 std::size_t label, Errors& errors) {
  std::vector<T> one_hot(x.size());
  one_hot[label] = 1;
  check_row(loss, exact, x, one_hot, Labels{static_cast<std::int32_t>(label)}, errors);
}

/// Positive numbers whose sum is about 1, or as they come, with zeros among them.
template <class T>
std::vector<std::vector<T>> distributions(std::size_t n) {
  std::vector<T> dense = logits<T>(n, 1.0, 5), large = logits<T>(n, 50.0, 6), sparse(n), zero(n);
  T total = 0;
  for (T& v : dense)
    total += v = std::fabs(v) + T(0.01);
  for (T& v : dense)
    v /= total;
  for (std::size_t j = 0; j < n; ++j)
    large[j] = j % 3 == 1 ? T(0) : std::fabs(large[j]);
  sparse[n / 2] = T(0.75);
  sparse[0] = T(0.25);
  return {dense, large, sparse, zero};
}

template <class T>
std::size_t largest(std::vector<T> const& x) {
  return static_cast<std::size_t>(std::max_element(x.begin(), x.end()) - x.begin());
}

}  // namespace

TEMPLATE_TEST_CASE("cross-entropy is within its bounds of the exact value", "", PreciseFloat,
                   FastFloat, PreciseDouble) {
  using T = typename TestType::value_type;
  Errors errors;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 3, 7, 16, 17, 100, 1100}) {
    for (const double spread : rows::spreads) {
      const std::vector<T> x = logits<T>(n, spread);
      const rows::Exact<T> exact(x, T(1));
      for (const double smoothing : {0.0, 0.1, 1.0}) {
        const TestType loss{.label_smoothing = smoothing};
        for (const std::size_t label : {std::size_t{0}, n / 2, n - 1, largest(x)})
          check_label(loss, exact, x, label, errors);
        for (auto const& q : distributions<T>(n))
          check_row(loss, exact, x, q, q, errors);
      }
    }
  }
  errors.check<TestType>();
  CHECK(errors.loss.samples == 8 * 5 * 3 * 8);
  CHECK(errors.gradient.samples == (1 + 2 + 3 + 7 + 16 + 17 + 100 + 1100) * 5 * 3 * 8);
}

TEMPLATE_TEST_CASE("cross-entropy over a vocabulary is within its bounds", "", PreciseFloat,
                   FastFloat, PreciseDouble) {
  using T = typename TestType::value_type;
  constexpr std::size_t n = 50257;
  const std::vector<T> x = logits<T>(n, 12.0);
  const rows::Exact<T> exact(x, T(1));
  Errors errors;
  for (const double smoothing : {0.0, 0.1}) {
    const TestType loss{.label_smoothing = smoothing};
    for (const std::size_t label : {std::size_t{7}, largest(x)})
      check_label(loss, exact, x, label, errors);
    const std::vector<T> q = distributions<T>(n)[0];
    check_row(loss, exact, x, q, q, errors);
  }
  errors.check<TestType>();
  CHECK(errors.gradient.samples == 6 * n);
}

TEMPLATE_TEST_CASE("cross-entropy of a label with probability near 1 keeps its bits", "", float,
                   double) {
  using T = TestType;
  const Labels label = {1};
  std::vector<T> grad(5);
  double worst_loss = 0.0, worst_grad = 0.0;
  for (int margin = 1; margin <= 100; ++margin) {
    const auto m = static_cast<T>(margin);
    const std::vector<T> x = {T(-0.3), T(0.7) + m, T(0.1), T(0.7), -m};
    const double loss = calls::cross_entropy<T>(x, label, 5, grad);
    const rows::Exact<T> exact(x, T(1));
    worst_loss = std::max(worst_loss, sweep::ulp_error(loss, -exact.log_prob(1)));
    worst_grad = std::max(worst_grad, sweep::ulp_error(grad[1], exact.largest_prob_minus_one()));
  }
  CHECK(worst_loss <= 4.0);
  CHECK(worst_grad <= (sizeof(T) == 4 ? 0.51 : 4.0));
}

TEMPLATE_TEST_CASE("a central difference of cross-entropy is its gradient", "", PreciseFloat,
                   FastFloat, PreciseDouble) {
  using T = typename TestType::value_type;
  constexpr std::size_t rows = 3, n = 5;
  const std::vector<T> x = logits<T>(rows * n, 3.0);
  const Labels labels = {4, -100, 0};
  const std::vector<T> q = distributions<T>(rows * n)[1];
  for (const double smoothing : {0.0, 0.3, 1.0}) {
    for (const Reduction reduction : {Reduction::mean, Reduction::sum}) {
      // log p_j as a logarithm of a quotient, with x[at] moved.
      const auto definition = [&](std::size_t at, long double move, bool by_class) {
        long double total = 0.0L;
        for (std::size_t r = 0; r < rows; ++r) {
          if (by_class && labels[r] == -100)
            continue;
          std::array<long double, n> e;
          for (std::size_t j = 0; j < n; ++j)
            e[j] = std::exp(static_cast<long double>(x[r * n + j]) + (r * n + j == at ? move : 0));
          const long double sum = std::accumulate(e.begin(), e.end(), 0.0L);
          for (std::size_t j = 0; j < n; ++j) {
            const long double target = !by_class ? static_cast<long double>(q[r * n + j])
                                       : labels[r] == static_cast<std::int32_t>(j) ? 1.0L
                                                                                   : 0.0L;
            total -= ((1 - smoothing) * target + smoothing / n) * std::log(e[j] / sum);
          }
        }
        return reduction == Reduction::sum ? total : total / (by_class ? 2 : 3);
      };
      const TestType loss{.reduction = reduction, .label_smoothing = smoothing};
      std::vector<T> by_class(x.size()), by_probability(x.size());
      const double class_loss = calls::forward_and_gradient(loss, x, labels, n, by_class);
      const double probability_loss = calls::forward_and_gradient(loss, x, q, n, by_probability);
      const double tolerance = is_fast<TestType> ? 1e-6 : 1e-14;
      CHECK(class_loss == Approx(double(definition(0, 0, true))).epsilon(tolerance));
      CHECK(probability_loss == Approx(double(definition(0, 0, false))).epsilon(tolerance));
      for (std::size_t i = 0; i < x.size(); ++i) {
        const auto slope = [&](bool by) {
          return (definition(i, 0x1p-16L, by) - definition(i, -0x1p-16L, by)) * 0x1p15L;
        };
        const long double unit = sizeof(T) == 4 ? 0x1p-22L : 1e-8L;
        CHECK(std::fabs(slope(true) - by_class[i]) <= unit);
        CHECK(std::fabs(slope(false) - by_probability[i]) <= unit * 50);  // their size
      }
    }
  }
}

TEMPLATE_TEST_CASE("reductions and losses of the rows agree", "", PreciseFloat, FastFloat,
                   PreciseDouble) {
  using T = typename TestType::value_type;
  constexpr std::size_t rows = 1000, n = 3;
  const std::vector<T> x = logits<T>(rows * n, 4.0);
  Labels labels(rows);
  for (std::size_t r = 0; r < rows; ++r)
    labels[r] = r % 9 == 4 ? -100 : static_cast<std::int32_t>(r % n);
  std::vector<T> losses(rows), same_losses(rows), mean_grad(x.size()), sum_grad(x.size());
  const TestType mean, sum{.reduction = Reduction::sum};
  const double mean_loss = calls::forward_and_gradient(mean, x, labels, n, mean_grad, losses);
  const double sum_loss = calls::forward_and_gradient(sum, x, labels, n, sum_grad, same_losses);
  CHECK(losses == same_losses);
  CHECK(calls::forward(mean, x, labels, n) == mean_loss);
  CHECK(calls::forward(sum, x, labels, n, same_losses) == sum_loss);
  CHECK(losses == same_losses);
  Real exact_sum(0);
  double counted = 0.0;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::vector<T> row = rows::row_of(x, r, n);
    std::vector<T> grad(n);
    const double alone =
        calls::forward_and_gradient(sum, row, std::span(labels).subspan(r, 1), n, grad);
    CHECK(losses[r] == static_cast<T>(alone));
    CHECK(grad == rows::row_of(sum_grad, r, n));
    exact_sum = exact_sum + Real(alone);
    counted += labels[r] == -100 ? 0.0 : 1.0;
  }
  CHECK(counted == 889.0);
  CHECK(sweep::ulp_error(sum_loss, exact_sum) <= 1.0);
  CHECK(sweep::ulp_error(mean_loss, exact_sum / Real(counted)) <= 2.0);
  for (std::size_t i = 0; i < x.size(); ++i)
    CHECK(std::fabs(double(mean_grad[i]) - double(sum_grad[i]) / counted) <=
          2 * double(std::numeric_limits<T>::epsilon()) / counted);
}

TEMPLATE_TEST_CASE("an ignored row counts for nothing, whatever its logits", "", PreciseFloat,
                   FastFloat, PreciseDouble) {
  using T = typename TestType::value_type;
  const std::vector<T> kept = {1, 2, 3};
  for (const T bad : {T(0), quiet_nan<T>, inf<T>, -inf<T>}) {
    for (const std::int32_t index : {-100, -1, 2}) {
      const std::vector<T> x = {bad, bad, bad, 1, 2, 3, bad, 5, bad};
      std::vector<T> grad(9, T(7)), grad_alone(3), losses(3, T(7));
      const TestType loss{.label_smoothing = 0.25, .ignore_index = index};
      const double alone = calls::forward_and_gradient(loss, kept, Labels{1}, 3, grad_alone);
      const Labels labels = {index, 1, index};
      CHECK(calls::forward_and_gradient(loss, x, labels, 3, grad, losses) == alone);
      CHECK(rows::row_of(grad, 1, 3) == grad_alone);
      for (const std::size_t i : std::initializer_list<std::size_t>{0, 1, 2, 6, 7, 8})
        CHECK((grad[i] == 0 && !std::signbit(grad[i])));
      CHECK((losses[0] == 0 && losses[2] == 0 && losses[1] == static_cast<T>(alone)));
    }
  }
}

TEMPLATE_TEST_CASE("the mean of no rows is NaN, and their sum 0", "", PreciseFloat, FastFloat,
                   PreciseDouble) {
  using T = typename TestType::value_type;
  const TestType mean, sum{.reduction = Reduction::sum};
  const std::vector<T> x = {1, quiet_nan<T>, 3, 4};
  std::vector<T> grad(4, T(7)), losses(2, T(7)), empty;
  const Labels ignored = {-100, -100};
  CHECK(std::isnan(calls::forward_and_gradient(mean, x, ignored, 2, grad, losses)));
  CHECK(grad == std::vector<T>(4));
  CHECK(losses == std::vector<T>(2));
  CHECK(calls::forward(sum, x, ignored, 2) == 0.0);
  for (const std::size_t columns : {std::size_t{0}, std::size_t{3}}) {
    CHECK(std::isnan(calls::forward_and_gradient(mean, empty, Labels{}, columns, empty)));
    CHECK(calls::forward_and_gradient(sum, empty, Labels{}, columns, empty) == 0.0);
    CHECK(std::isnan(calls::forward(mean, empty, empty, columns, empty)));
    CHECK(calls::forward(sum, empty, empty, columns) == 0.0);
  }
}

namespace {

/// A row's loss and gradient.
template <class T>
struct Outcome {
  double loss;
  std::vector<T> grad;
};

template <class Loss, class T, class Targets>
Outcome<T> outcome(Loss const& loss, std::vector<T> const& x, Targets const& targets) {
  Outcome<T> o{0.0, std::vector<T>(x.size())};
  o.loss = calls::forward_and_gradient(loss, x, targets, x.size(), o.grad);
  return o;
}

template <class T>
bool all_nan(Outcome<T> const& o) {
  return std::isnan(o.loss) && rows::all_nan(o.grad);
}

template <class T>
bool is(Outcome<T> const& o, double loss, std::vector<double> const& grad) {
  return (o.loss == loss || o.loss == Approx(loss).epsilon(1e-6)) &&
         std::equal(o.grad.begin(), o.grad.end(), grad.begin(), grad.end(),
                    [](T a, double b) { return std::fabs(double(a) - b) <= 1e-6; });
}

constexpr double ln2 = 0.6931471805599453;

}  // namespace

TEMPLATE_TEST_CASE("a masked logit costs nothing where its target is 0, else everything", "",
                   PreciseFloat, FastFloat, PreciseDouble) {
  using T = typename TestType::value_type;
  const TestType plain, smooth{.label_smoothing = 0.3}, uniform{.label_smoothing = 1.0};
  const std::vector<T> x = {-inf<T>, 1, 1};
  const double everything = inf<double>;
  CHECK(is(outcome(plain, x, Labels{1}), ln2, {0, -0.5, 0.5}));
  CHECK(is(outcome(plain, x, Labels{0}), everything, {-1, 0.5, 0.5}));
  CHECK(is(outcome(smooth, x, Labels{1}), everything, {-0.1, -0.3, 0.4}));
  CHECK(is(outcome(smooth, x, Labels{0}), everything, {-0.8, 0.4, 0.4}));
  CHECK(is(outcome(uniform, x, Labels{0}), everything, {-1 / 3., 1 / 6., 1 / 6.}));
  CHECK(is(outcome(plain, x, std::vector<T>{0, 1, 3}), 4 * ln2, {0, 1, -1}));
  CHECK(is(outcome(plain, x, std::vector<T>{0.5, 0.5, 0}), everything, {-0.5, 0, 0.5}));
  CHECK(is(outcome(smooth, x, std::vector<T>{0, 1, 0}), everything, {-0.1, -0.3, 0.4}));
  CHECK(is(outcome(plain, x, std::vector<T>{0, 0, 0}), 0, {0, 0, 0}));
}

TEMPLATE_TEST_CASE("a row with a NaN or +inf, or of nothing but -inf, has a NaN loss", "",
                   PreciseFloat, FastFloat, PreciseDouble) {
  using T = typename TestType::value_type;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 3, 40, 1100}) {
    const std::vector<T> q(n, T(1));
    std::vector<std::vector<T>> bad = {std::vector<T>(n, -inf<T>)};
    for (const T value : {quiet_nan<T>, inf<T>}) {
      for (const std::size_t i : {std::size_t{0}, n / 2, n - 1}) {
        bad.emplace_back(n, T(1));
        bad.back()[i] = value;
      }
    }
    for (auto const& x : bad) {
      for (const double smoothing : {0.0, 0.1}) {
        const TestType loss{.label_smoothing = smoothing};
        CHECK(all_nan(outcome(loss, x, Labels{0})));
        CHECK(all_nan(outcome(loss, x, Labels{static_cast<std::int32_t>(n - 1)})));
        CHECK(all_nan(outcome(loss, x, q)));
      }
    }
  }
}

TEMPLATE_TEST_CASE("huge logits do not overflow the loss", "", PreciseFloat, FastFloat,
                   PreciseDouble) {
  using T = typename TestType::value_type;
  const T high = std::numeric_limits<T>::max();
  const TestType plain, smooth{.label_smoothing = 0.5};
  CHECK(is(outcome(plain, std::vector<T>{high, -high}, Labels{0}), 0, {0, 0}));
  CHECK(is(outcome(plain, std::vector<T>{high, high}, Labels{0}), ln2, {-0.5, 0.5}));
  CHECK(is(outcome(plain, std::vector<T>{-high, -high}, Labels{1}), ln2, {0.5, -0.5}));
  CHECK(is(outcome(plain, std::vector<T>{high, 0}, Labels{1}), high, {1, -1}));
  CHECK(is(outcome(smooth, std::vector<T>{high, 0}, Labels{0}), 0.25 * high, {0.25, -0.25}));
  CHECK(is(outcome(smooth, std::vector<T>{0, -high}, Labels{0}), 0.25 * high, {0.25, -0.25}));
  CHECK(is(outcome(plain, std::vector<T>{0, -high}, std::vector<T>{0, 0.5}), 0.5 * high,
           {0.5, -0.5}));
  // More than a float holds.
  CHECK(is(outcome(plain, std::vector<T>{0, -high}, std::vector<T>{0, 4}), 4.0 * high, {4, -4}));
}

TEMPLATE_TEST_CASE("a row of one class has no loss", "", PreciseFloat, FastFloat, PreciseDouble) {
  using T = typename TestType::value_type;
  for (const double smoothing : {0.0, 0.4, 1.0}) {
    const TestType loss{.label_smoothing = smoothing};
    for (const T x : {T(0), T(-300), T(1e6)}) {
      CHECK(is(outcome(loss, std::vector<T>{x}, Labels{0}), 0, {0}));
      CHECK(is(outcome(loss, std::vector<T>{x}, std::vector<T>{1}), 0, {0}));
    }
  }
}

TEMPLATE_TEST_CASE("cross-entropy in place, and wherever its memory lies", "", PreciseFloat,
                   FastFloat, PreciseDouble) {
  using T = typename TestType::value_type;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 3, 17, 64, 333}) {
    constexpr std::size_t rows = 2;
    const std::vector<T> x = logits<T>(rows * n, 5.0), q = distributions<T>(rows * n)[0];
    const Labels labels = {0, static_cast<std::int32_t>(n - 1)};
    const TestType loss{.label_smoothing = 0.1};
    std::vector<T> by_class(x.size()), by_probability(x.size());
    const double class_loss = calls::forward_and_gradient(loss, x, labels, n, by_class);
    const double probability_loss = calls::forward_and_gradient(loss, x, q, n, by_probability);
    std::vector<T> over_x = x, over_x_too = x, over_q = q;
    CHECK(calls::forward_and_gradient(loss, over_x, labels, n, over_x) == class_loss);
    CHECK(over_x == by_class);
    CHECK(calls::forward_and_gradient(loss, over_x_too, q, n, over_x_too) == probability_loss);
    CHECK(over_x_too == by_probability);
    CHECK(calls::forward_and_gradient(loss, x, over_q, n, over_q) == probability_loss);
    CHECK(over_q == by_probability);
    for (std::size_t offset = 1; offset < 17; ++offset) {
      std::vector<T> room_x(offset), room_q(2 * offset), room(3 * offset + x.size());
      room_x.insert(room_x.end(), x.begin(), x.end());
      room_q.insert(room_q.end(), q.begin(), q.end());
      const auto grad = std::span(room).last(x.size());
      const auto there = std::span(room_x).subspan(offset);
      CHECK(calls::forward_and_gradient(loss, there, labels, n, grad) == class_loss);
      CHECK(std::equal(grad.begin(), grad.end(), by_class.begin()));
      CHECK(calls::forward_and_gradient(loss, there, std::span(room_q).subspan(2 * offset), n,
                                        grad) == probability_loss);
      CHECK(std::equal(grad.begin(), grad.end(), by_probability.begin()));
    }
  }
  std::vector<T> one = {T(3), T(5)}, apart(2);  // losses over the logits of rows of one class
  const std::vector<T> q = {T(2), T(3)};
  calls::forward(TestType{}, one, q, 1, apart);
  calls::forward(TestType{}, one, q, 1, one);
  CHECK(one == apart);
}

TEST_CASE("one-hot probabilities are a class, and the short form has the default options") {
  const std::vector<float> x = logits<float>(12, 3.0);
  const Labels labels = {3, 0, 1};
  std::vector<float> one_hot(12), grad(12), same(12);
  for (std::size_t r = 0; r < 3; ++r)
    one_hot[4 * r + static_cast<std::size_t>(labels[r])] = 1.0f;
  const double loss = calls::forward_and_gradient(PreciseFloat{}, x, labels, 4, grad);
  CHECK(calls::forward(PreciseFloat{}, x, one_hot, 4) == Approx(loss).epsilon(1e-15));
  CHECK(calls::cross_entropy(x, labels, 4, same) == loss);
  CHECK(same == grad);
  CHECK(calls::cross_entropy(x, one_hot, 4, same) == Approx(loss).epsilon(1e-15));
  for (std::size_t i = 0; i < x.size(); ++i)
    CHECK(same[i] == Approx(grad[i]).epsilon(1e-7));
  const std::int32_t plain[] = {3, 0, 1};
  CHECK(calls::cross_entropy(x, plain, 4, same) == loss);
}

TEMPLATE_TEST_CASE("cross-entropy refuses what it cannot mean, and writes nothing", "",
                   PreciseFloat, FastFloat, PreciseDouble) {
  using T = typename TestType::value_type;
  const std::vector<T> x(6, T(1));
  std::vector<T> grad(6, T(-1)), losses(2, T(-1)), q(6, T(0.5)), three(3, T(-1));
  const Labels labels = {0, 1};
  const TestType plain;
  const auto call = [&](auto const& loss, auto const& targets, std::size_t columns) {
    return message_of(
        [&] { calls::forward_and_gradient(loss, x, targets, columns, grad, losses); });
  };
  CHECK(call(plain, Labels{0, 3}, 3) ==
        "simdact: labels[1] is 3, but must be in [0, 3), or ignore_index -100");
  CHECK(call(plain, Labels{-1, 0}, 3) ==
        "simdact: labels[0] is -1, but must be in [0, 3), or ignore_index -100");
  CHECK(call(TestType{.ignore_index = -1}, Labels{0, -100}, 3) ==
        "simdact: labels[1] is -100, but must be in [0, 3), or ignore_index -1");
  CHECK(call(plain, Labels{0}, 3) == "simdact: labels has length 1, but the number of rows is 2");
  CHECK(call(plain, labels, 4) ==
        "simdact: logits has length 6, which is not a multiple of row_length 4");
  CHECK(call(plain, labels, 0) ==
        "simdact: logits has length 6, which is not a multiple of row_length 0");
  CHECK(call(plain, three, 3) == "simdact: targets has length 3, but logits has length 6");
  CHECK(call(TestType{.label_smoothing = 1.5}, labels, 3) ==
        "simdact: label_smoothing is 1.5, but must be in [0, 1]");
  CHECK(call(TestType{.label_smoothing = -0.1}, q, 3) ==
        "simdact: label_smoothing is -0.1, but must be in [0, 1]");
  CHECK(call(TestType{.label_smoothing = quiet_nan<double>}, q, 3).find("label_smoothing") !=
        std::string::npos);
  CHECK(message_of([&] { calls::forward_and_gradient(plain, x, labels, 3, three); }) ==
        "simdact: grad_logits has length 3, but logits has length 6");
  CHECK(message_of([&] { calls::forward_and_gradient(plain, x, labels, 3, grad, three); }) ==
        "simdact: losses has length 3, but the number of rows is 2");
  CHECK(message_of([&] { calls::forward(plain, x, labels, 3, three); }) ==
        "simdact: losses has length 3, but the number of rows is 2");

  std::vector<T> memory(20, T(-1));
  const std::span<T> low(memory.data(), 6), high(memory.data() + 4, 6), pair(memory.data() + 1, 2);
  const std::string apart = " overlap, but must be apart";
  const std::string shared = " overlap, but must be the very same memory or apart";
  CHECK(message_of([&] { calls::forward_and_gradient(plain, low, labels, 3, high); }) ==
        "simdact: grad_logits (length 6) and logits (length 6)" + shared);
  CHECK(message_of([&] { calls::forward_and_gradient(plain, x, low, 3, high); }) ==
        "simdact: grad_logits (length 6) and targets (length 6)" + shared);
  CHECK(message_of([&] { calls::forward_and_gradient(plain, x, labels, 3, low, pair); }) ==
        "simdact: grad_logits (length 6) and losses (length 2)" + apart);
  CHECK(message_of([&] { calls::forward(plain, low, labels, 3, pair); }) ==
        "simdact: losses (length 2) and logits (length 6)" + shared);
  CHECK(message_of([&] { calls::forward(plain, x, low, 3, pair); }) ==
        "simdact: losses (length 2) and targets (length 6)" + shared);
  for (auto const* untouched : {&grad, &losses, &three, &memory})
    CHECK(std::all_of(untouched->begin(), untouched->end(), [](T v) { return v == T(-1); }));
}
