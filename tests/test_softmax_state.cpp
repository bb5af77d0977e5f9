// Softmax of rows in parts, merged in all sorts of orders, against the definition in 320 bits.

#include <cstring>
#include <iostream>

#include <simdact/simdact.hpp>

#include "catch.hpp"
#include "message_of.hpp"
#include "rows.hpp"

namespace {

using rows::inf;
using rows::quiet_nan;
using simdact::MaskedRow;
using simdact::Softmax;
using simdact::SoftmaxState;

static_assert(std::is_trivially_copyable_v<SoftmaxState<float>>);
static_assert(std::is_trivially_copyable_v<SoftmaxState<double>>);
static_assert(sizeof(SoftmaxState<float>) == 2 * sizeof(float) + 2 * sizeof(double));
static_assert(sizeof(SoftmaxState<double>) == 4 * sizeof(double));

template <class T>
SoftmaxState<T> state_of(std::span<T const> x, T temperature) {
  SoftmaxState<T> state(temperature);
  state.update(x);
  return state;
}

std::size_t below(std::size_t n, std::mt19937& random) { return random() % n; }

/// The row cut into parts at random, some of them empty.
template <class T>
std::vector<SoftmaxState<T>> parts_of(std::vector<T> const& x, T temperature, std::size_t count,
                                      std::mt19937& random) {
  std::vector<std::size_t> cuts = {0, x.size()};
  while (cuts.size() < count + 1)
    cuts.push_back(below(x.size() + 1, random));
  std::sort(cuts.begin(), cuts.end());
  std::vector<SoftmaxState<T>> parts;
  for (std::size_t p = 0; p + 1 < cuts.size(); ++p)
    parts.push_back(state_of(std::span(x).subspan(cuts[p], cuts[p + 1] - cuts[p]), temperature));
  return parts;
}

/// Merges two of them at random, until one is left.
template <class T>
SoftmaxState<T> random_tree(std::vector<SoftmaxState<T>> states, std::mt19937& random) {
  while (states.size() > 1) {
    std::swap(states[below(states.size(), random)], states.back());
    const SoftmaxState<T> one = states.back();
    states.pop_back();
    states[below(states.size(), random)].merge(one);
  }
  return states[0];
}

/// Calls f(state, order) for states of the row, split and merged in many ways.
template <class T, class F>
void for_each_order(std::vector<T> const& x, T temperature, unsigned seed, F f) {
  std::mt19937 random(seed);
  for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{8},
                                  std::size_t{100}, x.size() + 1})
    f(random_tree(parts_of(x, temperature, count, random), random), "a random tree");
  SoftmaxState<T> stream(temperature), fold_left(temperature), fold_right(temperature);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto one = std::span(x).subspan(i, 1);
    stream.update(one);
    fold_left.merge(state_of(one, temperature));
    SoftmaxState<T> next = state_of(one, temperature);
    next.merge(fold_right);
    fold_right = next;
  }
  f(stream, "a stream");
  f(fold_left, "a fold from the left");
  f(fold_right, "a fold from the right");
}
constexpr std::size_t orders = 9;

template <class T>
struct Shape {
  char const* name;
  std::vector<T> x;
};

/// Moved so that its log-sum-exp at this temperature all but vanishes.
template <class T>
std::vector<T> crossing_zero(std::vector<T> x, T temperature) {
  const rows::Exact<T> exact(x, temperature);
  const Real total = Real(x[0]) - Real(temperature) * exact.log_prob(0);
  for (T& v : x)
    v = (Real(v) - total).template to<T>();
  return x;
}

template <class T>
std::vector<Shape<T>> shapes(std::size_t n, T temperature) {
  const std::vector<T> spread = rows::logits<T>(n, 10.0);
  std::vector<T> dominated = rows::logits<T>(n, 1.0), masked = spread, ascending = spread;
  dominated[n / 3] = T(45);
  for (std::size_t i = 1; i < n; i += 2)
    masked[i] = -inf<T>;
  std::sort(ascending.begin(), ascending.end());
  const std::vector<T> descending(ascending.rbegin(), ascending.rend());
  std::vector<T> ramp(n);
  for (std::size_t i = 0; i < n; ++i)
    ramp[i] = static_cast<T>(i) * T(0.0007);
  std::vector<T> close = rows::logits<T>(n, 1000.0);
  for (T& v : close)
    v = std::round(v) * std::numeric_limits<T>::denorm_min();
  return {{"spread", spread},
          {"far apart", rows::logits<T>(n, 10000.0)},
          {"one dominates", dominated},
          {"masked", masked},
          {"ascending", ascending},
          {"descending", descending},
          {"a ramp", ramp},
          {"equal", std::vector<T>(n, T(-2.7))},
          {"subnormal", close},
          {"huge", rows::logits<T>(n, 1e30)},
          {"crossing zero", crossing_zero(spread, temperature)}};
}

