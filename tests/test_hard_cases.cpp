// The inputs whose exact results lie nearest to a midpoint of two floats, with the correctly rounded
// result that MPFR decided with 400 bits. See tests/data/hard_cases.

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sweep.hpp"
#include "typed.hpp"

namespace {

struct Count {
  std::uint64_t cases = 0;
  std::uint64_t wrong = 0;
  std::uint32_t last_wrong = 0;
};

/// Replays a file's lines "input bits, result bits" as hexadecimal through one direction.
template <class Direction>
Count replay(std::filesystem::path const& file, Direction direction) {
  std::ifstream in(file);
  Count count;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#')
      continue;
    std::istringstream fields(line);
    std::uint32_t x = 0, expected = 0;
    fields >> std::hex >> x >> expected;
    REQUIRE(!fields.fail());
    ++count.cases;
    if (std::bit_cast<std::uint32_t>(direction(std::bit_cast<float>(x))) != expected) {
      ++count.wrong;
      count.last_wrong = x;
    }
  }
  return count;
}

}  // namespace

TEST_CASE("every hard case is correctly rounded") {
  const std::filesystem::path folder = SIMDACT_HARD_CASES;
  std::size_t files = 0;
  std::uint64_t cases = 0;
  simdact::for_each_activation<float>([&](auto f) {
    const auto check = [&](std::string const& name, auto direction) {
      const std::filesystem::path file = folder / (name + ".txt");
      if (!std::filesystem::exists(file))
        return;
      const Count count = replay(file, direction);
      INFO(name << ": last wrong input 0x" << std::hex << count.last_wrong);
      CHECK(count.wrong == 0);
      ++files;
      cases += count.cases;
    };
    check(std::string(f.name), [&](float x) { return f.forward(x); });
    check(std::string(f.name) + "_derivative", [&](float x) { return f.derivative(x); });
  });
  CHECK(files == 14);
  CHECK(cases == 21244);
}
