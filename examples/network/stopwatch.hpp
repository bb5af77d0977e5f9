// How long something takes that is done again and again.
#pragma once

#include <chrono>

namespace network {

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

}  // namespace network
