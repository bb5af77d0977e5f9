#pragma once

/// @file
/// What an error does: it throws `std::invalid_argument`. A program without exceptions (-fno-exceptions), for
/// which this header defines SIMDACT_NO_EXCEPTIONS, gets the message on stderr and ends by `std::abort`.
///
/// In either, SIMDACT_ERROR_HANDLER, if defined before the first inclusion, is the name of a function that is
/// called instead: `void handler(char const* message)`, declared by then. It may end the program, throw or
/// jump: nothing has been written. If it returns, `std::abort` follows. Define it alike wherever a program
/// includes this library.

#include <charconv>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <type_traits>

#include "inline.hpp"

#if !defined(SIMDACT_NO_EXCEPTIONS) && !defined(__cpp_exceptions)
#define SIMDACT_NO_EXCEPTIONS
#endif

namespace simdact::detail {

/// The text of an error, of which a very long part is cut off. Not a std::string: of the functions of that, which
/// have no architecture in their names, the linker would keep one copy for the whole program, maybe one that
/// was compiled for a newer CPU.
template <class Arch>
class Message {
 public:
  template <class... Parts>
  explicit Message(Parts const&... parts) noexcept {
    (add(parts), ...);
  }

  char const* text() const noexcept { return text_; }

  void add(Message const& other) noexcept { append({other.text_, other.length_}); }

  void add(std::string_view part) noexcept {
    constexpr std::size_t longest = 200;
    append(part.substr(0, longest));
    if (part.size() > longest)
      append("...");
  }

  /// A floating-point number as the shortest text that reads back the same.
  template <class T>
    requires std::is_arithmetic_v<T>
  void add(T number) noexcept {
    char digits[32];
    char* const end = digits + sizeof digits;
    if constexpr (std::is_floating_point_v<T>) {
      add({digits, static_cast<std::size_t>(std::to_chars(digits, end, number).ptr - digits)});
    } else {
      char* first = end;
      for (T rest = number; rest != 0 || first == end; rest /= 10)
        *--first = static_cast<char>('0' + (rest % 10 < 0 ? -(rest % 10) : rest % 10));
      if (number < 0)
        *--first = '-';
      add({first, static_cast<std::size_t>(end - first)});
    }
  }

 private:
  void append(std::string_view part) noexcept {
    for (std::size_t i = 0; i < part.size() && length_ < room; ++i)
      text_[length_++] = part.data()[i];
    text_[length_] = '\0';
  }

  static constexpr std::size_t room = 511;

  char text_[room + 1] = {};
  std::size_t length_ = 0;
};

/// Reports "simdact: " and the parts, which are texts and numbers.
template <class Arch, class... Parts>
[[noreturn]] void fail(Parts const&... parts) {
  const Message<Arch> message("simdact: ", parts...);
#if defined(SIMDACT_ERROR_HANDLER)
  SIMDACT_ERROR_HANDLER(message.text());
  std::abort();
#elif defined(SIMDACT_NO_EXCEPTIONS)
  std::fputs(message.text(), stderr);
  std::fputc('\n', stderr);
  std::abort();
#else
  throw std::invalid_argument(message.text());
#endif
}

}  // namespace simdact::detail
