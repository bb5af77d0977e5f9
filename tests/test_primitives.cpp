// The primitives of the tables: batches of every architecture, by their own instruction or by the portable
// form, give what the scalar form gives.

#include <simdact/core/piecewise.hpp>

#include "catch.hpp"
#include "inputs.hpp"

namespace {

namespace core = simdact::core;

template <std::size_t N>
std::array<float, N> numbers(float first) {
  std::array<float, N> table;
  for (std::size_t i = 0; i < N; ++i)
    table[i] = first + static_cast<float>(i * i);
  return table;
}

/// Calls test(batch of x, lanes of x, size) for batches of every architecture.
template <class Test, class... A>
void for_each_batch(xsimd::arch_list<A...>, Test test) {
  const auto one = [&]<class Batch>(Batch) {
    if constexpr (Batch::size > 0) {
      const std::vector<float> x = inputs<float>(4 * Batch::size);
      for (std::size_t i = 0; i < x.size(); i += Batch::size)
        test(Batch::load_unaligned(x.data() + i), x.data() + i);
    }
  };
  (one(xsimd::batch<float, A>{}), ...);
}

template <class Batch>
std::array<float, Batch::size> lanes(Batch const& x) {
  std::array<float, Batch::size> out;
  x.store_unaligned(out.data());
  return out;
}

template <std::size_t N>
void check_pick() {
  alignas(64) const std::array<float, N> table = numbers<N>(0.5f);
  std::array<std::array<float, 4>, N> rows;
  for (std::size_t i = 0; i < N; ++i)
    rows[i] = numbers<4>(static_cast<float>(100 * i));
  for_each_batch(xsimd::supported_architectures{}, [&](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    const auto index = core::pattern_above(x, 20);
    const auto picked = lanes(core::pick(table, index));
    const auto scaled = lanes(core::pick(table, index, 3.0f));
    std::array<Batch, 4> columns;
    core::pick_row(rows, index, columns);
    for (std::size_t i = 0; i < picked.size(); ++i) {
      const std::uint32_t one = core::pattern_above(scalars[i], 20);
      CHECK(one == std::bit_cast<std::uint32_t>(scalars[i]) >> 20);
      CHECK(picked[i] == table[one % N]);
      CHECK(picked[i] == core::pick(table, one));
      CHECK(scaled[i] == 3.0f * picked[i]);
      for (std::size_t k = 0; k < 4; ++k)
        CHECK(lanes(columns[k])[i] == rows[one % N][k]);
    }
  });
}

}  // namespace

TEST_CASE("a table is picked from by the low bits of the index") {
  check_pick<8>();
  check_pick<16>();
  check_pick<32>();
  check_pick<64>();
}

TEST_CASE("quotients and roots are as near in batches as in scalars") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    const auto ratios = lanes(core::ratio(std::remove_cvref_t<decltype(x)>(7.0f), x));
    const auto roots = lanes(core::root(core::magnitude(x)));
    for (std::size_t i = 0; i < ratios.size(); ++i) {
      CHECK(same_bits(ratios[i], 7.0f / scalars[i]));
      CHECK(same_bits(roots[i], std::sqrt(std::fabs(scalars[i]))));
    }
  });
}

TEST_CASE("estimates are near, and the same in batches as in scalars") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    const auto reciprocals = lanes(core::reciprocal_estimate(x));
    const auto inverse_roots = lanes(core::inverse_root_estimate(core::magnitude(x)));
    for (std::size_t i = 0; i < reciprocals.size(); ++i) {
      const float t = std::fabs(scalars[i]);
      CHECK(same_bits(reciprocals[i], core::reciprocal_estimate(scalars[i])));
      CHECK(same_bits(inverse_roots[i], core::inverse_root_estimate(t)));
      // Of smaller numbers the reciprocal overflows, of larger ones it is subnormal.
      if (t > 0x1p-126f && t < 0x1p126f) {
        CHECK(std::fabs(double(reciprocals[i]) * scalars[i] - 1.0) < 0x1p-14);
        CHECK(std::fabs(inverse_roots[i] * std::sqrt(double(t)) - 1.0) < 0x1p-14);
      }
    }
  });
}

