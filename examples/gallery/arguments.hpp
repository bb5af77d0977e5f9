// The command line of a program that has options of its own, each followed by its value. What is wrong ends the
// program with a sentence and code 2, --help with the usage.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

namespace gallery {

class Arguments {
 public:
  Arguments(int argc, char** argv, std::initializer_list<std::string_view> names,
            const char* usage) {
    for (int i = 1; i < argc; i += 2) {
      const std::string name = argv[i];
      if (name == "--help") {
        std::fputs(usage, stdout);
        std::exit(0);
      } else if (std::ranges::find(names, name) == names.end()) {
        fail("unknown option '" + name + "' (--help lists them all)");
      } else if (i + 1 == argc) {
        fail(name + " needs a value");
      }
      values_[name] = argv[i + 1];
    }
  }

  // Empty if the option is not there.
  std::string text(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? "" : found->second;
  }

  // As many as `usual` if the option is not there.
  int count(const std::string& name, int usual, int most) const {
    const double value = number(name, usual, 1, most);
    if (value != double(int(value))) {
      fail(name + " needs a whole number, not '" + text(name) + "'");
    }
    return int(value);
  }

  double number(const std::string& name, double usual, double least, double most) const {
    const auto found = values_.find(name);
    if (found == values_.end()) {
      return usual;
    }
    char* end = nullptr;
    const double value = std::strtod(found->second.c_str(), &end);
    if (end == found->second.c_str() || *end != '\0' || !(value >= least && value <= most)) {
      char range[64];
      std::snprintf(range, sizeof range, "%g to %g", least, most);
      fail(name + " needs a number from " + range + ", not '" + found->second + "'");
    }
    return value;
  }

  [[noreturn]] static void fail(const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
    std::exit(2);
  }

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace gallery
