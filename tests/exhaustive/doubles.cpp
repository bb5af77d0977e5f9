// The double kernels' proof: every listed activation and derivative on ten million points each.

#include <cstdio>
#include <iostream>

#include "measure_doubles.hpp"
#include "progress.hpp"

namespace {

struct Options {
  std::string only;           // an activation's name; empty for the whole list
  std::string record;         // a folder for the worst inputs; empty for none
  std::uint64_t thinned = 1;  // one point of so many
};

void print_help() {
  std::cout << "usage: exhaustive_doubles [--only NAME] [--thinned N] [--record FOLDER]\n"
               "Measures every activation and derivative in double against its exact values, and\n"
               "prints a row for each: points, the largest error, where it is. The points:\n";
  for (const auto& kind : DoublePoints::kinds)
    std::cout << "  " << kind.count << ' ' << kind.what << '\n';
  std::cout << "  --only NAME      one activation\n"
               "  --thinned N      one point of N of each kind, default 1\n"
               "  --record FOLDER  also write each row's worst inputs to a file of its own\n";
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--help") {
      print_help();
      std::exit(0);
    }
    if (name != "--only" && name != "--thinned" && name != "--record")
      throw std::invalid_argument("unknown option '" + name + "'; see --help");
    if (++i == argc)
      throw std::invalid_argument(name + " takes a value");
    if (name == "--only")
      options.only = argv[i];
    if (name == "--record")
      options.record = argv[i];
    if (name == "--thinned") {
      char* end = nullptr;
      options.thinned = std::strtoull(argv[i], &end, 10);
      if (*end != '\0' || options.thinned < 1 || options.thinned > 10000) {
        throw std::invalid_argument("--thinned takes a number from 1 to 10000, not '" +
                                    std::string(argv[i]) + "'");
      }
    }
  }
  return options;
}

template <class Direction, class F>
void run(F const& f, Options const& options, Progress& progress) {
  const auto start = Clock::now();
  const std::string name = std::string(f.name) + std::string(Direction::suffix);
  DoubleFindings findings = measure_doubles<Direction>(
      f, options.thinned, [&](double share) { progress.report(name, share); });
  progress.next_row();
  // The worst once more, by MPFR.
  DoubleJudge<Direction> judge(f);
  WorstList worst;
  for (Bad const& bad : findings.worst.sorted()) {
    double y = 0.0;
    Direction::kernel(f, std::span(&bad.x, 1), std::span(&y, 1));
    worst.add({judge.exact_error(bad.x, y), bad.x});
  }
  const auto& list = worst.sorted();
  std::printf("%-13s %8llu points  max %.4f ULP", name.c_str(),
              static_cast<unsigned long long>(findings.points),
              list.empty() ? 0.0 : list.front().error);
  if (!list.empty())
    std::printf(" at %.17g (%a)", list.front().x, list.front().x);
  std::printf("  %llu by MPFR, which differs by at most %.1g ULP  %.1f s\n",
              static_cast<unsigned long long>(findings.by_mpfr), findings.largest_disagreement,
              seconds_since(start));
  std::fflush(stdout);
  if (!options.record.empty())
    write_worst(file_of(options.record, name), list);
}

}  // namespace

int main(int argc, char** argv) try {
  const Options options = parse(argc, argv);
  const auto chosen = [&](auto const& f) { return options.only.empty() || options.only == f.name; };
  std::size_t rows = 0;
  simdact::for_each_activation<double>([&](auto const& f) { rows += chosen(f) ? 2 : 0; });
  if (rows == 0)
    throw std::invalid_argument("unknown activation '" + options.only + "'");
  Progress progress(rows);
  simdact::for_each_activation<double>([&](auto const& f) {
    using F = std::remove_cvref_t<decltype(f)>;
    if (chosen(f)) {
      run<Forward<F>>(f, options, progress);
      run<Derivative<F>>(f, options, progress);
    }
  });
} catch (std::invalid_argument const& error) {
  std::fprintf(stderr, "exhaustive_doubles: %s\n", error.what());
  return 2;
}
