// Sampling against a plain implementation in long double: a full stable sort, then sums.

#include <iostream>
#include <numeric>
#include <sstream>

#include <simdact/simdact.hpp>

#include "catch.hpp"
#include "message_of.hpp"
#include "rows.hpp"

namespace {

using rows::inf;
using rows::quiet_nan;
using simdact::Sampling;

std::string text_of(double x) {
  std::ostringstream text;
  text << x;
  return text.str();
}

/// The distribution function of the kept tokens, in the order of their indices.
class Reference {
 public:
  template <class T>
  Reference(std::vector<T> const& x, Sampling const& sampling) {
    std::vector<std::size_t> order(x.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return x[a] > x[b]; });
    if (sampling.temperature == 0)
      order.resize(1);
    if (sampling.top_k != 0)
      order.resize(std::min(order.size(), sampling.top_k));
    std::vector<long double> weight(x.size());
    long double sum = 0.0L;
    for (const std::size_t i : order) {
      const long double depth = static_cast<long double>(x[i]) - x[order[0]];
      const bool hot = sampling.temperature == inf<double>;
      weight[i] = x[i] == -inf<T>     ? 0.0L
                  : hot || depth == 0 ? 1.0L
                                      : std::exp(depth / temperature(sampling));
      sum += weight[i];
    }
    if (sampling.top_p < 1.0)
      order.resize(nucleus(order, weight, sampling.top_p * sum));
    order_margin_ /= sum;
    std::sort(order.begin(), order.end());
    long double so_far = 0.0L;
    for (const std::size_t i : order) {
      if (weight[i] > 0) {
        token_.push_back(i);
        reached_.push_back(so_far += weight[i]);
      }
    }
    for (long double& r : reached_)
      r /= so_far;
  }

  std::size_t token(double uniform) const { return token_[place(uniform)]; }

  /// How far the uniform number, or top_p, is from where the answer changes.
  long double margin(double uniform) const {
    const std::size_t i = place(uniform);
    const long double below = i == 0 ? 1.0L : uniform - reached_[i - 1];
    const long double above = i + 1 == token_.size() ? 1.0L : reached_[i] - uniform;
    return std::min({below, above, order_margin_});
  }

  /// By index; 0 for what is not kept.
  std::vector<long double> probabilities(std::size_t n) const {
    std::vector<long double> p(n);
    for (std::size_t i = 0; i < token_.size(); ++i)
      p[token_[i]] = reached_[i] - (i == 0 ? 0.0L : reached_[i - 1]);
    return p;
  }

 private:
  static long double temperature(Sampling const& sampling) {
    return sampling.temperature == 0 ? 1.0L : static_cast<long double>(sampling.temperature);
  }

  std::size_t nucleus(std::vector<std::size_t> const& order, std::vector<long double> const& weight,
                      long double target) {
    long double so_far = 0.0L;
    for (std::size_t m = 0; m < order.size(); ++m) {
      const long double before = so_far;
      so_far += weight[order[m]];
      if (so_far >= target || m + 1 == order.size()) {
        order_margin_ = std::min(so_far - target, m == 0 ? 1.0L : target - before);
        return m + 1;
      }
    }
    return 0;
  }

  std::size_t place(double uniform) const {
    const auto found = std::upper_bound(reached_.begin(), reached_.end(), uniform);
    return std::min(static_cast<std::size_t>(found - reached_.begin()), token_.size() - 1);
  }

  std::vector<std::size_t> token_;
  std::vector<long double> reached_;
  long double order_margin_ = 1e30L;
};

/// With scratch that is as long as needed, or none where none is.
template <class T>
std::size_t sample(std::vector<T> const& x, Sampling const& sampling, double uniform) {
  const bool is_cut = sampling.top_k != 0 || sampling.top_p < 1.0;
  std::vector<T> scratch(is_cut ? x.size() : 0, quiet_nan<T>);
  return simdact::sample<T>(x, sampling, uniform, scratch);
}

