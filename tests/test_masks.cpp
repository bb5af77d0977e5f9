// Softmax, log-softmax, softmin and log-sum-exp of rows of which a mask hides a part, against the definition
// of what is seen in 320 bits.

#include <iostream>

#include <simdact/simdact.hpp>

#include "catch.hpp"
#include "inputs.hpp"
#include "message_of.hpp"
#include "rows.hpp"

namespace {

using rows::inf;
using rows::logits;
using rows::quiet_nan;
using simdact::AdditiveMask;
using simdact::CausalMask;
using simdact::Fast;
using simdact::LogSoftmax;
using simdact::MaskedRow;
using simdact::Softmax;
using simdact::Softmin;
using simdact::ValidLength;

template <class F, class Mask>
std::vector<typename F::value_type> masked(F const& f, std::vector<typename F::value_type> const& x,
                                           Mask const& mask, std::size_t n) {
  std::vector<typename F::value_type> y(x.size());
  simdact::forward(f, x, mask, y, n);
  return y;
}

template <class F>
std::vector<typename F::value_type> unmasked(F const& f,
                                             std::vector<typename F::value_type> const& x,
                                             std::size_t n) {
  std::vector<typename F::value_type> y(x.size());
  simdact::forward(f, x, y, n);
  return y;
}

template <class F>
inline constexpr bool is_opposite = F::name == "softmin";
template <class F>
inline constexpr bool is_log = F::name == "log_softmax";

/// The logit of what is hidden.
template <class F>
constexpr auto hidden = is_opposite<F> ? inf<typename F::value_type> : -inf<typename F::value_type>;

/// x where a mask shows `seen(r)` columns of row r, else `rest`.
template <class T, class Seen>
std::vector<T> with_hidden(std::vector<T> x, std::size_t n, Seen seen, T rest) {
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = i % n < seen(i / n) ? x[i] : rest;
  return x;
}

/// Calls test(f, bound) for every member, in both precisions and tiers; a bound is in ULP, of max(|y|, 1)
/// for the logarithm of the Fast tier.
template <class Test>
void for_each_member(Test test) {
  const auto of = [&]<class T, class Accuracy>(T temperature, Accuracy, double bound) {
    test(Softmax<T, Accuracy>{.temperature = temperature}, bound);
    test(Softmin<T, Accuracy>{.temperature = temperature}, bound);
    test(LogSoftmax<T, Accuracy>{.temperature = temperature}, bound);
  };
  for (const double t : {0.5, 1.0, 2.0}) {
    of(static_cast<float>(t), simdact::Precise{}, 0.51);
    of(static_cast<float>(t), Fast{}, 8.0);
    of(t, simdact::Precise{}, 4.0);
  }
}

/// e^(x_i/T + m_i)/sum_j e^(x_j/T + m_j) of one row in 320 bits, or its logarithm; -x for softmin.
template <class F>
std::vector<Real> exact_row(F const& f, std::vector<typename F::value_type> const& x,
                            std::vector<typename F::value_type> const& mask) {
  std::vector<Real> exponents;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Real logit = is_opposite<F> ? -Real(x[i]) : Real(x[i]);
    exponents.push_back(logit / Real(f.temperature) + Real(mask[i]));
  }
  const Real max =
      exponents.empty() ? Real(0) : *std::max_element(exponents.begin(), exponents.end());
  Real rest(-1);
  for (Real const& e : exponents)
    rest = rest + exp(e - max);
  for (Real& e : exponents)
    e = is_log<F> ? (e - max) - log1p(rest) : exp(e - max) / (Real(1) + rest);
  return exponents;
}

/// The largest error of y in ULP.
template <class F>
double error_of(std::vector<typename F::value_type> const& y, std::vector<Real> const& exact) {
  using T = typename F::value_type;
  double worst = 0.0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const bool of_one = is_log<F> && simdact::detail::SoftmaxTraits<F>::fast;
    worst = std::max(worst,
                     std::isinf(y[i]) && exact[i].is_inf()
                         ? 0.0
                         : sweep::ulp_error(y[i], exact[i],
                                            of_one ? 1.0 : std::numeric_limits<T>::denorm_min()));
  }
  return worst;
}

