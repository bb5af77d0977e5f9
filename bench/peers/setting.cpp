#include "setting.hpp"

#include <chrono>
#include <ctime>
#include <fstream>

namespace {

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  char text[] = "2000-01-01";
  std::strftime(text, sizeof text, "%F", std::gmtime(&now));
  return text;
}

std::string cpu() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name"))
      return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

std::string compiler() {
#if defined(__clang__)
  return __VERSION__;
#else
  return "g++ " __VERSION__;
#endif
}

}  // namespace

bench::Setting bench::setting(std::vector<Peer> const& contenders, int rounds) {
  return {today(), cpu(), compiler(), SIMDACT_FLAGS, SIMDACT_MISSING_PEERS, rounds, contenders};
}
