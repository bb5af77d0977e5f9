#pragma once

#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>

#include <unistd.h>

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
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
