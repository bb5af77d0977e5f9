// Watching the training: how long it takes and how far it is.
#pragma once

#include <chrono>
#include <cstdio>
#include <string_view>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace digits {

using Clock = std::chrono::steady_clock;

// The sum of its laps; a lap lasts as long as the object that lap() returns.
class Stopwatch {
 public:
  class Lap {
   public:
    explicit Lap(Clock::duration& total) : total_(total) {}
    Lap(const Lap&) = delete;
    Lap& operator=(const Lap&) = delete;
    ~Lap() { total_ += Clock::now() - start_; }

   private:
    Clock::duration& total_;
    Clock::time_point start_ = Clock::now();
  };

  [[nodiscard]] Lap lap() { return Lap(total_); }
  double seconds() const { return std::chrono::duration<double>(total_).count(); }

 private:
  Clock::duration total_{};
};

// On a terminal one line of stderr that rewrites itself; in a log a new line, but seldom.
class Progress {
 public:
  void show(std::string_view activation, int epoch, int epochs, double loss) {
    using namespace std::chrono_literals;
    const Clock::time_point now = Clock::now();
    if (now - shown_ < (is_terminal_ ? Clock::duration(50ms) : Clock::duration(2s))) {
      return;
    }
    shown_ = now;
    std::fprintf(stderr, "%s%.*s: epoch %d of %d, loss %.5f%s", start(), int(activation.size()),
                 activation.data(), epoch, epochs, loss, is_terminal_ ? "" : "\n");
    std::fflush(stderr);
  }

  // Makes room for a row of the table.
  void clear() {
    std::fputs(start(), stderr);
    std::fflush(stderr);
  }

 private:
  static bool stderr_is_terminal() {
#if __has_include(<unistd.h>)
    return isatty(STDERR_FILENO) != 0;
#else
    return false;
#endif
  }
  // Back to the first column, and erase the line.
  const char* start() const { return is_terminal_ ? "\r\x1b[K" : ""; }

  bool is_terminal_ = stderr_is_terminal();
  Clock::time_point shown_ = Clock::now();
};

}  // namespace digits