/// Normally distributed, nearly: what a language model's logits look like.
template <class T>
std::vector<T> bell(std::size_t n, double deviation) {
  std::vector<T> x(n);
  for (unsigned seed = 0; seed < 12; ++seed) {
    const std::vector<T> uniform = rows::logits<T>(n, deviation / 2, seed);
    std::transform(x.begin(), x.end(), uniform.begin(), x.begin(), std::plus<>());
  }
  return x;
}

template <class T>
std::vector<std::vector<T>> shapes(std::size_t n) {
  std::vector<T> tied = rows::logits<T>(n, 3.0), masked = bell<T>(n, 3.0);
  for (T& v : tied)
    v = std::round(v);
  for (std::size_t i = 0; i < n; ++i) {
    if (i % 3 != 0)
      masked[i] = -inf<T>;
  }
  return {bell<T>(n, 0.1), bell<T>(n, 3.0),          rows::logits<T>(n, 10000.0), tied,
          masked,          std::vector<T>(n, T(2.5))};
}

/// Numbers from [0, 1): its ends, and others spread over it.
std::vector<double> uniforms(std::size_t count) {
  std::vector<double> u = {0.0, 0x1p-60, 1.0 - 0x1p-53};
  for (std::size_t i = 0; i < count; ++i)
    u.push_back((static_cast<double>(i) + 0.4142135623730951) / static_cast<double>(count));
  std::sort(u.begin(), u.end());
  return u;
}

struct Tally {
  std::size_t samples = 0;
  std::size_t close = 0;  // to where the answer changes, so that rounding decides
  std::size_t wrong = 0;
};

template <class T>
void compare(std::vector<T> const& x, Sampling const& sampling, std::vector<double> const& us,
             Tally& tally) {
  const Reference reference(x, sampling);
  std::size_t last = 0;
  for (const double u : us) {
    ++tally.samples;
    const std::size_t got = sample(x, sampling, u);
    const bool monotone = last <= got;
    last = got;
    const bool right = got == reference.token(u);
    const bool is_close = reference.margin(u) < 1e-13L;
    tally.close += is_close ? 1 : 0;
    if ((!right && !is_close) || !monotone || got >= x.size() || x[got] == -inf<T>) {
      ++tally.wrong;
      UNSCOPED_INFO("n = " << x.size() << ", T = " << sampling.temperature
                           << ", top_k = " << sampling.top_k << ", top_p = " << sampling.top_p
                           << ", u = " << u << ": got " << got << ", not " << reference.token(u));
    }
  }
}

}  // namespace

TEMPLATE_TEST_CASE("a sample is that of the plain implementation", "", float, double) {
  using T = TestType;
  Tally tally;
  const std::vector<double> us = uniforms(5);
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 3, 17, 31, 65, 129, 1027}) {
    for (auto const& x : shapes<T>(n)) {
      for (const std::size_t top_k : {std::size_t{0}, std::size_t{1}, std::size_t{2},
                                      std::size_t{5}, n / 2, n - 1, n, n + 7}) {
        for (const double top_p : {1.0, 0.999, 0.87, 0.47, 0.1, 1e-9}) {
          for (const double temperature : {0.0, 0.01, 0.7, 1.0, 5.0, inf<double>})
            compare(x, {.temperature = temperature, .top_k = top_k, .top_p = top_p}, us, tally);
        }
      }
    }
  }
  CHECK(tally.samples == 8 * 6 * 8 * 6 * 6 * 8);
  CHECK(tally.wrong == 0);
  std::cout << tally.close << " of " << tally.samples << " samples are left to rounding\n";
  CHECK(tally.close * 50 < tally.samples);
}

