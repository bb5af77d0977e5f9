// The proof: every activation and derivative, Precise float, on all 2^32 floats.

#include <chrono>
#include <cstdio>

#include <unistd.h>

#include "rows.hpp"
#include "sweep_row.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// "gelu' 43 %, row 12 of 36, 31 min left", once a second, on a terminal only.
class Progress {
 public:
  explicit Progress(std::size_t rows) : rows_(rows) {}

  void report(std::string const& name, double share) {
    if (!terminal_ || seconds_since(last_) < 1.0)
      return;
    last_ = Clock::now();
    const double done = (static_cast<double>(row_) + share) / static_cast<double>(rows_);
    const double left = done > 0.0 ? seconds_since(start_) * (1.0 / done - 1.0) : 0.0;
    std::fprintf(stderr, "\r%s %.0f %%, row %zu of %zu, %.0f min %02.0f s left      ", name.c_str(),
                 100.0 * share, row_ + 1, rows_, std::floor(left / 60.0), std::fmod(left, 60.0));
  }

  void next_row() {
    ++row_;
    if (terminal_)
      std::fprintf(stderr, "\r%70s\r", "");
  }

 private:
  bool terminal_ = isatty(STDERR_FILENO) != 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
  std::size_t rows_;
  std::size_t row_ = 0;
};

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

}  // namespace

int main(int argc, char** argv) try {
  const Options options = parse(argc, argv);
  const auto chosen = [&](auto const& f) { return options.only.empty() || options.only == f.name; };
  std::size_t rows = 0;
  for_each_row([&](auto const& f, std::string const&) { rows += chosen(f) ? 2 : 0; });
  if (rows == 0)
    throw std::invalid_argument("unknown activation '" + options.only + "'");
  Progress progress(rows);
  for_each_row([&](auto const& f, std::string const& parameters) {
    using F = std::remove_cvref_t<decltype(f)>;
    if (chosen(f)) {
      run<Forward<F>>(value_name(f, parameters), f, options, progress);
      run<Derivative<F>>(derivative_name(f, parameters), f, options, progress);
    }
  });
} catch (std::invalid_argument const& error) {
  std::fprintf(stderr, "exhaustive: %s\n", error.what());
  return 2;
}