/// How many columns the masks of the tests show.
struct Shape {
  std::size_t blocks, rows, columns, offset;
};
constexpr Shape shapes[] = {{1, 1, 1, 0},     {1, 7, 7, 0},     {3, 5, 5, 0},
                            {2, 4, 9, 5},     {2, 6, 3, 0},     {1, 40, 37, 0},
                            {1, 3, 300, 260}, {2, 2, 17, 1000}, {1, 2, 600, 400}};

template <class F>
auto seen_by(CausalMask const& mask, Shape const& s) {
  return [=](std::size_t r) {
    const std::size_t rows = mask.rows == 0 ? s.blocks * s.rows : mask.rows;
    return std::min(s.columns, r % rows + 1 + mask.offset);
  };
}

template <class F>
std::vector<typename F::value_type> inputs_of(F const&, std::size_t n) {
  // Multiples of 1/256: sums with the masks of the tests are exact.
  std::vector<typename F::value_type> x = logits<typename F::value_type>(n, 8.0);
  for (auto& v : x)
    v = std::round(v * 256) / 256;
  return x;
}

}  // namespace

TEST_CASE("a causal mask shows each row what comes up to its own place") {
  std::size_t rows_checked = 0;
  double worst[2] = {};
  for_each_member([&](auto const& f, double bound) {
    using F = std::remove_cvref_t<decltype(f)>;
    using T = typename F::value_type;
    for (Shape const& s : shapes) {
      const CausalMask mask{.offset = s.offset, .rows = s.rows};
      const auto seen = seen_by<F>(mask, s);
      const std::vector<T> x = inputs_of(f, s.blocks * s.rows * s.columns);
      const std::vector<T> y = masked(f, x, mask, s.columns);
      CAPTURE(f.name, s.rows, s.columns, s.offset);
      for (std::size_t r = 0; r < s.blocks * s.rows; ++r) {
        std::vector<T> row = rows::row_of(y, r, s.columns), logit = rows::row_of(x, r, s.columns);
        const auto rest = static_cast<std::ptrdiff_t>(seen(r));
        CHECK(std::all_of(row.begin() + rest, row.end(),
                          [](T v) { return v == (is_log<F> ? -inf<T> : T(0)); }));
        row.resize(seen(r));
        logit.resize(seen(r));
        const double error = error_of<F>(row, exact_row(f, logit, std::vector<T>(seen(r), T(0))));
        CHECK(error <= bound);
        worst[bound > 1] = std::max(worst[bound > 1], error);
        ++rows_checked;
      }
      if constexpr (!simdact::detail::SoftmaxTraits<F>::fast)
        CHECK(all_same_bits(y, unmasked(f, with_hidden(x, s.columns, seen, hidden<F>), s.columns)));
      // What is hidden is not read.
      CHECK(all_same_bits(
          y, masked(f, with_hidden(x, s.columns, seen, quiet_nan<T>), mask, s.columns)));
      std::vector<T> in_place = x;
      simdact::forward(f, in_place, mask, in_place, s.columns);
      CHECK(all_same_bits(y, in_place));
    }
  });
  std::cout << "causal masks: worst " << worst[0] << " and " << worst[1] << " ULP\n";
  CHECK(rows_checked == 27 * (1 + 7 + 15 + 8 + 12 + 40 + 3 + 4 + 2));
}

TEST_CASE("without rows a causal mask takes all rows for one block") {
  const std::vector<float> x = logits<float>(12, 3.0);
  CHECK(masked(Softmax<>{}, x, CausalMask{}, 3) ==
        masked(Softmax<>{}, x, CausalMask{.rows = 4}, 3));
  CHECK(masked(Softmax<>{}, x, CausalMask{.rows = 2}, 3) !=
        masked(Softmax<>{}, x, CausalMask{}, 3));
}