template <class T>
constexpr double probability_bound = sizeof(T) == 4 ? 0.51 : 4.0;

template <class T>
void report(sweep::Worst const& worst, std::string const& what) {
  std::cout << worst.describe(what + (sizeof(T) == 4 ? "/float" : "/double")) << '\n';
}

/// Holds every order of the row's parts against the exact value, which it returns.
template <class T>
Real check_log_sum_exp(Shape<T> const& shape, T temperature, sweep::Worst& worst) {
  std::vector<T> const& x = shape.x;
  const Real exact = rows::Exact<T>(x, temperature).log_sum_exp();
  for_each_order(x, temperature, 1, [&](SoftmaxState<T> const& state, char const* order) {
    const T got = state.log_sum_exp();
    const double error = rows::crossing_error(got, exact);
    INFO(shape.name << ", " << x.size() << " logits at T = " << temperature << ", " << order);
    CHECK(error <= rows::crossing_bound<T>);
    worst.add(error, x[0], got, exact);
  });
  return exact;
}

}  // namespace

TEMPLATE_TEST_CASE("log-sum-exp of a row in parts is within its bound", "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 3, 7, 16, 17, 100, 1000}) {
    for (const double temperature : rows::temperatures) {
      for (auto const& shape : shapes<T>(n, static_cast<T>(temperature)))
        check_log_sum_exp(shape, static_cast<T>(temperature), worst);
    }
  }
  report<T>(worst, "log_sum_exp in parts");
  CHECK(worst.samples == 8 * 5 * 11 * orders);
}

TEMPLATE_TEST_CASE("log-sum-exp of 100,000 logits in parts is within its bound", "", float,
                   double) {
  using T = TestType;
  sweep::Worst worst;
  const std::string chosen = "spread, ascending, a ramp, equal";
  for (auto const& shape : shapes<T>(100'000, T(1))) {
    if (chosen.find(shape.name) != std::string::npos)
      check_log_sum_exp(shape, T(1), worst);
  }
  report<T>(worst, "log_sum_exp in parts, 100,000");
  CHECK(worst.samples == 4 * orders);
}

TEMPLATE_TEST_CASE("log-sum-exp in parts is within its bound where it crosses zero", "", float,
                   double) {
  using T = TestType;
  sweep::Worst worst;
  double smallest = 1.0;
  for (const std::size_t n : std::initializer_list<std::size_t>{2, 3, 17, 300}) {
    for (unsigned seed = 0; seed < 40; ++seed) {
      const std::vector<T> x = crossing_zero(rows::logits<T>(n, 1.5, seed), T(1));
      const Real exact = check_log_sum_exp<T>({"crossing zero", x}, T(1), worst);
      smallest = std::min(smallest, abs(exact).to_double());
    }
  }
  report<T>(worst, "log_sum_exp in parts near 0");
  CHECK(worst.samples == 4 * 40 * orders);
  CHECK(smallest < (sizeof(T) == 4 ? 0x1p-28 : 0x1p-56));  // the rows did cancel
}

TEMPLATE_TEST_CASE("log-sum-exp of equal logits crosses zero within its bound at any temperature",
                   "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  for (const T temperature : {T(0.003), T(0.3), T(0.7), T(3)}) {
    for (std::size_t n = 1000; n <= 100'000; n += 2999) {
      const Real log_count = log1p(Real(static_cast<double>(n)) - Real(1));
      const T x = (-(Real(temperature) * log_count)).template to<T>();
      const T got = state_of<T>(std::vector<T>(n, x), temperature).log_sum_exp();
      const Real exact = Real(x) / Real(temperature) + log_count;
      worst.add(rows::crossing_error(got, exact), x, got, exact);
    }
  }
  report<T>(worst, "log_sum_exp of equal logits");
  CHECK(worst.samples == 4 * 34);
  CHECK(worst.error <= 1.0);
}

