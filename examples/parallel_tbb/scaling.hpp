// The time of a split call on one core, two, ... all, beside what work and memory let expect:
//
//   time(p cores) = max(work / p, bytes / bandwidth)
//
// with the time of one core for the work, and memcpy on all cores for the bandwidth. An element in memory is 4 bytes to
// read and 4 to write, and 4 more because a cache reads what it is about to write, unless that is written past it.
// This is the roofline of Williams, Waterman and Patterson, 2009, along an axis of cores.
#pragma once

#include <tbb/info.h>

#include <chrono>
#include <simdact/activations/relu.hpp>
#include <string>

#include "../gallery/table.hpp"
#include "splits.hpp"

namespace parallel {

struct Case {
  const char* name;
  decltype(Split::run) split;
  std::size_t n;
  std::size_t grain;
  double bytes;  // of an element, from and to memory
  Call call;
};

struct Point {
  int cores;
  double expected;  // seconds
  double measured;  // 0 for more cores than there are
};

struct Curve {
  const char* name;
  std::size_t n;
  std::vector<Point> points;
};

// Of the fastest of the calls in 0.3 s.
inline double seconds(const Case& c, int cores) {
  using Clock = std::chrono::steady_clock;
  auto best = Clock::duration::max();
  tbb::task_arena(cores).execute([&] {
    const auto end = Clock::now() + std::chrono::milliseconds(300);
    for (auto start = Clock::now(); start < end; start = Clock::now()) {
      c.split(c.n, c.grain, c.call);
      best = std::min(best, Clock::now() - start);
    }
  });
  return std::chrono::duration<double>(best).count();
}

// Measured on 1, 2, 4, ... of the cores there are, from there to 64 on paper.
inline Curve curve(const Case& c, double bandwidth) {
  Curve curve{c.name, c.n, {}};
  const double work = seconds(c, 1);
  const int all = tbb::info::default_concurrency();
  for (int cores = 1; cores <= std::max(all, 64); cores *= 2) {
    const double expected = std::max(work / cores, c.bytes * double(c.n) / bandwidth);
    const double measured = cores == 1 ? work : cores <= all ? seconds(c, cores) : 0;
    curve.points.push_back({cores, expected, measured});
  }
  return curve;
}

inline std::vector<Curve> measure() {
  constexpr std::size_t cached = std::size_t{1} << 17, large = std::size_t{1} << 24;
  constexpr std::size_t small_part = std::size_t{1} << 16;  // 256 KiB, which the caches keep
  const std::vector<float> x = numbers(large, 3);
  std::vector<float> y(large);
  const auto forward = [&](auto f) {
    return [&, f](std::size_t begin, std::size_t end) {
      simdact::forward(f, part(x, begin, end), part(y, begin, end));
    };
  };
  const auto copy = [&](std::size_t begin, std::size_t end) {
    std::memcpy(&y[begin], &x[begin], (end - begin) * sizeof(float));
  };
  const auto parts = with_tbb<tbb::simple_partitioner>;     // of the grain
  const auto one_each = with_tbb<tbb::static_partitioner>;  // a part for each core

  const Case memcpy{"memcpy", parts, large, small_part, 12, copy};
  const int all = tbb::info::default_concurrency();
  const double bandwidth = memcpy.bytes * double(large) / seconds(memcpy, all);
  std::printf("memory: %.1f GB/s, by memcpy on %d cores\n\n", bandwidth * 1e-9, all);
  return {
      curve({"GELU in the cache", one_each, cached, 1, 0, forward(simdact::GELU<>{})}, bandwidth),
      curve({"ReLU, small parts", parts, large, small_part, 12, forward(simdact::ReLU<>{})},
            bandwidth),
      curve({"ReLU, large parts", one_each, large, 1, 8, forward(simdact::ReLU<>{})}, bandwidth),
  };
}

inline void print(const std::vector<Curve>& curves) {
  std::printf("microseconds, expected and measured\n%5s", "cores");
  for (const Curve& curve : curves) {
    std::printf("%22s", curve.name);
  }
  std::printf("\n");
  for (std::size_t i = 0; i < curves[0].points.size(); ++i) {
    std::printf("%5d", curves[0].points[i].cores);
    for (const Curve& curve : curves) {
      const Point& point = curve.points[i];
      std::printf("%14.0f", point.expected * 1e6);
      if (point.measured > 0) {
        std::printf("%8.0f", point.measured * 1e6);
      } else {
        std::printf("%8s", "-");
      }
    }
    std::printf("\n");
  }
}

// Elements in a nanosecond; 0 where nothing was measured.
inline gallery::Table table_of(const std::vector<Curve>& curves) {
  std::vector<std::string> heading = {"cores"};
  for (const Curve& curve : curves) {
    heading.push_back(std::string(curve.name) + ", expected");
    heading.push_back(std::string(curve.name) + ", measured");
  }
  gallery::Table table(heading);
  for (std::size_t i = 0; i < curves[0].points.size(); ++i) {
    std::vector<double> cells = {double(curves[0].points[i].cores)};
    for (const Curve& curve : curves) {
      const Point& point = curve.points[i];
      const double elements = double(curve.n) * 1e-9;
      cells.push_back(elements / point.expected);
      cells.push_back(point.measured > 0 ? elements / point.measured : 0);
    }
    table.row(cells);
  }
  return table;
}

}  // namespace parallel
