// Measures this library beside the others that the build has found, and writes the results as Markdown
// and JSON into a folder, under the name of the instruction set, and the data of the plot into a file.

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "../../tests/isa.hpp"
#include "campaign.hpp"
#include "ours.hpp"
#include "peers.hpp"
#include "report.hpp"

namespace {

constexpr char usage[] =
    "usage: simdact_peers RESULTS PLOT_DATA [--rounds N] [--only FUNCTION]\n"
    "Writes RESULTS/<instruction set>.md and .json, and the file PLOT_DATA.\n";

std::vector<bench::Peer> contenders() {
  return {
      bench::fast(),
      bench::precise(),
#define PEER(name) bench::peers::name(),
#include "found_peers.inc"
#undef PEER
  };
}

bench::Plan plan(int argc, char** argv) {
  bench::Plan plan;
  for (int i = 3; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--rounds") {
      plan.rounds = std::atoi(argv[i + 1]);
    } else if (option == "--only") {
      plan.only = argv[i + 1];
    } else {
      throw std::invalid_argument(usage);
    }
  }
  if (argc < 3 || argc % 2 == 0 || plan.rounds < 1)
    throw std::invalid_argument(usage);
  return plan;
}

void write(std::filesystem::path const& file, std::string const& text) {
  if (!(std::ofstream(file, std::ios::binary) << text << std::flush))
    throw std::runtime_error(file.string() + " cannot be written");
}

}  // namespace

int main(int argc, char** argv) try {
  const bench::Plan wanted = plan(argc, argv);
  const std::vector<bench::Peer> all = contenders();
  const std::vector<bench::Cell> cells = bench::run(all, wanted);
  const bench::Setting setting = bench::setting(all, wanted.rounds);
  const std::filesystem::path results = argv[1];
  std::filesystem::create_directories(results);
  write(results / (std::string(isa) + ".md"), bench::markdown(setting, cells));
  write(results / (std::string(isa) + ".json"), bench::json(setting, cells));
  write(argv[2], bench::plot_data(setting, cells));
} catch (std::exception const& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
