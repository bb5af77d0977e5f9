// The proof: every activation and derivative in float, either tier, on all 2^32 floats.

#include <cstdio>

#include "../isa.hpp"
#include "progress.hpp"
#include "rows.hpp"
#include "sweep_row.hpp"

namespace {

void print(std::string const& name, Row const& row, bool judged, double seconds) {
  std::printf("%-33s %10llu inputs  checksum %016llx", name.c_str(),
              static_cast<unsigned long long>(row.inputs),
              static_cast<unsigned long long>(whole(row.checksums)));
  if (judged) {
    std::printf("  %llu misrounded  max %.9g ULP at %a  %llu by MPFR  reference %.1g of its bound",
                static_cast<unsigned long long>(row.findings.misrounded), row.findings.max_ulp,
                static_cast<double>(row.findings.worst),
                static_cast<unsigned long long>(row.findings.decided_by_mpfr),
                row.findings.reference_error);
  }
  std::printf("  %.1f s\n", seconds);
  std::fflush(stdout);
}

template <class Direction, class F>
void run(std::string const& name, F const& f, Options const& options, Progress& progress) {
  const auto start = Clock::now();
  const Row row =
      sweep_row<Direction>(f, options, [&](double share) { progress.report(name, share); });
  progress.next_row();
  print(name, row, !options.checksum_only, seconds_since(start));
  if (!options.record.empty())
    write(file_of(options.record, name), name, row);
}

template <class Accuracy>
void run_all(Options const& options) {
  const auto chosen = [&](auto const& f) { return options.only.empty() || options.only == f.name; };
  std::size_t rows = 0;
  for_each_row<Accuracy>([&](auto const& f, std::string const&) { rows += chosen(f) ? 2 : 0; });
  if (rows == 0)
    throw std::invalid_argument("unknown activation '" + options.only + "'");
  Progress progress(rows);
  for_each_row<Accuracy>([&](auto const& f, std::string const& parameters) {
    using F = std::remove_cvref_t<decltype(f)>;
    if (chosen(f)) {
      run<Forward<F>>(value_name(f, parameters), f, options, progress);
      run<Derivative<F>>(derivative_name(f, parameters), f, options, progress);
    }
  });
}

}  // namespace

int main(int argc, char** argv) try {
  Options options = parse(argc, argv);
  if (options.fast) {
    if (!options.record.empty())
      options.record += "/" + std::string(isa);
    run_all<simdact::Fast>(options);
  } else {
    run_all<simdact::Precise>(options);
  }
} catch (std::invalid_argument const& error) {
  std::fprintf(stderr, "exhaustive: %s\n", error.what());
  return 2;
}
