#pragma once

/// @file
/// Memory between two pages that nobody may touch: to read or write one byte too far ends the program. POSIX
/// only.

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <new>
#include <span>

/// Room for `capacity` elements and more, up to whole pages. Its first elements have a guard before them, its
/// last ones a guard behind them; they are T(0) at first.
template <class T>
class GuardedArray {
 public:
  explicit GuardedArray(std::size_t capacity)
      : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))),
        bytes_((capacity * sizeof(T) / page_ + 1) * page_) {
    void* const all =
        mmap(nullptr, page_ + bytes_ + page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED)
      throw std::bad_alloc();
    memory_ = static_cast<char*>(all) + page_;
    if (mprotect(memory_, bytes_, PROT_READ | PROT_WRITE) != 0) {
      unmap();
      throw std::bad_alloc();
    }
  }
  GuardedArray(GuardedArray const&) = delete;
  GuardedArray& operator=(GuardedArray const&) = delete;
  ~GuardedArray() { unmap(); }

  /// n elements that begin at a guard.
  std::span<T> first(std::size_t n) const { return {reinterpret_cast<T*>(memory_), n}; }
  /// n elements that end at a guard.
  std::span<T> last(std::size_t n) const { return {reinterpret_cast<T*>(memory_ + bytes_) - n, n}; }

 private:
  void unmap() const { munmap(memory_ - page_, page_ + bytes_ + page_); }

  std::size_t page_;
  std::size_t bytes_;
  char* memory_ = nullptr;
};