TEMPLATE_TEST_CASE("a sample of a vocabulary is that of the plain implementation", "", float,
                   double) {
  using T = TestType;
  Tally tally;
  for (const std::size_t n : {std::size_t{50257}, std::size_t{128256}}) {
    std::vector<T> rounded = bell<T>(n, 3.0);
    for (T& v : rounded)
      v = std::round(v * 4) / 4;
    for (auto const& x : {bell<T>(n, 3.0), rounded}) {
      for (Sampling const& sampling :
           {Sampling{}, Sampling{.temperature = 0.0}, Sampling{.temperature = 0.7},
            Sampling{.top_k = 40}, Sampling{.top_k = 5000}, Sampling{.top_k = n - 1},
            Sampling{.top_p = 0.9}, Sampling{.temperature = 2.0, .top_p = 0.3},
            Sampling{.temperature = 0.8, .top_k = 50, .top_p = 0.95},
            Sampling{.temperature = inf<double>, .top_k = 50, .top_p = 0.49}})
        compare(x, sampling, uniforms(13), tally);
    }
  }
  CHECK(tally.samples == 2 * 2 * 10 * 16);
  CHECK(tally.wrong == 0);
  std::cout << tally.close << " of " << tally.samples << " samples are left to rounding\n";
  CHECK(tally.close * 50 < tally.samples);
}

TEMPLATE_TEST_CASE("tokens come as often as they are probable", "", float, double) {
  using T = TestType;
  constexpr std::size_t draws = 20000;
  constexpr std::size_t n = 40;
  for (auto const& x : {bell<T>(n, 1.0), shapes<T>(n)[3], shapes<T>(n)[4]}) {
    for (Sampling const& sampling :
         {Sampling{}, Sampling{.temperature = 0.6}, Sampling{.temperature = inf<double>},
          Sampling{.top_k = 7}, Sampling{.top_p = 0.83},
          Sampling{.temperature = 1.5, .top_k = 20, .top_p = 0.9}}) {
      const std::vector<long double> p = Reference(x, sampling).probabilities(n);
      std::vector<std::size_t> count(n);
      for (std::size_t i = 0; i < draws; ++i) {
        const double uniform = (static_cast<double>(i) + 0.5) / draws;
        ++count[sample(x, sampling, uniform)];
      }
      for (std::size_t i = 0; i < n; ++i) {
        // An interval of this length holds so many points of the grid, or one more or less.
        CHECK(std::fabs(static_cast<long double>(count[i]) - p[i] * draws) <= 1.0L + 1e-9L);
        CHECK((p[i] > 0 || count[i] == 0));
      }
    }
  }
}

TEMPLATE_TEST_CASE("the distribution is walked in the order of the indices", "", float, double) {
  using T = TestType;
  const std::vector<T> even(8, T(-1.5));
  for (std::size_t i = 0; i < 8; ++i) {
    const double step = static_cast<double>(i) / 8;
    CHECK(sample(even, {}, step) == i);  // up to and with the own one: more than uniform
    CHECK(sample(even, {}, step + 0.125 - 0x1p-53) == i);
    CHECK(sample(even, {.temperature = inf<double>}, step) == i);
    CHECK(sample(even, {.top_k = 4}, step) == i / 2);
    CHECK(sample(even, {.top_p = 0.5}, step) == i / 2);
    CHECK(sample(even, {.top_k = 4, .top_p = 0.5}, step) == i / 4);
    CHECK(sample(even, {.top_p = 0.5 + 0x1p-50}, 0.99) == 4);
    CHECK(sample(even, {.top_k = 100}, step) == i);
  }
}