TEST_CASE("log-sum-exp of a row in parts is next to that of the whole") {
  for (auto const& shape : shapes<float>(1000, 1.0f)) {
    const float whole = simdact::log_sum_exp(shape.x);
    for_each_order(shape.x, 1.0f, 2, [&](SoftmaxState<float> const& state, char const* order) {
      const float got = state.log_sum_exp();
      INFO(shape.name << ", " << order);
      CHECK(std::fabs(got - whole) <= std::max(std::fabs(whole), 0x1p-26f) * 0x1p-23f);
    });
  }
}

TEMPLATE_TEST_CASE("probabilities of a row in parts are within their bound", "", float, double) {
  using T = TestType;
  sweep::Worst worst;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 3, 16, 333}) {
    for (const double t : {0.5, 1.0, 3.0}) {
      const T temperature = static_cast<T>(t);
      for (auto const& shape : shapes<T>(n, temperature)) {
        std::vector<T> const& x = shape.x;
        const rows::Exact<T> exact(x, temperature);
        for_each_order(x, temperature, 3, [&](SoftmaxState<T> const& state, char const* order) {
          std::vector<T> p(n);
          const std::size_t cut = n / 2;  // another one than the state was made with
          state.write_probabilities(std::span(x).first(cut), std::span(p).first(cut));
          state.write_probabilities(std::span(x).subspan(cut), std::span(p).subspan(cut));
          INFO(shape.name << ", " << n << " logits at T = " << temperature << ", " << order);
          double error = 0.0;
          for (std::size_t i = 0; i < n; ++i) {
            const Real reference = exact.prob(i);
            error = std::max(error, sweep::ulp_error(p[i], reference));
            worst.add(error, x[i], p[i], reference);
          }
          CHECK(error <= probability_bound<T>);
        });
      }
    }
  }
  report<T>(worst, "probabilities in parts");
  CHECK(worst.samples == (1 + 3 + 16 + 333) * 3 * 11 * orders);
}

namespace {

/// Merged by recursive doubling, through bytes, as ranks would: every rank ends with its own copy.
template <class T>
std::vector<SoftmaxState<T>> all_reduced(std::vector<SoftmaxState<T>> ranks) {
  for (std::size_t distance = 1; distance < ranks.size(); distance *= 2) {
    std::vector<std::array<std::byte, sizeof(SoftmaxState<T>)>> sent(ranks.size());
    for (std::size_t r = 0; r < ranks.size(); ++r)
      std::memcpy(sent[r].data(), &ranks[r], sent[r].size());
    for (std::size_t r = 0; r < ranks.size(); ++r) {
      SoftmaxState<T> received;
      std::memcpy(&received, sent[r ^ distance].data(), sizeof received);
      ranks[r].merge(received);
    }
  }
  return ranks;
}

}  // namespace

TEMPLATE_TEST_CASE("cross-entropy of a vocabulary in 8 parts, and its gradient", "", float,
                   double) {
  using T = TestType;
  constexpr std::size_t n = 8 * 37;
  sweep::Worst worst_loss, worst_gradient;
  for (auto const& [name, x] : shapes<T>(n, T(1))) {
    std::vector<SoftmaxState<T>> ranks;
    for (std::size_t r = 0; r < 8; ++r)
      ranks.push_back(state_of(std::span(x).subspan(r * 37, 37), T(1)));
    ranks = all_reduced(ranks);
    const rows::Exact<T> exact(x, T(1));
    for (const std::size_t label : {std::size_t{0}, n / 3, n - 1}) {
      INFO(name << ", label " << label);
      std::vector<T> gradient(n), whole_gradient(n);
      double loss = 0.0;
      for (std::size_t r = 0; r < 8; ++r) {
        CHECK(std::memcmp(&ranks[r], &ranks[0], sizeof ranks[0]) == 0);
        const auto part = std::span(gradient).subspan(r * 37, 37);
        ranks[r].write_probabilities(std::span(x).subspan(r * 37, 37), part);
        if (label / 37 == r) {
          loss = ranks[r].cross_entropy(x[label]);
          part[label % 37] = static_cast<T>(std::expm1(-loss));
        }
      }
      if (x[label] == -inf<T>) {
        CHECK(loss == inf<double>);
        continue;
      }
      const Real exact_loss = -exact.log_prob(label);
      const std::vector<std::int32_t> labels = {static_cast<std::int32_t>(label)};
      const double whole = simdact::cross_entropy<T>(x, labels, n, whole_gradient);
      CHECK(std::fabs(loss - whole) <= 4 * 0x1p-52 * whole);
      const double loss_error = sweep::ulp_error(loss, exact_loss);
      CHECK(loss_error <= 4.0);
      worst_loss.add(loss_error, x[label], loss, exact_loss);
      for (std::size_t i = 0; i < n; ++i) {
        const Real reference = i == label ? exact.prob(i) - Real(1) : exact.prob(i);
        const double error = sweep::ulp_error(gradient[i], reference);
        worst_gradient.add(error, x[i], gradient[i], reference);
      }
    }
  }
  report<T>(worst_loss, "cross-entropy in parts");
  report<T>(worst_gradient, "cross-entropy in parts, gradient");
  CHECK(worst_loss.samples == 32);  // one label is masked
  CHECK(worst_gradient.samples == 32 * n);
  CHECK(worst_gradient.error <= probability_bound<T>);
}