TEST_CASE("a valid length shows each row its first columns") {
  std::size_t rows_checked = 0;
  for_each_member([&](auto f, double bound) {
    using F = std::remove_cvref_t<decltype(f)>;
    using T = typename F::value_type;
    for (const std::size_t n : std::initializer_list<std::size_t>{1, 5, 16, 33, 300}) {
      const auto last = static_cast<std::int32_t>(n);
      const std::vector<std::int32_t> lengths = {last, 0, 1, last / 2, last, last - 1};
      const ValidLength mask{lengths};
      const auto seen = [&](std::size_t r) { return static_cast<std::size_t>(lengths[r]); };
      const std::vector<T> x = inputs_of(f, lengths.size() * n);
      for (const MaskedRow policy : {MaskedRow::nan, MaskedRow::zero}) {
        f.masked_row = policy;
        const std::vector<T> y = masked(f, x, mask, n);
        for (std::size_t r = 0; r < lengths.size(); ++r) {
          CAPTURE(f.name, n, r);
          std::vector<T> row = rows::row_of(y, r, n), logit = rows::row_of(x, r, n);
          const T empty = policy == MaskedRow::nan ? quiet_nan<T> : is_log<F> ? -inf<T> : T(0);
          const T rest = seen(r) == 0 ? empty : is_log<F> ? -inf<T> : T(0);
          CHECK(std::all_of(row.begin() + lengths[r], row.end(),
                            [=](T v) { return same_bits(v, rest); }));
          row.resize(seen(r));
          logit.resize(seen(r));
          CHECK(error_of<F>(row, exact_row(f, logit, std::vector<T>(seen(r), T(0)))) <= bound);
          ++rows_checked;
        }
        if constexpr (!simdact::detail::SoftmaxTraits<F>::fast)
          CHECK(all_same_bits(y, unmasked(f, with_hidden(x, n, seen, hidden<F>), n)));
        CHECK(all_same_bits(y, masked(f, with_hidden(x, n, seen, quiet_nan<T>), mask, n)));
      }
    }
  });
  CHECK(rows_checked == 27 * 5 * 2 * 6);
}

TEST_CASE("an additive mask is added after the temperature") {
  std::size_t rows_checked = 0;
  for_each_member([&](auto const& f, double bound) {
    using F = std::remove_cvref_t<decltype(f)>;
    using T = typename F::value_type;
    for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 7, 16, 37, 300, 1100}) {
      const std::vector<T> x = inputs_of(f, 3 * n);
      std::vector<T> mask = logits<T>(3 * n, 6.0, 5);
      for (std::size_t i = 0; i < mask.size(); ++i)
        mask[i] = i % n != 0 && i % 5 == 0 ? -inf<T> : std::round(mask[i] * 256) / 256;
      const std::vector<T> y = masked(f, x, AdditiveMask<T>{mask}, n);
      CAPTURE(f.name, f.temperature, n);
      for (std::size_t r = 0; r < 3; ++r) {
        const auto row = [&](std::vector<T> const& v) { return rows::row_of(v, r, n); };
        CHECK(error_of<F>(row(y), exact_row(f, row(x), row(mask))) <= bound);
        // The same row for all of them.
        const std::vector<T> shared = masked(f, x, AdditiveMask<T>{row(mask)}, n);
        CHECK(all_same_bits(row(shared), row(y)));
        ++rows_checked;
      }
      // A logit of -inf stays hidden, and a mask of -inf hides NaN.
      std::vector<T> holes = x;
      for (std::size_t i = 0; i < mask.size(); ++i)
        holes[i] = mask[i] == -inf<T> ? quiet_nan<T> : x[i];
      CHECK(all_same_bits(y, masked(f, holes, AdditiveMask<T>{mask}, n)));
      std::vector<T> in_place = x;
      simdact::forward(f, in_place, AdditiveMask<T>{mask}, in_place, n);
      CHECK(all_same_bits(y, in_place));
      in_place = mask;
      simdact::forward(f, x, AdditiveMask<T>{in_place}, in_place, n);
      CHECK(all_same_bits(y, in_place));
    }
  });
  CHECK(rows_checked == 27 * 7 * 3);
}