TEMPLATE_TEST_CASE("of equal logits the first ones are kept", "", float, double) {
  using T = TestType;
  const std::vector<T> x = {0, 1, 0, 2, 0, 1, 1, -inf<T>, 0};
  const auto kept = [&](Sampling const& sampling) {
    std::vector<std::size_t> tokens;
    for (int i = 0; i < 1000; ++i) {
      const std::size_t token = sample(x, sampling, i / 1000.0);
      if (tokens.empty() || tokens.back() != token)
        tokens.push_back(token);
    }
    return tokens;
  };
  using Tokens = std::vector<std::size_t>;
  CHECK(kept({.top_k = 1}) == Tokens{3});
  CHECK(kept({.top_k = 2}) == Tokens{1, 3});
  CHECK(kept({.top_k = 3}) == Tokens{1, 3, 5});
  CHECK(kept({.top_k = 4}) == Tokens{1, 3, 5, 6});
  CHECK(kept({.top_k = 6}) == Tokens{0, 1, 2, 3, 5, 6});
  CHECK(kept({.top_k = 8}) == Tokens{0, 1, 2, 3, 4, 5, 6, 8});
  CHECK(kept({.top_k = 9}) == Tokens{0, 1, 2, 3, 4, 5, 6, 8});
  CHECK(kept({}) == Tokens{0, 1, 2, 3, 4, 5, 6, 8});
  // Of e^2 + 3e + 4 = 19.54: 7.39, 10.11, 12.83, 15.54, 16.54, ...
  CHECK(kept({.top_p = 1e-300}) == Tokens{3});
  CHECK(kept({.top_p = 0.37}) == Tokens{3});
  CHECK(kept({.top_p = 0.39}) == Tokens{1, 3});
  CHECK(kept({.top_p = 0.6}) == Tokens{1, 3, 5});
  CHECK(kept({.top_p = 0.7}) == Tokens{1, 3, 5, 6});
  CHECK(kept({.top_p = 0.8}) == Tokens{0, 1, 3, 5, 6});
  // Of what top_k leaves: 7.39 and 10.11 of 12.83.
  CHECK(kept({.top_k = 3, .top_p = 0.57}) == Tokens{3});
  CHECK(kept({.top_k = 3, .top_p = 0.58}) == Tokens{1, 3});
  CHECK(kept({.top_k = 3, .top_p = 0.79}) == Tokens{1, 3, 5});
  // At any temperature, the largest logits first.
  CHECK(kept({.temperature = inf<double>, .top_k = 2}) == Tokens{1, 3});
  CHECK(kept({.temperature = inf<double>, .top_p = 0.1}) == Tokens{3});
  CHECK(kept({.temperature = inf<double>, .top_p = 0.6}) == Tokens{0, 1, 3, 5, 6});
  CHECK(kept({.temperature = 0.0, .top_k = 5}) == Tokens{3});
}

TEMPLATE_TEST_CASE("temperature 0 is the first largest logit, whatever the number", "", float,
                   double) {
  using T = TestType;
  for (const double uniform : {0.0, 0.5, 1.0 - 0x1p-53}) {
    for (Sampling const& sampling :
         {Sampling{.temperature = 0.0}, Sampling{.temperature = -0.0},
          Sampling{.temperature = 0.0, .top_k = 2, .top_p = 0.9}, Sampling{.top_k = 1}}) {
      CHECK(sample<T>({7}, sampling, uniform) == 0);
      CHECK(sample<T>({-inf<T>, 1, 5, 5, 2}, sampling, uniform) == 2);
      CHECK(sample<T>({T(-0.0), 0}, sampling, uniform) == 0);
      CHECK(sample<T>({0, T(-0.0)}, sampling, uniform) == 0);
      CHECK(sample<T>({-3, -inf<T>}, sampling, uniform) == 0);
    }
  }
}

TEMPLATE_TEST_CASE("one token is left, wherever it stands", "", float, double) {
  using T = TestType;
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 33, 1024, 1025, 3000}) {
    for (const std::size_t at : {std::size_t{0}, n / 2, n - 1}) {
      std::vector<T> masked(n, -inf<T>), low(n, T(-1e4));
      masked[at] = low[at] = T(1);
      for (const double uniform : {0.0, 0.3, 1.0 - 0x1p-53}) {
        for (const std::size_t top_k : {std::size_t{0}, std::size_t{1}, n}) {
          CHECK(sample(masked, {.top_k = top_k}, uniform) == at);
          CHECK(sample(masked, {.temperature = inf<double>, .top_k = top_k}, uniform) == at);
          CHECK(sample(low, {.top_k = top_k}, uniform) == at);
          CHECK(sample(low, {.top_k = top_k, .top_p = 1.0 - 0x1p-53}, uniform) == at);
        }
      }
    }
  }
}

