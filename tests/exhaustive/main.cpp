// The proof: every activation and derivative, Precise float, on all 2^32 floats.

#include "row.hpp"

namespace {

template <class Direction, class F>
void print(F const& f, Options const& options) {
  const auto start = std::chrono::steady_clock::now();
  const Row row = run<Direction>(f, options);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const std::string name = std::string(f.name) + std::string(Direction::suffix);
  if (options.checksum_only) {
    std::printf("%-14s %10llu inputs  checksum %016llx  %6.1f s\n", name.c_str(),
                static_cast<unsigned long long>(row.samples),
                static_cast<unsigned long long>(row.checksum), seconds);
  } else {
    std::printf(
        "%-14s %10llu inputs  %8llu misrounded  max %.7g ULP at %a  checksum %016llx  "
        "%llu by MPFR  %6.1f s\n",
        name.c_str(), static_cast<unsigned long long>(row.samples),
        static_cast<unsigned long long>(row.misrounded), row.misrounded == 0 ? 0.5 : row.max_ulp,
        static_cast<double>(row.worst), static_cast<unsigned long long>(row.checksum),
        static_cast<unsigned long long>(row.decided_by_mpfr), seconds);
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) try {
  const Options options = parse(argc, argv);
  bool found = false;
  simdact::for_each_activation<float>([&](auto f) {
    using F = decltype(f);
    if (!options.only.empty() && options.only != f.name)
      return;
    found = true;
    print<Forward<F>>(f, options);
    print<Derivative<F>>(f, options);
  });
  if (!found)
    throw std::invalid_argument("unknown activation '" + options.only + "'");
} catch (std::invalid_argument const& error) {
  std::cerr << "exhaustive: " << error.what() << '\n';
  return 2;
}