TEST_CASE("a sign is kept where it is 0 or NaN") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    const auto signs = lanes(core::signum(x));
    for (std::size_t i = 0; i < signs.size(); ++i) {
      const float s = scalars[i];
      CHECK(same_bits(signs[i], s == s && s != 0.0f ? std::copysign(1.0f, s) : s));
      CHECK(same_bits(core::signum(s), signs[i]));
    }
  });
}

TEST_CASE("a magnitude is bounded, and the bound that of NaN") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    const auto bounded = lanes(core::bounded_magnitude(x, 0.75f));
    for (std::size_t i = 0; i < bounded.size(); ++i) {
      const float s = scalars[i];
      CHECK(same_bits(bounded[i], std::fmin(std::fabs(s), 0.75f)));
      CHECK(same_bits(bounded[i], core::bounded_magnitude(s, 0.75f)));
    }
  });
}

TEST_CASE("a step keeps NaN, and the left branch owns 0") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    const auto steps = lanes(core::stepped(x, Batch(0.25f)));
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const float expected = scalars[i] > 0.0f ? 1.0f : scalars[i] <= 0.0f ? 0.25f : scalars[i];
      CHECK(same_bits(steps[i], expected));
      CHECK(same_bits(core::stepped(scalars[i], 0.25f), expected));
    }
  });
}

TEST_CASE("what is above a bound is told from what is not, NaN from both") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    constexpr float largest = std::numeric_limits<float>::max();
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
    for (const float bound : {0.0f, 0.5f, -1.0f, infinity, -infinity, not_a_number}) {
      const auto steps = lanes(core::above(x, Batch(bound)));
      const float finite = bound < -largest ? -largest : bound < largest ? bound : largest;
      for (std::size_t i = 0; i < steps.size(); ++i) {
        const float expected = scalars[i] > finite    ? 1.0f
                               : scalars[i] <= finite ? 0.0f
                                                      : scalars[i];
        CHECK(same_bits(steps[i], expected));
        CHECK(same_bits(core::above(scalars[i], bound), expected));
      }
    }
  });
}

TEST_CASE("a value stays where another is positive, 0 is where it is not, and NaN is kept") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    const auto values = lanes(core::where_positive(x, Batch(0.25f)));
    for (std::size_t i = 0; i < values.size(); ++i) {
      const float expected = scalars[i] > 0.0f ? 0.25f : scalars[i] <= 0.0f ? 0.0f : scalars[i];
      CHECK(same_bits(values[i], expected));
      CHECK(same_bits(core::where_positive(scalars[i], 0.25f), expected));
    }
  });
}

TEST_CASE("0 stands where a mask holds, and steps keep the NaN that is there") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    const auto masked = lanes(core::zero_where(x <= Batch(0.5f), x));
    const auto steps = lanes(core::stepped_from(x, x));
    for (std::size_t i = 0; i < masked.size(); ++i) {
      const float s = scalars[i];
      CHECK(same_bits(masked[i], s <= 0.5f ? 0.0f : s));
      CHECK(same_bits(core::zero_where(s <= 0.5f, s), masked[i]));
      CHECK(same_bits(steps[i], s > 0.0f ? 1.0f : s));
      CHECK(same_bits(core::stepped_from(s, s), steps[i]));
    }
  });
}

TEST_CASE("0 stands in doubles, too") {
  // Of this architecture alone: xsimd 8.1 lists 32-bit NEON, whose doubles do not compile.
  for_each_batch(xsimd::arch_list<xsimd::default_arch>{},
                 []<class A>(xsimd::batch<float, A> const&, float const* scalars) {
                   using Batch = xsimd::batch<double, A>;
                   std::array<double, Batch::size> x, y;
                   for (std::size_t i = 0; i < x.size(); ++i)
                     x[i] = double(scalars[i]);
                   const Batch d = Batch::load_unaligned(x.data());
                   core::zero_where(d <= Batch(0.5), d).store_unaligned(y.data());
                   for (std::size_t i = 0; i < x.size(); ++i)
                     CHECK(same_bits(y[i], x[i] <= 0.5 ? 0.0 : x[i]));
                 });
}