TEST_CASE("a mask of zeros changes nothing, and one of sums is softmax of the sums") {
  for_each_member([&](auto f, double) {
    using F = std::remove_cvref_t<decltype(f)>;
    using T = typename F::value_type;
    constexpr std::size_t n = 37;
    const std::vector<T> x = logits<T>(4 * n, 20.0), mask = logits<T>(4 * n, 3.0, 8);
    const std::vector<T> zeros(n, T(0));
    for (const T temperature : {T(0.7), T(3), T(1e-3), T(0), f.temperature}) {
      f.temperature = temperature;
      CHECK(all_same_bits(masked(f, x, AdditiveMask<T>{zeros}, n), unmasked(f, x, n)));
    }
    f.temperature = T(1);
    std::vector<T> sums(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      sums[i] = is_opposite<F> ? x[i] - mask[i] : x[i] + mask[i];
    CHECK(all_same_bits(masked(f, x, AdditiveMask<T>{mask}, n), unmasked(f, sums, n)));
  });
}

TEST_CASE("the sum with an additive mask is rounded once") {
  for (const float t : {0.7f, 3.0f, 11.313708f}) {
    const std::vector<float> x = logits<float>(500, 10.0), mask = logits<float>(500, 4.0, 8);
    std::vector<float> sums(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      sums[i] = (Real(x[i]) + Real(t) * Real(mask[i])).to<float>();
    const Softmax<float> f{.temperature = t};
    CHECK(masked(f, x, AdditiveMask<float>{mask}, 100) == unmasked(f, sums, 100));
  }
}

TEMPLATE_TEST_CASE("additive masks at the limits", "", float, double) {
  using T = TestType;
  const T lowest = std::numeric_limits<T>::lowest();
  const auto softmax = [](std::vector<T> const& x, std::vector<T> const& mask, T temperature,
                          MaskedRow policy = MaskedRow::nan) {
    return masked(Softmax<T>{temperature, policy}, x, AdditiveMask<T>{mask}, x.size());
  };
  const std::vector<T> not_a_row(3, quiet_nan<T>), x = {1, 3, 3};
  // Nothing is seen.
  const std::vector<T> none(3, -inf<T>);
  for (const T t : {T(0), T(1), T(8), inf<T>}) {
    CHECK(all_same_bits(softmax(x, none, t), not_a_row));
    CHECK(softmax(x, none, t, MaskedRow::zero) == std::vector<T>(3, T(0)));
    CHECK(all_same_bits(softmax(none, {0, 0, 0}, t), not_a_row));
    // Wherever it is seen, a NaN or +inf is all of the row's; and where it is in the mask.
    CHECK(all_same_bits(softmax({1, quiet_nan<T>, 2}, {0, 0, -inf<T>}, t), not_a_row));
    CHECK(all_same_bits(softmax({1, inf<T>, 2}, {0, 1, -inf<T>}, t), not_a_row));
    CHECK(all_same_bits(softmax(x, {0, quiet_nan<T>, 0}, t), not_a_row));
    CHECK(all_same_bits(softmax(x, {0, inf<T>, 0}, t), not_a_row));
    CHECK(softmax({1, inf<T>, quiet_nan<T>}, {0, -inf<T>, -inf<T>}, t) == std::vector<T>{1, 0, 0});
    CHECK(softmax({1, -inf<T>, -inf<T>}, {0, inf<T>, quiet_nan<T>}, t) == std::vector<T>{1, 0, 0});
  }
  // The lowest number in the place of -inf, as many do: it hides among others and not on its own.
  for (const T t : {T(1), T(8)}) {
    CHECK(softmax(x, {0, lowest, lowest}, t) == std::vector<T>{1, 0, 0});
    CHECK(softmax({2, 2, 2}, {lowest, lowest, lowest}, t) == std::vector<T>(3, T(1) / T(3)));
    CHECK(softmax({lowest, lowest}, {lowest, lowest}, t) == std::vector<T>(2, T(0.5)));
  }
  // Temperature 0: the largest that is not hidden; +inf: softmax of the mask.
  CHECK(softmax({1, 3, 2, 3}, {9, 1, 5, 2}, T(0)) == std::vector<T>{0, T(0.5), 0, T(0.5)});
  CHECK(softmax({1, 3, 2, 3}, {0, -inf<T>, 0, -inf<T>}, T(0)) == std::vector<T>{0, 0, 1, 0});
  const std::vector<T> mask = {T(0.5), -2, 1, -inf<T>, 3};
  CHECK(softmax({9, -9, 0, 1, 5}, mask, inf<T>) == unmasked(Softmax<T>{}, mask, 5));
  CHECK(softmax({9, -inf<T>, 0, 1, 5}, mask, inf<T>)[1] == 0);
}

TEMPLATE_TEST_CASE("special rows under masks that hide columns", "", float, double) {
  using T = TestType;
  const CausalMask causal{.offset = 1};
  const auto rows_of = [&](std::vector<T> const& x, T t) {
    return masked(Softmax<T>{.temperature = t}, x, causal, 4);
  };
  // Not as a list, which g++ 12 takes for four halves at -O3 on AVX-512.
  std::vector<T> first_two(4, T(0));
  std::fill_n(first_two.begin(), 2, T(0.5));
  for (const T bad : {quiet_nan<T>, inf<T>}) {
    for (const T t : {T(0), T(1), inf<T>}) {
      // Hidden from the first row, seen from the second, all of which it takes.
      const std::vector<T> p = rows_of({2, 2, bad, 1, 2, 2, bad, 1}, t);
      CHECK(std::vector<T>(p.begin(), p.begin() + 4) == first_two);
      CHECK(std::all_of(p.begin() + 4, p.end(), [](T v) { return std::isnan(v); }));
    }
  }
  CHECK(rows_of({1, 2, 9, 9}, T(0)) == std::vector<T>{0, 1, 0, 0});
  CHECK(rows_of({1, 2, 9, 9}, inf<T>) == first_two);
  // What is seen is all -inf: so is the row.
  const std::vector<T> x = {-inf<T>, -inf<T>, 1, 2};
  CHECK(all_same_bits(rows_of(x, T(1)), std::vector<T>(4, quiet_nan<T>)));
  CHECK(masked(Softmax<T>{.masked_row = MaskedRow::zero}, x, causal, 4) == std::vector<T>(4, T(0)));
  CHECK(masked(LogSoftmax<T>{.masked_row = MaskedRow::zero}, x, causal, 4) ==
        std::vector<T>(4, -inf<T>));
}

TEST_CASE("backward needs no mask, and with one gives the same") {
  for_each_member([&](auto f, double) {
    using F = std::remove_cvref_t<decltype(f)>;
    using T = typename F::value_type;
    constexpr std::size_t n = 37, count = 6;
    const std::vector<std::int32_t> lengths = {37, 0, 1, 18, 36, 5};
    const ValidLength mask{lengths};
    std::vector<T> x = logits<T>(count * n, 4.0);
    const std::vector<T> g = logits<T>(count * n, 1.0, 8);
    x[5 * n] = hidden<F>;  // the first that is seen has probability 0
    for (const T special : {T(1), quiet_nan<T>}) {
      x[3 * n + 2] = special;
      for (const T temperature : {f.temperature, T(0), inf<T>}) {
        f.temperature = temperature;
        const std::vector<T> y = masked(f, x, mask, n);
        std::vector<T> plain(x.size()), with_mask(x.size(), T(9));
        simdact::backward(f, y, g, plain, n);
        simdact::backward(f, y, g, mask, with_mask, n);
        for (std::size_t i = 0; i < x.size(); ++i) {
          CAPTURE(f.name, temperature, i / n, i % n);
          const double size = 1.0 / std::min(1.0, static_cast<double>(f.temperature) + 1e-9);
          const bool close = std::fabs(double(plain[i]) - double(with_mask[i])) <= 2e-6 * size;
          CHECK((same_bits(plain[i], with_mask[i]) ||
                 (simdact::detail::SoftmaxTraits<F>::fast ? close : plain[i] == with_mask[i])));
          if (i % n >= static_cast<std::size_t>(lengths[i / n]) && !std::isnan(y[i]))
            CHECK(with_mask[i] == 0);
        }
        std::vector<T> in_place = y;
        simdact::backward(f, in_place, g, mask, in_place, n);
        CHECK(all_same_bits(in_place, with_mask));
        in_place = g;
        simdact::backward(f, y, in_place, mask, in_place, n);
        CHECK(all_same_bits(in_place, with_mask));
      }
    }
  });
}

TEST_CASE("the gradient under masks is that of the definition") {
  std::size_t slopes = 0;
  for_each_member([&](auto const& f, double) {
    using F = std::remove_cvref_t<decltype(f)>;
    using T = typename F::value_type;
    constexpr std::size_t n = 6;
    const std::vector<T> x = logits<T>(n, 2.0), g = logits<T>(n, 2.0, 8);
    const std::vector<T> mask = {0, T(-0.5), -inf<T>, 1, T(0.25), -inf<T>};
    std::vector<T> y = masked(f, x, AdditiveMask<T>{mask}, n), grad(n);
    simdact::backward(f, y, g, grad, n);
    const auto objective = [&](std::size_t moved, long double step) {
      std::vector<long double> e(n);
      long double sum = 0, total = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const long double logit = static_cast<long double>(x[i]) + (i == moved ? step : 0);
        const long double scaled = logit / static_cast<long double>(f.temperature);
        e[i] = (is_opposite<F> ? -scaled : scaled) + static_cast<long double>(mask[i]);
        sum += std::exp(e[i]);
      }
      for (std::size_t i = 0; i < n; ++i) {
        if (mask[i] == -inf<T>)
          continue;
        const long double value = is_log<F> ? e[i] - std::log(sum) : std::exp(e[i]) / sum;
        total += static_cast<long double>(g[i]) * value;
      }
      return total;
    };
    for (std::size_t i = 0; i < n; ++i) {
      const long double step = 0x1p-20L;
      const long double slope = (objective(i, step) - objective(i, -step)) / (2 * step);
      CAPTURE(f.name, f.temperature, i);
      CHECK(std::fabs(static_cast<double>(slope) - static_cast<double>(grad[i])) <=
            (sizeof(T) == 4 ? 8e-6 : 1e-10));
      ++slopes;
    }
  });
  CHECK(slopes == 27 * 6);
}

TEMPLATE_TEST_CASE("log-sum-exp of what is seen", "", float, double) {
  using T = TestType;
  const double bound = rows::crossing_bound<T>, floor = rows::crossing_floor<T>;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 9, 40, 1024, 2500}) {
    const auto last = static_cast<std::int32_t>(n);
    const std::vector<std::int32_t> lengths = {last, 1, last / 2, 0};
    const std::vector<T> x = logits<T>(4 * n, 5.0);
    std::vector<T> mask = logits<T>(n, 3.0, 8), by_length(4), by_place(4), by_sum(4);
    mask[n / 2] = n > 1 ? -inf<T> : T(2);
    simdact::log_sum_exp<T>(x, ValidLength{lengths}, by_length, n);
    simdact::log_sum_exp<T>(x, CausalMask{.offset = n / 3}, by_place, n);
    simdact::log_sum_exp<T>(x, AdditiveMask<T>{mask}, by_sum, n);
    for (std::size_t r = 0; r < 4; ++r) {
      CAPTURE(n, r);
      const std::vector<T> row = rows::row_of(x, r, n);
      const auto first = [&](std::size_t count) {
        const std::vector<T> part(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(count));
        return rows::Exact<T>(part, T(1)).log_sum_exp();
      };
      if (lengths[r] == 0)
        CHECK(by_length[r] == -inf<T>);
      else
        CHECK(sweep::ulp_error(by_length[r], first(static_cast<std::size_t>(lengths[r])), floor) <=
              bound);
      CHECK(sweep::ulp_error(by_place[r], first(std::min(n, n / 3 + r + 1)), floor) <= bound);
      std::vector<T> sums(n);
      for (std::size_t i = 0; i < n; ++i)
        sums[i] = row[i] + mask[i];
      CHECK(sweep::ulp_error(by_sum[r], rows::Exact<T>(sums, T(1)).log_sum_exp(), floor) <= bound);
    }
  }
  std::vector<T> result(1);
  simdact::log_sum_exp<T>(std::vector<T>{1, quiet_nan<T>}, AdditiveMask<T>{std::vector<T>{0, 0}},
                          result, 2);
  CHECK(std::isnan(result[0]));
  simdact::log_sum_exp<T>(std::vector<T>{1, inf<T>}, AdditiveMask<T>{std::vector<T>{0, 0}}, result,
                          2);
  CHECK(result[0] == inf<T>);
  simdact::log_sum_exp<T>(std::vector<T>{1, inf<T>},
                          AdditiveMask<T>{std::vector<T>{-inf<T>, -inf<T>}}, result, 2);
  CHECK(result[0] == -inf<T>);
}