TEMPLATE_TEST_CASE("the loss of a label with probability near 1 keeps its bits", "", float,
                   double) {
  using T = TestType;
  sweep::Worst worst;
  for (const T temperature : {T(0.5), T(1)}) {
    for (int margin = 1; margin <= 340; ++margin) {
      const T m = static_cast<T>(margin);
      const std::vector<T> x = {T(-0.3), T(0.7) + m, T(0.1), T(0.7), -m};
      const rows::Exact<T> exact(x, temperature);
      for_each_order(x, temperature, 4, [&](SoftmaxState<T> const& state, char const* order) {
        const double loss = state.cross_entropy(x[1]);
        INFO("margin " << margin << ", " << order);
        const double error = sweep::ulp_error(loss, -exact.log_prob(1));
        CHECK(error <= 4.0);
        worst.add(error, m, loss, -exact.log_prob(1));
      });
    }
  }
  report<T>(worst, "a small loss in parts");
  CHECK(worst.samples == 2 * 340 * orders);
}

TEMPLATE_TEST_CASE("a central difference of the loss in parts is its gradient", "", float, double) {
  using T = TestType;
  const std::vector<T> x = rows::logits<T>(12, 2.0);
  const T temperature = T(0.75);
  const auto loss = [&](std::size_t i, long double move) {
    long double sum = 0.0L;
    for (std::size_t j = 0; j < x.size(); ++j)
      sum += std::exp((static_cast<long double>(x[j]) + (i == j ? move : 0.0L)) / temperature);
    return std::log(sum) - (static_cast<long double>(x[5]) + (i == 5 ? move : 0.0L)) / temperature;
  };
  SoftmaxState<T> state = state_of(std::span(x).first(4), temperature);
  state.merge(state_of(std::span(x).subspan(4), temperature));
  std::vector<T> gradient(x.size());
  state.write_probabilities(x, gradient);
  gradient[5] = static_cast<T>(std::expm1(-state.cross_entropy(x[5])));
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double slope = (loss(i, 0x1p-16L) - loss(i, -0x1p-16L)) * 0x1p15L;
    const long double got = static_cast<long double>(gradient[i]) / temperature;
    CHECK(std::fabs(slope - got) <= (sizeof(T) == 4 ? 1e-7L : 1e-9L));
  }
}

