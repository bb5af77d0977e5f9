// Arrays split over threads by oneTBB: the same bits from every split, and the time that the threads save.
//
//   the bits   parallel_tbb/splits.hpp    every partitioner and std::execution::par, in parts from 1 element on
//   the time   parallel_tbb/scaling.hpp   from one core to all, beside what work and bandwidth let expect

// Of the output of one call, which sees its part and not the array. The default, 32 MiB, is for callers on one
// thread: parts of an array that leaves the caches should be written past them, too.
#define SIMDACT_STREAMING_BYTES (std::size_t{1} << 20)

#include <cstdio>
#include <string>

#include "gallery/options.hpp"
#include "parallel_tbb/scaling.hpp"
#include "parallel_tbb/splits.hpp"

int main(int argc, char** argv) {
  const std::string data =
      gallery::data_file(argc, argv,
                         "Splits arrays over threads, compares the bits and measures the time.\n"
                         "usage: parallel_tbb [--data FILE]\n");
  if (!parallel::print_splits()) {
    std::printf("\nA split has changed a result.\n");
    return 1;
  }
  std::printf("\nEvery split gives the bits of the sequential call: choose any for its time.\n\n");
  const auto curves = parallel::measure();
  parallel::print(curves);
  std::printf(
      "\nMore cores shorten what is computed in their caches. ReLU of an array in memory waits for "
      "the memory\n"
      "instead, of which large parts need a third less: they are written past the caches.\n");
  parallel::table_of(curves).write(data);
}
