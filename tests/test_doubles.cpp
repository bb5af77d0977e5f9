// The inputs with the largest errors that exhaustive_doubles has found among ten million, for each
// activation and derivative in double. See tests/data/doubles.

#include "exhaustive/worst_list.hpp"
#include "measure.hpp"

namespace {

/// Replays a list through an array, which has to give the scalar's bits.
template <class Scalar, class Array, class Exact>
sweep::Worst replay(std::vector<Bad> const& list, double floor, Scalar scalar, Array array,
                    Exact exact) {
  std::vector<double> x, y(list.size());
  for (Bad const& bad : list)
    x.push_back(bad.x);
  array(std::span<double const>(x), std::span<double>(y));
  sweep::Worst worst;
  for (std::size_t i = 0; i < x.size(); ++i) {
    CHECK(std::bit_cast<std::uint64_t>(scalar(x[i])) == std::bit_cast<std::uint64_t>(y[i]));
    const Real value = exact(Real(x[i]));
    worst.add(sweep::ulp_error(y[i], value, floor), x[i], y[i], value);
  }
  return worst;
}

}  // namespace

TEST_CASE("doubles are within their bounds at the worst inputs found") {
  std::size_t files = 0;
  std::uint64_t inputs = 0;
  simdact::for_each_activation<double>([&](auto f) {
    using F = decltype(f);
    using Row = reference::Reference<F>;
    const std::string name(f.name);
    const auto check = [&](std::string const& title, double bound, double floor,
                           auto... functions) {
      const auto list = read_worst(file_of(SIMDACT_DOUBLES, title));
      const sweep::Worst worst = replay(list, floor, functions...);
      INFO(worst.describe(title));
      CHECK(worst.error <= bound);
      ++files;
      inputs += worst.samples;
    };
    check(
        name, Contract<F>::value_bound, 0.0, [&](double x) { return f.forward(x); },
        [&](auto x, auto y) { simdact::forward(f, x, y); },
        [&](Real const& x) { return Row::value(f, x); });
    check(
        name + "'", Contract<F>::derivative_bound, Contract<F>::derivative_floor,
        [&](double x) { return f.derivative(x); },
        [&](auto x, auto y) { simdact::derivative(f, x, y); },
        [&](Real const& x) { return Row::derivative(f, x); });
  });
  CHECK(files == 58);
  CHECK(inputs == 43 * 50);  // fifteen rows are exact
}

TEST_CASE("a list of worst inputs that is none is refused") {
  const auto file = std::filesystem::temp_directory_path() / "simdact_worst.txt";
  CHECK_THROWS_AS(read_worst(file / "nowhere"), std::runtime_error);
  for (const char* text : {"0x1p+0\n", "nonsense 1.5\n", "0x1p+0 1.5 more\n", "\n"}) {
    std::ofstream(file) << text;
    CHECK_THROWS_AS(read_worst(file), std::runtime_error);
  }
  write_worst(file, {{1.5, -0x1.8p-3}, {0.75, 2.0}});
  const auto list = read_worst(file);
  REQUIRE(list.size() == 2);
  CHECK(list[0].x == -0x1.8p-3);
  CHECK(list[1].error == 0.75);
  std::filesystem::remove(file);
}