TEMPLATE_TEST_CASE("a state of no logits, and of nothing but -inf", "", float, double) {
  using T = TestType;
  SoftmaxState<T> state;
  for (int repeat = 0; repeat < 2; ++repeat) {
    CHECK(state.log_sum_exp() == -inf<T>);
    CHECK(std::isnan(state.cross_entropy(-inf<T>)));
    std::vector<T> p(3, T(7));
    state.write_probabilities(std::vector<T>(3, -inf<T>), p);
    CHECK(rows::all_nan(p));
    state.write_probabilities(std::vector<T>(3, -inf<T>), p, MaskedRow::zero);
    CHECK(p == std::vector<T>(3, T(0)));
    CHECK_NOTHROW(state.write_probabilities(std::span<T const>(), std::span<T>()));
    state.update(std::span<T const>());
    state.merge(SoftmaxState<T>());
    state.update(std::vector<T>(repeat == 0 ? 5 : 0, -inf<T>));
  }
  state.merge(state_of<T>(std::vector<T>{2, -inf<T>, 2}, T(1)));
  const T at_two = static_cast<T>(2.0 + 0.6931471805599453);
  CHECK(state.log_sum_exp() == at_two);
  state.merge(SoftmaxState<T>());
  state.update(std::span<T const>());
  state.update(std::vector<T>{-inf<T>});
  CHECK(state.log_sum_exp() == at_two);
  CHECK(state.cross_entropy(-inf<T>) == inf<double>);
  CHECK(state.cross_entropy(T(2)) == Approx(0.6931471805599453).epsilon(1e-15));
  std::vector<T> p(2);
  state.write_probabilities(std::vector<T>{-inf<T>, 2}, p);
  CHECK(p == std::vector<T>{0, T(0.5)});
  state.merge(state);  // each logit twice
  CHECK(state.log_sum_exp() == static_cast<T>(2.0 + 2 * 0.6931471805599453));
}

TEMPLATE_TEST_CASE("NaN and +inf outlast every order of parts", "", float, double) {
  using T = TestType;
  for (const T temperature : {T(0), T(1), T(100), inf<T>}) {
    for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 5, 40}) {
      for (std::size_t i = 0; i < n; ++i) {
        for (const T other : {T(1), -inf<T>}) {
          std::vector<T> x(n, other);
          x[i] = inf<T>;
          for_each_order(x, temperature, 5, [&](SoftmaxState<T> const& state, char const*) {
            CHECK(state.log_sum_exp() == inf<T>);
            CHECK(std::isnan(state.cross_entropy(other)));
            std::vector<T> p(2);
            state.write_probabilities(std::vector<T>{1, 2}, p);
            CHECK((std::isnan(p[0]) && std::isnan(p[1])));
          });
          x[(i + n / 2) % n] = quiet_nan<T>;
          for_each_order(x, temperature, 6, [&](SoftmaxState<T> const& state, char const*) {
            CHECK(std::isnan(state.log_sum_exp()));
            CHECK(std::isnan(state.cross_entropy(other)));
            std::vector<T> p(2);
            state.write_probabilities(std::vector<T>{1, 2}, p, MaskedRow::zero);
            CHECK((std::isnan(p[0]) && std::isnan(p[1])));
          });
        }
      }
    }
  }
}

TEMPLATE_TEST_CASE("parts at the limits of temperature", "", float, double) {
  using T = TestType;
  const T largest = std::numeric_limits<T>::max();
  const auto log_of = [](double count) { return log1p(Real(count) - Real(1)); };
  const auto is = [](auto got, Real const& exact) { return sweep::ulp_error(got, exact) <= 1.0; };
  for (const T top : {T(3), T(0), T(-1), largest, -largest / 2}) {
    const T low = -largest;
    const std::vector<T> x = {low, top, -inf<T>, top, low, top, low};
    for (const T temperature : {T(0), inf<T>}) {
      const bool cold = temperature == T(0);
      std::vector<T> expected(x.size());
      simdact::forward(Softmax<T>{.temperature = temperature}, x, expected);
      for_each_order(x, temperature, 7, [&](SoftmaxState<T> const& state, char const* order) {
        INFO("largest " << top << ", T = " << temperature << ", " << order);
        std::vector<T> p(x.size());
        state.write_probabilities(std::span(x).first(3), std::span(p).first(3));
        state.write_probabilities(std::span(x).subspan(3), std::span(p).subspan(3));
        CHECK(p == expected);
        const T total = state.log_sum_exp();
        if (cold && top != 0) {
          CHECK(total == std::copysign(inf<T>, top));
        } else {
          CHECK(is(total, log_of(cold ? 3 : 6)));
        }
        CHECK(is(state.cross_entropy(top), log_of(cold ? 3 : 6)));
        if (cold) {
          CHECK(state.cross_entropy(low) == inf<double>);
        } else {
          CHECK(is(state.cross_entropy(low), log_of(6)));
        }
        CHECK(state.cross_entropy(-inf<T>) == inf<double>);
      });
    }
  }
}

