#pragma once

#include <charconv>
#include <cstdint>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

/// What the command line asks for.
struct Options {
  bool fast = false;                // the fast tier instead of the precise one
  std::string only;                 // an activation's name; empty for the whole list
  bool checksum_only = false;       // without the reference
  std::uint64_t begin = 0;          // the first bit pattern
  std::uint64_t end = 0x100000000;  // the first one beyond
  std::uint64_t stride = 1;         // between bit patterns
  std::string record;               // a folder for the rows' files; empty for none
};

inline constexpr std::string_view help =
    "usage: exhaustive [--fast] [--only NAME] [--checksum-only] [--begin N] [--end N] [--stride "
    "N]\n"
    "                  [--record FOLDER]\n"
    "Evaluates every activation and derivative on all 2^32 floats, or on every N-th bit pattern, "
    "and\n"
    "prints a row for each: inputs whose result is not the float nearest to the exact value, the\n"
    "largest error, where it is, and a checksum of all results.\n"
    "  --fast           the fast tier, its largest error in the units of its promise\n"
    "  --only NAME      one activation\n"
    "  --checksum-only  no reference: seconds a function\n"
    "  --begin N        the first bit pattern, default 0\n"
    "  --end N          the first bit pattern beyond, default 2^32\n"
    "  --stride N       the step between bit patterns, default 1\n"
    "  --record FOLDER  also write each row to a file of its own, below FOLDER/avx2 or the like if "
    "--fast\n";

inline Options parse(int argc, char** argv) {
  Options options;
  const auto number = [](std::string_view name, std::string_view text, std::uint64_t least) {
    std::uint64_t n = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), n);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size() || n < least ||
        n > 0x100000000ULL) {
      throw std::invalid_argument(std::string(name) + " takes a number from " +
                                  std::to_string(least) + " to 4294967296, not '" +
                                  std::string(text) + "'");
    }
    return n;
  };
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--help") {
      std::cout << help;
      std::exit(0);
    }
    if (name == "--checksum-only" || name == "--fast") {
      (name == "--fast" ? options.fast : options.checksum_only) = true;
      continue;
    }
    if (name != "--only" && name != "--begin" && name != "--end" && name != "--stride" &&
        name != "--record") {
      throw std::invalid_argument("unknown option '" + std::string(name) + "'; see --help");
    }
    if (++i == argc)
      throw std::invalid_argument(std::string(name) + " takes a value");
    if (name == "--only")
      options.only = argv[i];
    if (name == "--record")
      options.record = argv[i];
    if (name == "--begin")
      options.begin = number(name, argv[i], 0);
    if (name == "--end")
      options.end = number(name, argv[i], 1);
    if (name == "--stride")
      options.stride = number(name, argv[i], 1);
  }
  if (options.begin >= options.end)
    throw std::invalid_argument("--begin must be below --end");
  return options;
}
