#include "setting.hpp"

#include <chrono>
#include <ctime>
#include <fstream>
#include <map>
#include <string>

namespace {

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  char text[] = "2000-01-01";
  std::strftime(text, sizeof text, "%F", std::gmtime(&now));
  return text;
}

/// With its family and model, which tell machines of one name apart.
std::string cpu() {
  std::ifstream file("/proc/cpuinfo");
  std::map<std::string, std::string> first;
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || colon + 2 > line.size())
      continue;
    const std::size_t end = line.find_last_not_of("\t ", colon - 1);
    first.emplace(line.substr(0, end + 1), line.substr(colon + 2));
  }
  if (!first.contains("model name"))
    return "unknown";
  if (!first.contains("cpu family") || !first.contains("model"))
    return first["model name"];
  return first["model name"] + " (family " + first["cpu family"] + ", model " + first["model"] +
         ")";
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
