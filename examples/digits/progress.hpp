// Watching the training: how far it is.
#pragma once

#include <chrono>
#include <cstdio>
#include <string_view>

#include "../network/stopwatch.hpp"

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace digits {

// On a terminal one line of stderr that rewrites itself; in a log a new line, but seldom.
class Progress {
 public:
  void show(std::string_view activation, int epoch, int epochs, double loss) {
    using namespace std::chrono_literals;
    const network::Clock::time_point now = network::Clock::now();
    if (now - shown_ <
        (is_terminal_ ? network::Clock::duration(50ms) : network::Clock::duration(2s))) {
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
  network::Clock::time_point shown_ = network::Clock::now();
};

}  // namespace digits