TEMPLATE_TEST_CASE("log-sum-exp of what is seen, at a temperature, and its gradient", "", float,
                   double) {
  using T = TestType;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 9, 40, 2500}) {
    const auto last = static_cast<std::int32_t>(n);
    const std::vector<std::int32_t> lengths = {last, 1, last / 2, 0};
    std::vector<T> x = logits<T>(4 * n, 5.0), mask = logits<T>(n, 3.0, 8);
    x[n] = -inf<T>;
    mask[n / 2] = n > 1 ? -inf<T> : T(2);
    const std::vector<T> grad = {T(1), T(-2), T(0.3), T(5)};
    for (const T temperature : {T(1), T(2), T(0.25), inf<T>}) {
      std::vector<T> sums(4), slopes(4 * n, T(7)), by_mask(4), mask_slopes(4 * n);
      simdact::log_sum_exp<T>(x, ValidLength{lengths}, sums, n, temperature);
      simdact::log_sum_exp_backward<T>(x, ValidLength{lengths}, grad, slopes, n, temperature);
      simdact::log_sum_exp<T>(x, AdditiveMask<T>{mask}, by_mask, n, temperature);
      simdact::log_sum_exp_backward<T>(x, AdditiveMask<T>{mask}, grad, mask_slopes, n, temperature);
      for (std::size_t r = 0; r < 4; ++r) {
        CAPTURE(n, r, temperature);
        // The same calls, of what is seen and of the sums.
        std::vector<T> seen = rows::row_of(x, r, n), masked = seen;
        seen.resize(static_cast<std::size_t>(lengths[r]));
        std::vector<T> slopes_seen(seen.size()), slopes_masked(n);
        CHECK(same_bits(sums[r], simdact::log_sum_exp<T>(seen, temperature)));
        if (!seen.empty()) {
          simdact::log_sum_exp_backward<T>(seen, std::span(grad).subspan(r, 1), slopes_seen,
                                           seen.size(), temperature);
        }
        slopes_seen.resize(n);
        CHECK(rows::row_of(slopes, r, n) == slopes_seen);
        const bool hot = std::isinf(temperature);
        for (std::size_t i = 0; i < n; ++i) {
          const T logit = masked[i];
          masked[i] = hot ? mask[i] : logit + temperature * mask[i];
          if (logit == -inf<T>)
            masked[i] = -inf<T>;
        }
        const T at = hot ? T(1) : temperature;
        const T direct = simdact::log_sum_exp<T>(masked, at);
        CHECK((by_mask[r] == direct ||
               std::fabs(by_mask[r] - direct) <=
                   2 * std::numeric_limits<T>::epsilon() * std::max(T(1), std::fabs(direct))));
        simdact::log_sum_exp_backward<T>(masked, std::span(grad).subspan(r, 1), slopes_masked, n,
                                         at);
        if (hot)
          slopes_masked.assign(n, T(0));
        CHECK(rows::row_of(mask_slopes, r, n) == slopes_masked);
      }
    }
  }
}