TEMPLATE_TEST_CASE("huge logits and extreme temperatures do not overflow in parts", "", float,
                   double) {
  using T = TestType;
  const T largest = std::numeric_limits<T>::max();
  const T least = std::numeric_limits<T>::denorm_min();
  const auto probabilities = [](std::vector<T> const& x, T temperature) {
    SoftmaxState<T> state(temperature);
    for (const T& v : x)
      state.update(std::span(&v, 1));
    std::vector<T> p(x.size());
    state.write_probabilities(x, p);
    return p;
  };
  const std::vector<T> halves(2, T(0.5));
  CHECK(probabilities({largest, -largest}, 1) == std::vector<T>{1, 0});
  CHECK(probabilities({-largest, largest}, 1) == std::vector<T>{0, 1});
  CHECK(probabilities({-largest, -largest}, 1) == halves);
  CHECK(probabilities({1, 2}, least) == std::vector<T>{0, 1});
  std::vector<T> expected(2);
  simdact::forward(Softmax<T>{.temperature = least * 4}, std::vector<T>{-least, 0}, expected);
  CHECK(probabilities({-least, 0}, least * 4) == expected);
  CHECK(probabilities({1, 1}, least) == halves);
  CHECK(probabilities({1, 2}, largest) == halves);
  CHECK(probabilities({largest, largest}, largest) == halves);
  CHECK(probabilities({largest, largest}, least) == halves);
}

TEMPLATE_TEST_CASE("either of two states may merge the other", "", float, double) {
  using T = TestType;
  for (const double spread : {0.1, 10.0, 1000.0}) {
    for (unsigned seed = 0; seed < 100; ++seed) {
      const auto a = state_of<T>(rows::logits<T>(5, spread, seed), T(0.7));
      const auto b = state_of<T>(rows::logits<T>(seed % 40, spread, seed + 1000), T(0.7));
      SoftmaxState<T> ab = a, ba = b;
      ab.merge(b);
      ba.merge(a);
      CHECK(std::memcmp(&ab, &ba, sizeof ab) == 0);
    }
  }
}

TEMPLATE_TEST_CASE("a temperature below 0 or NaN is refused by a state", "", float, double) {
  using T = TestType;
  for (const T bad : {T(-1), -inf<T>, quiet_nan<T>, -std::numeric_limits<T>::denorm_min()})
    CHECK_THROWS_AS(SoftmaxState<T>(bad), std::invalid_argument);
  CHECK(message_of([] { SoftmaxState<T>(T(-2.5)); }) ==
        "simdact: temperature is -2.5, but must be >= 0");
}

TEMPLATE_TEST_CASE("states of unequal temperature do not merge", "", float, double) {
  using T = TestType;
  SoftmaxState<T> state = state_of<T>(std::vector<T>{1, 2}, T(2));
  const SoftmaxState<T> before = state;
  CHECK(message_of([&] { state.merge(state_of<T>(std::vector<T>{5}, T(0.5))); }) ==
        "simdact: the temperatures of the states are 2 and 0.5, but must be equal to merge");
  CHECK_THROWS_AS(state.merge(SoftmaxState<T>()), std::invalid_argument);  // not even an empty one
  CHECK(std::memcmp(&state, &before, sizeof state) == 0);
}

TEST_CASE("probabilities of a part refuse wrong shapes and overlaps, and write nothing") {
  const SoftmaxState<float> state = state_of<float>(std::vector<float>{1, 2, 3}, 1.0f);
  std::vector<float> memory(20, -1.0f), x(8, 1.0f), p(7, -1.0f);
  const std::string message = message_of([&] { state.write_probabilities(x, p); });
  CHECK(message == "simdact: probs has length 7, but logits has length 8");
  const std::span low(memory.data(), 8), high(memory.data() + 3, 8);
  CHECK_THROWS_AS(state.write_probabilities(low, high), std::invalid_argument);
  CHECK_THROWS_AS(state.write_probabilities(high, low), std::invalid_argument);
  CHECK(p == std::vector<float>(7, -1.0f));
  CHECK(memory == std::vector<float>(20, -1.0f));
  std::vector<float> in_place = {1, 2, 3}, apart(3);
  state.write_probabilities(in_place, apart);
  state.write_probabilities(in_place, in_place);
  CHECK(in_place == apart);
}