TEST_CASE("what lies between two bounds is told from what does not, NaN from both") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    constexpr float largest = std::numeric_limits<float>::max();
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
    for (const float low : {-0.5f, 0.0f, 0x1p-149f, -largest, -infinity, not_a_number}) {
      for (const float high : {0.0f, 0x1p-148f, 0.75f, largest, infinity, not_a_number}) {
        const auto inside = lanes(core::between(x, Batch(low), Batch(high), Batch(-0.25f)));
        for (std::size_t i = 0; i < inside.size(); ++i) {
          const float s = scalars[i];
          const bool is_outside = std::isinf(s) || s <= low || s >= high;
          const float expected = is_outside ? 0.0f : s == s ? -0.25f : s;
          CHECK(same_bits(inside[i], expected));
          CHECK(same_bits(core::between(s, low, high, -0.25f), expected));
        }
      }
    }
  });
}

TEST_CASE("a value gives way to NaN, and to nothing else") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    const auto values = lanes(core::or_nan(Batch(-0.25f), x));
    for (std::size_t i = 0; i < values.size(); ++i) {
      const float s = scalars[i];
      CHECK(same_bits(values[i], s == s ? -0.25f : s));
      CHECK(same_bits(core::or_nan(-0.25f, s), values[i]));
    }
  });
}

TEST_CASE("a ramp ends at its bound, and keeps the NaN that is there") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    for (const float bound : {0x1p-126f, 0.5f, 3.0f}) {
      const auto values = lanes(core::ramp(x, Batch(bound), x));
      for (std::size_t i = 0; i < values.size(); ++i) {
        const float s = scalars[i], expected = s <= -bound ? 0.0f : s >= bound ? 1.0f : s;
        CHECK(same_bits(values[i], expected));
        CHECK(same_bits(core::ramp(s, bound, s), expected));
      }
    }
  });
}

TEST_CASE("a bound parts what is within from what is outside, and belongs to neither") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    for (const float bound : {0.0f, 0x1p-149f, 0.5f, 3.0f}) {
      const auto within = lanes(core::within(x, Batch(bound), Batch(-0.25f)));
      const auto outside = lanes(core::outside(x, Batch(bound)));
      for (std::size_t i = 0; i < within.size(); ++i) {
        const float t = std::fabs(scalars[i]), zero = std::copysign(0.0f, scalars[i]);
        const float inner = t < bound ? -0.25f : t >= bound ? 0.0f : scalars[i];
        CHECK(same_bits(within[i], inner));
        CHECK(same_bits(core::within(scalars[i], bound, -0.25f), inner));
        CHECK(same_bits(outside[i], t <= bound ? zero : scalars[i]));
        CHECK(same_bits(core::outside(scalars[i], bound), outside[i]));
      }
    }
  });
}

TEST_CASE("the sum of the lanes, halves onto halves") {
  // Of this architecture alone, as above.
  for_each_batch(xsimd::arch_list<xsimd::default_arch>{}, []<class A>(xsimd::batch<float, A> const&,
                                                                      float const* scalars) {
    using Batch = xsimd::batch<double, A>;
    std::array<double, Batch::size> x;
    for (std::size_t i = 0; i < x.size(); ++i)  // of sizes whose sum depends on its order
      x[i] = std::isfinite(scalars[i]) ? double(scalars[i]) * (i % 2 == 0 ? 1.0 : 1e-9) : 1.0;
    const double total = core::total(Batch::load_unaligned(x.data()));
    for (std::size_t half = x.size() / 2; half > 0; half /= 2) {
      for (std::size_t i = 0; i < half; ++i)
        x[i] += x[i + half];
    }
    CHECK(same_bits(total, x[0]));
  });
  CHECK(core::total(-0.5) == -0.5);
}

