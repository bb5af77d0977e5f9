// The command line of a program of the gallery: all of them take the same two options.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace gallery {

// Where the picture's data go; empty if nobody asked for them. Ends the program with code 2 on
// anything but `--data FILE`, and with the usage for --help.
inline std::string data_file(int argc, char** argv, const char* usage) {
  const std::string_view option = argc > 1 ? argv[1] : "";
  if (argc == 1) {
    return {};
  }
  if (argc == 2 && option == "--help") {
    std::fputs(usage, stdout);
    std::exit(0);
  }
  if (argc == 3 && option == "--data" && *argv[2] != '\0') {
    return argv[2];
  }
  std::fprintf(stderr, "%s: expected nothing, --help or --data FILE\n%s", argv[0], usage);
  std::exit(2);
}

}  // namespace gallery
