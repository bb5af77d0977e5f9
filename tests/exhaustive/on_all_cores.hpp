#pragma once

#include <algorithm>
#include <thread>
#include <vector>

/// Calls work(reports) on all cores at once; on one of them, this thread's, it is to report.
template <class Work>
void on_all_cores(Work const& work) {
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
    threads.emplace_back(work, false);
  work(true);
  for (std::thread& thread : threads)
    thread.join();
}