TEST_CASE("softmin is softmax of the opposite") {
  const auto check = [](auto softmin, auto softmax) {
    using T = typename decltype(softmin)::value_type;
    for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 16, 37, 1000}) {
      for (const T t : {T(0), T(0.5), T(1), T(3), inf<T>}) {
        softmin.temperature = softmax.temperature = t;
        std::vector<T> x = logits<T>(3 * n, 10.0), g = logits<T>(3 * n, 1.0, 8);
        x[n - 1] = inf<T>;
        x[n] = -inf<T>;
        std::vector<T> opposite(x.size()), grad(x.size()), grad_opposite(x.size());
        std::transform(x.begin(), x.end(), opposite.begin(), [](T v) { return -v; });
        const std::vector<T> p = unmasked(softmin, x, n);
        CHECK(all_same_bits(p, unmasked(softmax, opposite, n)));
        simdact::backward(softmin, p, g, grad, n);
        simdact::backward(softmax, p, g, grad_opposite, n);
        CHECK(std::equal(grad.begin(), grad.end(), grad_opposite.begin(),
                         [](T a, T b) { return a == -b || (std::isnan(a) && std::isnan(b)); }));
      }
    }
  };
  check(Softmin<float>{}, Softmax<float>{});
  check(Softmin<float, Fast>{}, Softmax<float, Fast>{});
  check(Softmin<double>{}, Softmax<double>{});
  // PyTorch: softmin(x)_i = exp(-x_i)/sum_j exp(-x_j).
  std::vector<double> p(3);
  simdact::forward(Softmin<double>{}, std::vector<double>{1, 2, 3}, p);
  CHECK(p[0] == Approx(0.66524095577482178).epsilon(1e-15));
  CHECK(p[1] == Approx(0.24472847105479767).epsilon(1e-15));
  CHECK(p[2] == Approx(0.090030573170380462).epsilon(1e-15));
  simdact::forward(Softmin<double>{.temperature = 0}, std::vector<double>{3, 1, 1}, p);
  CHECK(p == std::vector<double>{0, 0.5, 0.5});
  simdact::forward(Softmin<double>{.masked_row = MaskedRow::zero},
                   std::vector<double>(3, inf<double>), p);
  CHECK(p == std::vector<double>(3, 0.0));
}

