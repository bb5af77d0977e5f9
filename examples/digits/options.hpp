// The command line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "samples.hpp"
#include "user_input.hpp"

namespace digits {

struct Options {
  bool help = false;
  std::optional<std::string> activation;
  int epochs = 30;
  int hidden = 64;
  float learning_rate = 0.003F;
  std::uint32_t seed = 1;
  std::string data = samples_file;
};

inline constexpr const char* usage =
    R"(Trains a 64-N-N-10 network on 1,797 handwritten digits, once per activation.

usage: digits [option]...
  --activation NAME    only this one, for example gelu (default: every activation)
  --epochs N           passes over the training digits, 1 to 100000 (default: 30)
  --hidden N           units in each of the two hidden layers, 1 to 4096 (default: 64)
  --learning-rate X    of Adam, falling to zero; above 0, at most 10 (default: 0.003)
  --seed N             of the weights and the order of the digits (default: 1)
  --data FILE          a digit per line: 64 pixels from 0 to 16, the label from 0 to 9
  --help               print this text

A fifth of the digits, the same in every run, is held out for the test. A hidden unit is saturated
where its derivative is below 0.001, and dead if that is so on every training digit: the table has
the shares of either hidden layer. It goes to stdout, progress and errors to stderr; exit code 2
means a wrong option or a wrong file.
)";

template <class Integer>
Integer parse_integer(std::string_view option, const std::string& text, Integer least,
                      Integer most) {
  if (const auto value = whole_number(text, least, most)) {
    return *value;
  }
  throw UserError(std::string(option) + " needs a whole number from " + std::to_string(least) +
                  " to " + std::to_string(most) + ", not '" + text + "'");
}

inline float parse_learning_rate(std::string_view option, const std::string& text) {
  char* end = nullptr;
  const float value = std::strtof(text.c_str(), &end);
  const bool is_number = end != text.c_str() && *end == '\0';
  if (is_number && value > 0 && value <= 10) {
    return value;
  }
  throw UserError(std::string(option) + " needs a number above 0 and at most 10, not '" + text +
                  "'");
}

// Takes "--option value" and "--option=value".
inline Options parse_options(std::span<const char* const> arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    const std::size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    const auto value = [&]() -> std::string {
      if (equals != std::string_view::npos) {
        return std::string(argument.substr(equals + 1));
      }
      if (i + 1 == arguments.size()) {
        throw UserError(std::string(name) + " needs a value");
      }
      return arguments[++i];
    };

    if (argument == "--help") {
      options.help = true;
      return options;
    } else if (name == "--activation") {
      options.activation = value();
    } else if (name == "--epochs") {
      options.epochs = parse_integer(name, value(), 1, 100'000);
    } else if (name == "--hidden") {
      options.hidden = parse_integer(name, value(), 1, 4096);
    } else if (name == "--learning-rate") {
      options.learning_rate = parse_learning_rate(name, value());
    } else if (name == "--seed") {
      options.seed = parse_integer<std::uint32_t>(name, value(), 0, 0xFFFF'FFFF);
    } else if (name == "--data") {
      options.data = value();
    } else {
      throw UserError("unknown option '" + std::string(argument) + "' (--help lists them all)");
    }
  }
  return options;
}

}  // namespace digits