TEMPLATE_TEST_CASE("extreme logits and temperatures", "", float, double) {
  using T = TestType;
  const T largest = std::numeric_limits<T>::max();
  const T least = std::numeric_limits<T>::denorm_min();
  const double last = 1.0 - 0x1p-53;
  for (Sampling const& cut : {Sampling{}, Sampling{.top_k = 2}, Sampling{.top_p = last}}) {
    Sampling s = cut;
    CHECK(sample<T>({-largest, largest}, s, 0.0) == 1);
    CHECK(sample<T>({largest, -largest}, s, last) == 0);
    CHECK(sample<T>({largest, largest}, s, 0.5) == 1);
    s.temperature = inf<double>;
    CHECK(sample<T>({largest, -largest}, s, 0.49) == 0);
    CHECK(sample<T>({largest, -largest}, s, 0.51) == 1);
    s.temperature = std::numeric_limits<double>::max();
    CHECK(sample<T>({1, 0}, s, 0.51) == 1);
    s.temperature = std::numeric_limits<double>::denorm_min();
    CHECK(sample<T>({1, 2}, s, 0.0) == 1);
    CHECK(sample<T>({2, 2}, s, 0.5) == 1);
    // Temperatures below 1e-300 count as that, which is above the least difference of two doubles alone.
    CHECK(sample<T>({least, 0}, s, 0.75) == (sizeof(T) == 4 ? 0 : 1));
  }
}

TEMPLATE_TEST_CASE("a sample does not depend on where the logits stand", "", float, double) {
  using T = TestType;
  const std::vector<T> x = bell<T>(1100, 2.0);
  std::vector<T> memory(x.size() + 16), scratch(x.size() + 16);
  for (Sampling const& sampling :
       {Sampling{}, Sampling{.top_k = 30, .top_p = 0.9}, Sampling{.top_p = 0.9}}) {
    for (const double uniform : uniforms(4)) {
      const std::size_t expected = sample(x, sampling, uniform);
      for (std::size_t offset = 0; offset < 16; ++offset) {
        std::copy(x.begin(), x.end(), memory.begin() + static_cast<std::ptrdiff_t>(offset));
        const auto there = std::span<T const>(memory).subspan(offset, x.size());
        CHECK(simdact::sample<T>(there, sampling, uniform,
                                 std::span(scratch).subspan(16 - offset)) == expected);
        CHECK(std::equal(x.begin(), x.end(), there.begin()));
      }
    }
  }
}

TEST_CASE("scratch is touched only as far as the logits are long, and only where needed") {
  const std::vector<float> x = bell<float>(500, 2.0);
  std::vector<float> scratch(600, -7.0f);
  const auto untouched = [&](std::ptrdiff_t from) {
    return std::count(scratch.begin() + from, scratch.end(), -7.0f) == 600 - from;
  };
  simdact::sample(x, {.temperature = 0.8}, 0.5, scratch);
  simdact::sample(x, {.temperature = 0.0, .top_k = 10, .top_p = 0.5}, 0.5, scratch);
  CHECK(untouched(0));
  for (const std::size_t top_k : std::initializer_list<std::size_t>{1, 10, 100, 499, 500, 501}) {
    simdact::sample(x, {.top_k = top_k, .top_p = 0.9}, 0.5, scratch);
    CHECK(untouched(500));
  }
}