TEST_CASE("masks that do not suit are refused, with the numbers, and nothing is written") {
  const Softmax<float> f;
  const std::vector<float> x(12, 1.0f);
  std::vector<float> p(12, -1.0f), results(3, -1.0f), memory(24, -1.0f);
  const auto forward = [&](auto const& mask) {
    return message_of([&] { simdact::forward(f, x, mask, p, 4); });
  };
  const auto backward = [&](auto const& mask) {
    return message_of([&] { simdact::backward(f, x, x, mask, p, 4); });
  };
  const auto log_sum_exp = [&](auto const& mask) {
    return message_of([&] { simdact::log_sum_exp(x, mask, results, 4); });
  };
  const std::string blocks =
      "simdact: the number of rows is 3, but must be a multiple of the mask's rows 2";
  CHECK(forward(CausalMask{.rows = 2}) == blocks);
  CHECK(backward(CausalMask{.rows = 2}) == blocks);
  CHECK(log_sum_exp(CausalMask{.rows = 2}) == blocks);
  for (const auto& [lengths, message] :
       {std::pair{std::vector<std::int32_t>{4, 5, 0},
                  "simdact: lengths[1] is 5, but must be in [0, 4]"},
        {std::vector<std::int32_t>{4, 4, -1}, "simdact: lengths[2] is -1, but must be in [0, 4]"},
        {std::vector<std::int32_t>{4, 4},
         "simdact: lengths has length 2, but the number of rows is 3"}}) {
    CHECK(forward(ValidLength{lengths}) == message);
    CHECK(backward(ValidLength{lengths}) == message);
    CHECK(log_sum_exp(ValidLength{lengths}) == message);
  }
  const std::vector<float> five(5, 0.0f);
  const std::string length =
      "simdact: mask has length 5, but must have that of a row, 4, or of logits, 12";
  CHECK(forward(AdditiveMask<float>{five}) == length);
  CHECK(log_sum_exp(AdditiveMask<float>{five}) == length);
  // In place of a mask that all rows share, or of a part of one.
  const auto all = std::span(memory).first(12);
  const auto into = [&](std::span<float> out, std::span<float const> mask) {
    return message_of([&] { simdact::forward(f, x, AdditiveMask<float>{mask}, out, 4); });
  };
  CHECK(into(all, all.first(4)).starts_with("simdact: probs (length 12) and mask (length 4) over"));
  CHECK(into(std::span(memory).subspan(1, 12), all)
            .starts_with("simdact: probs (length 12) and mask (length 12) overlap"));
  CHECK(message_of([&] {
          simdact::log_sum_exp(x, AdditiveMask<float>{all}, std::span(memory).first(3), 4);
        }).starts_with("simdact: results (length 3) and mask (length 12) overlap"));
  // What is refused without a mask is refused with one.
  CHECK_THROWS_AS(simdact::forward(f, x, CausalMask{}, p, 5), std::invalid_argument);
  CHECK_THROWS_AS(simdact::forward(f, x, CausalMask{}, memory, 4), std::invalid_argument);
  CHECK_THROWS_AS(simdact::forward(Softmin<float>{.temperature = -1}, x, CausalMask{}, p, 4),
                  std::invalid_argument);
  CHECK(message_of([&] { simdact::backward(f, x, five, CausalMask{}, p, 4); }) ==
        "simdact: grad_probs has length 5, but probs has length 12");
  CHECK(message_of([&] { simdact::backward(LogSoftmax<float>{}, x, five, p, 4); }) ==
        "simdact: grad_log_probs has length 5, but log_probs has length 12");
  CHECK(p == std::vector<float>(12, -1.0f));
  CHECK(results == std::vector<float>(3, -1.0f));
  CHECK(memory == std::vector<float>(24, -1.0f));
}

TEST_CASE("no rows and no columns are fine under every mask") {
  const std::span<float const> x;
  const std::span<float> y;
  for (const std::size_t n : {0u, 3u}) {
    CHECK_NOTHROW(simdact::forward(Softmax<float>{}, x, CausalMask{.rows = 2}, y, n));
    CHECK_NOTHROW(simdact::forward(Softmin<float>{}, x, ValidLength{}, y, n));
    CHECK_NOTHROW(simdact::forward(LogSoftmax<float>{}, x, AdditiveMask<float>{}, y, n));
    CHECK_NOTHROW(simdact::backward(Softmax<float>{}, x, x, CausalMask{}, y, n));
    CHECK_NOTHROW(simdact::log_sum_exp(x, CausalMask{}, y, n));
  }
}
