#pragma once

/// @file
/// The arrays that are measured on.

#include <cstddef>
#include <map>
#include <random>
#include <vector>

#include <xsimd/xsimd.hpp>

namespace bench {

/// On pages of their own, so that no row is faster for the place where its memory happens to be: a load
/// waits for the store before it if both have the same place in their pages (1.4 times the time, with
/// arrays that follow each other by 64 bytes more than whole pages).
template <class T>
using Array = std::vector<T, xsimd::aligned_allocator<T, 4096>>;

/// What the rows of one type and size read (x, grad_y) and write (y, d).
template <class T>
struct Arrays {
  Array<T> x, grad_y, y, d;

  /// x as a network sees it, N(0, 3), with an eighth of the values uniform on [-20, 20], so that the
  /// tails cost what they cost; grad_y from N(0, 1). Always the same.
  explicit Arrays(std::size_t n) : x(n), grad_y(n), y(n), d(n) {
    std::mt19937_64 random(1);
    std::normal_distribution<T> middle(0, 3);
    std::uniform_real_distribution<T> wide(-20, 20);
    std::normal_distribution<T> gradient(0, 1);
    for (T& value : x)
      value = random() % 8 == 0 ? wide(random) : middle(random);
    for (T& value : grad_y)
      value = gradient(random);
  }
};

/// Made when the first row asks for them: a filtered run pays for what it measures.
template <class T>
Arrays<T>& arrays(std::size_t n) {
  static std::map<std::size_t, Arrays<T>> made;
  return made.try_emplace(n, n).first->second;
}

}  // namespace bench
