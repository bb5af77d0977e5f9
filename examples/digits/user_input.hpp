// What comes from the user, on the command line or in a file, may be wrong.
#pragma once

#include <charconv>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace digits {

// Something that the user can mend: main prints the sentence and exits with code 2.
struct UserError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The whole of `text` as an integer from `least` to `most`, or nothing.
template <class Integer>
std::optional<Integer> whole_number(std::string_view text, Integer least, Integer most) {
  Integer value{};
  const char* const text_end = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), text_end, value);
  if (error != std::errc{} || end != text_end || value < least || value > most)
    return {};
  return value;
}

}  // namespace digits