TEMPLATE_TEST_CASE("what cannot be sampled is refused, and nothing is written", "", float, double) {
  using T = TestType;
  std::vector<T> scratch(8, T(-7));
  const auto refusal = [&](std::vector<T> const& x, Sampling const& sampling, double uniform) {
    return message_of([&] { simdact::sample<T>(x, sampling, uniform, scratch); });
  };
  const std::vector<T> x = {1, 2, 3};
  CHECK(refusal({}, {}, 0.5) == "simdact: there is no token to sample: logits has length 0");
  CHECK(refusal(x, {.temperature = -1.5}, 0.5) == "simdact: temperature is -1.5, but must be >= 0");
  CHECK(refusal(x, {.temperature = -inf<double>}, 0.5) ==
        "simdact: temperature is -inf, but must be >= 0");
  CHECK(refusal(x, {.temperature = quiet_nan<double>}, 0.5).find("nan") != std::string::npos);
  for (const double bad : {0.0, -0.5, 1.5, inf<double>, quiet_nan<double>}) {
    CHECK(refusal(x, {.top_p = bad}, 0.5) ==
          "simdact: top_p is " + text_of(bad) + ", but must be in (0, 1]");
  }
  for (const double bad : {1.0, -0.25, 3.0, inf<double>, quiet_nan<double>}) {
    CHECK(refusal(x, {.top_k = 2}, bad) ==
          "simdact: uniform is " + text_of(bad) + ", but must be in [0, 1)");
  }
  for (const double temperature : {0.0, 1.0, inf<double>}) {
    for (const std::size_t top_k : {std::size_t{0}, std::size_t{2}}) {
      const Sampling sampling{.temperature = temperature, .top_k = top_k};
      CHECK(refusal({1, 2, inf<T>, 3}, sampling, 0.5) ==
            "simdact: logits[2] is inf, but must be a number below inf");
      CHECK(refusal({1, quiet_nan<T>, inf<T>}, sampling, 0.5) ==
            "simdact: logits[1] is " + text_of(quiet_nan<T>) + ", but must be a number below inf");
      CHECK(refusal(std::vector<T>(5, -inf<T>), sampling, 0.5) ==
            "simdact: there is no token to sample: all 5 logits are -inf");
    }
  }
  CHECK(scratch == std::vector<T>(8, T(-7)));
}

TEST_CASE("a NaN or +inf is found wherever it stands") {
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 7, 33, 200}) {
    for (std::size_t i = 0; i < n; ++i) {
      for (const float bad : {inf<float>, quiet_nan<float>}) {
        std::vector<float> x(n, -inf<float>);
        x[i] = bad;
        const std::string place = "logits[" + std::to_string(i) + "]";
        CHECK(message_of([&] { sample(x, {}, 0.5); }) ==
              "simdact: " + place + " is " + text_of(bad) + ", but must be a number below inf");
      }
    }
  }
}

TEST_CASE("scratch that is too short or overlaps is refused") {
  std::vector<float> memory(20, 1.0f);
  const std::span x(memory.data(), 8);
  const auto refusal = [&](Sampling const& sampling, std::span<float> scratch) {
    return message_of([&] { simdact::sample(x, sampling, 0.5, scratch); });
  };
  for (Sampling const& sampling : {Sampling{.top_k = 2}, Sampling{.top_p = 0.5}}) {
    CHECK(refusal(sampling, {}) ==
          "simdact: scratch has length 0, but must have that of logits, 8, for top_k and top_p");
    CHECK(refusal(sampling, std::span(memory).subspan(8, 7)) ==
          "simdact: scratch has length 7, but must have that of logits, 8, for top_k and top_p");
    CHECK(refusal(sampling, std::span(memory).subspan(7, 10)) ==
          "simdact: scratch (length 10) and logits (length 8) overlap, but must be apart");
    CHECK(refusal(sampling, x) ==
          "simdact: scratch (length 8) and logits (length 8) overlap, but must be apart");
    CHECK(refusal(sampling, std::span(memory).subspan(8, 8)) == "nothing was thrown");
  }
  CHECK(refusal({}, x) == "nothing was thrown");
}
