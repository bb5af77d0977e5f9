#pragma once

/// @file
/// What the array algorithms ask of their arguments, checked before anything is written.

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>

#include "fail.hpp"

namespace simdact::detail {

/// Cold paths carry the architecture too: no copy compiled for a newer CPU is ever shared.
template <class Arch>
[[noreturn]] void throw_length_mismatch(std::string_view name, std::size_t length,
                                        std::string_view expected_name, std::size_t expected) {
  fail<Arch>(name, " has length ", length, ", but ", expected_name, " has length ", expected);
}

template <class Arch>
[[noreturn]] void throw_overlap(std::string_view name, std::size_t length,
                                std::string_view other_name, std::size_t other_length,
                                std::string_view rule) {
  fail<Arch>(name, " (length ", length, ") and ", other_name, " (length ", other_length,
             ") overlap, but must be ", rule);
}

/// Throws unless `span` is as long as `other`.
template <class Arch, class T, class U>
SIMDACT_INLINE void require_same_length(std::span<T> span, std::string_view name,
                                        std::span<U> other, std::string_view other_name) {
  if (span.size() != other.size()) {
    throw_length_mismatch<Arch>(name, span.size(), other_name, other.size());
  }
}

template <class T, class U>
SIMDACT_INLINE bool overlap(std::span<T> a, std::span<U> b) noexcept {
  const std::less<void const*> before;
  return !a.empty() && !b.empty() && before(a.data(), b.data() + b.size()) &&
         before(b.data(), a.data() + a.size());
}

/// Throws if an output and an input share memory without being the very same.
template <class Arch, class T, class U>
SIMDACT_INLINE void require_same_or_apart(std::span<T> out, std::string_view name, std::span<U> in,
                                          std::string_view in_name) {
  const bool same = static_cast<void const*>(out.data()) == static_cast<void const*>(in.data()) &&
                    out.size() == in.size();
  if (!same && overlap(out, in)) {
    throw_overlap<Arch>(name, out.size(), in_name, in.size(), "the very same memory or apart");
  }
}

/// Throws if two arrays, one of them an output, share memory at all.
template <class Arch, class T, class U>
SIMDACT_INLINE void require_apart(std::span<T> a, std::string_view a_name, std::span<U> b,
                                  std::string_view b_name) {
  if (overlap(a, b))
    throw_overlap<Arch>(a_name, a.size(), b_name, b.size(), "apart");
}

template <class Arch>
[[noreturn]] void throw_row_length(std::string_view name, std::size_t length,
                                   std::string_view row_name, std::size_t row_length) {
  fail<Arch>(name, " has length ", length, ", which is not a multiple of ", row_name, " ",
             row_length);
}

/// Throws unless `span` is whole rows, and returns how many. `row_name` is what the caller's user gave the length
/// of a row as.
template <class Arch, class T>
SIMDACT_INLINE std::size_t require_whole_rows(std::span<T> span, std::string_view name,
                                              std::size_t row_length,
                                              std::string_view row_name = "row_length") {
  if (row_length == 0 ? !span.empty() : span.size() % row_length != 0) {
    throw_row_length<Arch>(name, span.size(), row_name, row_length);
  }
  return row_length == 0 ? 0 : span.size() / row_length;
}

template <class Arch>
[[noreturn]] void throw_not_one_a_row(std::string_view name, std::size_t length, std::size_t rows) {
  fail<Arch>(name, " has length ", length, ", but the number of rows is ", rows);
}

/// Throws unless there is one for each row.
template <class Arch, class T>
SIMDACT_INLINE void require_one_a_row(std::span<T> span, std::string_view name, std::size_t rows) {
  if (span.size() != rows)
    throw_not_one_a_row<Arch>(name, span.size(), rows);
}

}  // namespace simdact::detail