TEST_CASE("the larger and the smaller of two; the second at NaN and of equals") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    const auto larger = lanes(core::larger(x, Batch(-0.0f)));
    const auto smaller = lanes(core::smaller(x, Batch(-0.0f)));
    for (std::size_t i = 0; i < larger.size(); ++i) {
      CHECK(same_bits(larger[i], scalars[i] > -0.0f ? scalars[i] : -0.0f));
      CHECK(same_bits(smaller[i], scalars[i] < -0.0f ? scalars[i] : -0.0f));
      CHECK(same_bits(core::larger(scalars[i], -0.0f), larger[i]));
      CHECK(same_bits(core::smaller(scalars[i], -0.0f), smaller[i]));
    }
  });
}

TEST_CASE("a sign is flipped, and a power of two made, in batches as in scalars") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const* scalars) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    const auto flipped = lanes(core::with_flipped_sign(Batch(-2.0f), x));
    for (std::size_t i = 0; i < flipped.size(); ++i)
      CHECK(flipped[i] == (std::signbit(scalars[i]) ? 2.0f : -2.0f));
  });
  for (int n = -127; n <= 127; ++n) {
    const float shifted = core::float_exponent_shift + static_cast<float>(n);
    const float expected = n == -127 ? 0.0f : std::ldexp(1.0f, n);
    CHECK(core::power_of_two(shifted) == expected);
    for_each_batch(xsimd::supported_architectures{}, [=](auto const& x, float const*) {
      using Batch = std::remove_cvref_t<decltype(x)>;
      CHECK(lanes(core::power_of_two(Batch(shifted)))[0] == expected);
    });
  }
  for (int m = -16 * 126; m <= 16 * 127; m += 5) {
    const float shifted = 0x1.8p23f + static_cast<float>(16 * 127 + m);
    const float expected = std::ldexp(1.0f, (m - (m & 15)) / 16);
    CHECK(core::power_of_two<4>(shifted) == expected);
    for_each_batch(xsimd::supported_architectures{}, [=](auto const& x, float const*) {
      using Batch = std::remove_cvref_t<decltype(x)>;
      CHECK(lanes(core::power_of_two<4>(Batch(shifted)))[0] == expected);
    });
  }
}

TEST_CASE("the first lanes are loaded and stored, and no more") {
  for_each_batch(xsimd::supported_architectures{}, [](auto const& x, float const*) {
    using Batch = std::remove_cvref_t<decltype(x)>;
    const std::vector<float> from = inputs<float>(Batch::size);
    for (std::size_t count = 0; count <= Batch::size; ++count) {
      const auto loaded = lanes(core::load_first(x, from.data(), count));
      const auto padding = lanes(x);
      std::vector<float> to(Batch::size, 0.5f);
      core::store_first(x, to.data(), count);
      for (std::size_t i = 0; i < Batch::size; ++i) {
        CHECK(same_bits(loaded[i], i < count ? from[i] : padding[i]));
        CHECK(same_bits(to[i], i < count ? padding[i] : 0.5f));
      }
    }
    alignas(Batch) std::array<float, Batch::size> streamed;
    core::stream(x, streamed.data());
    core::order_streams();
    for (std::size_t i = 0; i < Batch::size; ++i)
      CHECK(same_bits(streamed[i], lanes(x)[i]));
  });
}

TEST_CASE("a scalar is loaded and stored like a batch of one") {
  float x = 2.0f;
  CHECK(core::load_first(1.0f, &x, 0) == 1.0f);
  CHECK(core::load_first(1.0f, &x, 1) == 2.0f);
  core::store_first(3.0f, &x, 0);
  CHECK(x == 2.0f);
  core::store_first(3.0f, &x, 1);
  CHECK(x == 3.0f);
  core::stream(4.0f, &x);
  CHECK(x == 4.0f);
}
