// properties FOLDER: writes what a program can find out about each listed activation, as NAME.inc and
// all together as properties.inc.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "properties.hpp"

namespace {

void write(std::filesystem::path const& file, std::string const& text) {
  std::ofstream out(file);
  out << text;
  if (!out)
    throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: properties FOLDER\n";
    return 2;
  }
  try {
    const std::filesystem::path folder = argv[1];
    std::string all;
    simdact::for_each_activation<double>([&](auto const& f) {
      const std::string name(f.name);
      std::string heading = "| |", rule = "|---|",
                  row = "| @ref activation_" + name + " \"" + name + "\" |";
      for (auto const& [what, text] : docs::Examined(f).properties()) {
        heading += " " + what + " |";
        rule += "---|";
        row += " " + text + " |";
      }
      if (all.empty())
        all = heading + "\n" + rule + "\n";
      all += row + "\n";
      write(folder / (name + ".inc"), heading + "\n" + rule + "\n" + row + "\n");
    });
    write(folder / "properties.inc", all);
  } catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
