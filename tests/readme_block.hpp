#pragma once

/// @file
/// A block of the README that a program makes of data: it prints the block, puts it into the README, or
/// holds the README against it. In front of the block stands
///   <!-- errors: begin, written by tests/error_table -->
/// and behind it <!-- errors: end -->.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace readme {

namespace fs = std::filesystem;

inline void require(bool holds, fs::path const& file, std::string const& offence) {
  if (!holds)
    throw std::runtime_error(file.string() + ": " + offence);
}

inline std::string read_text(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  require(in.good() && !text.str().empty(), file, "cannot be read");
  return text.str();
}

/// The parts of a line "a | b | c", which is of the form `form`.
inline std::array<std::string, 3> split(fs::path const& file, std::string const& line,
                                        std::string const& form) {
  std::array<std::string, 3> parts;
  std::istringstream in(line);
  for (std::string& part : parts) {
    std::getline(in >> std::ws, part, '|');
    part.erase(part.find_last_not_of(' ') + 1);
    require(!part.empty(), file, "'" + line + "' is not of the form " + form);
  }
  return parts;
}

/// A Markdown table; its first line is the heading.
class Table {
 public:
  void add(std::vector<std::string> const& cells) {
    const bool heading = text_.empty();
    for (std::string const& cell : cells)
      text_ += cell.empty() ? "| " : "| " + cell + " ";
    text_ += "|\n";
    for (std::size_t i = 0; heading && i < cells.size(); ++i)
      text_ += i + 1 == cells.size() ? "|---|\n" : "|---";
  }
  std::string const& text() const { return text_; }

 private:
  std::string text_;
};

inline std::string code(std::string_view text) { return '`' + std::string(text) + '`'; }

/// What is called `name`, and who writes it.
struct Block {
  std::string name;
  std::string program;

  std::string opening() const {
    return "<!-- " + name + ": begin, written by tests/" + program + " -->\n";
  }
  std::string closing() const { return "<!-- " + name + ": end -->\n"; }
};

/// A README in three parts: up to the marker, the block, and from the other marker on.
struct Readme {
  std::string before, block, after;

  Readme(fs::path const& file, std::string const& opening, std::string const& closing) {
    const std::string text = read_text(file);
    const auto begin = text.find(opening);
    require(begin != std::string::npos, file, "no line " + opening);
    const auto end = text.find(closing, begin);
    require(end != std::string::npos, file, "no line " + closing);
    before = text.substr(0, begin + opening.size());
    block = text.substr(before.size(), end - before.size());
    after = text.substr(end);
  }
};

/// Fails with the first line of the README that is not as the data has it.
inline void check(fs::path const& file, Block const& block, std::string const& expected) {
  const Readme readme(file, block.opening(), block.closing());
  auto line = 1 + std::count(readme.before.begin(), readme.before.end(), '\n');
  std::istringstream ours(expected + block.closing());
  std::istringstream theirs(readme.block + readme.after);
  std::string wanted, found;
  for (; std::getline(ours, wanted); ++line) {
    std::getline(theirs, found);
    require(found == wanted, file,
            "line " + std::to_string(line) + " is\n  " + found + "\nand by the data it is\n  " +
                wanted + "\nThe target update-readme writes it anew.");
  }
}

inline void update(fs::path const& file, Block const& block, std::string const& text) {
  const Readme readme(file, block.opening(), block.closing());
  std::ofstream out(file, std::ios::binary);
  out << readme.before << text << readme.after;
  require(out.flush().good(), file, "cannot be written");
}

/// The program's main function: `make(DATA)` returns the block's text, or throws.
template <class Make>
int run(int argc, char** argv, Block const& block, Make make) try {
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  const std::string_view action = arguments.size() == 3 ? arguments[1] : "";
  if (arguments.size() != 1 && action != "--check" && action != "--update") {
    std::cerr << "usage: " << block.program << " DATA [--check README | --update README]\n"
              << "Prints what DATA makes of the README's block '" << block.name
              << "', fails where README has\nanother one, or writes it there.\n";
    return 2;
  }
  const std::string text = make(fs::path(arguments[0]));
  if (action.empty()) {
    std::cout << text;
  } else if (action == "--check") {
    check(arguments[2], block, text);
  } else {
    update(arguments[2], block, text);
  }
  return 0;
} catch (std::exception const& error) {
  std::cerr << error.what() << '\n';
  return 1;
}

}  // namespace readme
