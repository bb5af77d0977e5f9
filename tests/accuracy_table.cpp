// The README's tables of errors, written from the data that the sweeps recorded: prints them, puts them
// into the README, or holds the README against them. Fails where the data is incomplete, contradicts
// itself or breaks a bound of reference.hpp.

#include <cmath>
#include <map>
#include <set>

#include "exhaustive/row.hpp"
#include "exhaustive/rows.hpp"
#include "exhaustive/worst_list.hpp"
#include "readme_block.hpp"
#include "reference.hpp"

namespace {

namespace fs = std::filesystem;
using readme::code;
using readme::require;
using readme::Table;
using reference::Bounds;

/// The sweeps, in folders below DATA: that of Precise holds for every build, Fast has one for each set of
/// instructions.
constexpr std::string_view precise = "exhaustive";
struct Sweep {
  std::string_view instructions;
  std::string_view folder;
};
constexpr Sweep fast_sweeps[] = {
    {"AVX-512", "fast/avx512"}, {"AVX2, NEON", "fast/avx2"}, {"SSE2, AVX", "fast/sse2"}};

std::string number(double x) {
  std::ostringstream out;
  out.precision(9);  // as the data has it
  out << x;
  return out.str();
}

/// An error that no one needs to nine digits, rounded up.
std::string rounded(double x) { return number(std::ceil(x * 100.0) / 100.0); }

/// What the columns mean.
std::string prose() {
  return "Float: how many of all 2^32 inputs do not give the float nearest to the exact value, and "
         "the\n"
         "largest error in ULP, of which rounding itself takes up to 0.5; at other parameters the "
         "bound\n"
         "is " +
         number(Bounds{}.float_other_parameters) +
         ". Double: the largest error in ULP at 10 million points, and its bound; a derivative is\n"
         "measured in those of max(|f'|, 2^-10), since it crosses zero.\n";
}

std::string fast_prose() {
  return "`Fast`, float: the largest error on all 2^32 inputs, in ULP of max(|f(x)|, min(|x|, 1)) "
         "and of\n"
         "max(|f'(x)|, 1); the bound is " +
         number(Bounds{}.fast) +
         ". The results depend on whether multiply-adds are fused; AVX-512 looks them up in "
         "tables.\n";
}

/// The findings of one row, if they are of all floats and within the bound.
Findings read_findings(fs::path const& file, std::string const& name, double bound) {
  require(fs::exists(file), file, "missing");
  const Row row = read(file, name);
  const double error = row.findings.max_ulp;
  const std::string misrounded = std::to_string(row.findings.misrounded);
  require(row.inputs == std::uint64_t{1} << 32, file,
          std::to_string(row.inputs) + " inputs are not all 4294967296");
  require(error <= bound, file, number(error) + " ULP, above the bound of " + number(bound));
  require(bound > 0.5 || row.findings.misrounded == 0, file,
          misrounded + " misrounded, where the bound is 0.5 ULP");
  require(error <= 0.5 || row.findings.misrounded > 0, file,
          number(error) + " ULP, and yet none misrounded");
  return row.findings;
}

/// The largest of the errors in double, if it is within the bound; what has no error has no line.
double read_double_error(fs::path const& file, double bound) {
  require(fs::exists(file), file, "missing");
  const std::vector<Bad> worst = read_worst(file);
  const double error = worst.empty() ? 0.0 : worst.front().error;
  for (Bad const& bad : worst)
    require(bad.error <= error, file, "the worst error is not the first");
  require(error <= bound, file, number(error) + " ULP, above the bound of " + number(bound));
  return error;
}

/// The tables as text, and all that is wrong with their data.
class Accuracy {
 public:
  explicit Accuracy(fs::path const& data) : data_(data) {
    add_headings();
    for_each_row([&](auto const& f, std::string const& parameters) {
      add_row(value_name(f, parameters), derivative_name(f, parameters), !parameters.empty(),
              reference::Reference<std::remove_cvref_t<decltype(f)>>::bounds);
    });
    for_each_row<simdact::Fast>([&](auto const& f, std::string const& parameters) {
      add_fast_row(value_name(f, parameters), derivative_name(f, parameters),
                   reference::Reference<std::remove_cvref_t<decltype(f)>>::bounds.fast);
    });
    reject_strangers(data / precise);
    for (Sweep const& sweep : fast_sweeps)
      reject_strangers(data / sweep.folder);
    reject_strangers(data / "doubles");
    collect([&] { read_peers(data / "peers.txt"); });
  }

  std::string text() const {
    return prose() + '\n' + defaults_.text() + '\n' + others_.text() + '\n' + fast_prose() + '\n' +
           fast_.text() + '\n' + peers_prose_ + '\n' + peers_.text();
  }

  std::vector<std::string> offences;

 private:
  template <class Step>
  void collect(Step step) {
    try {
      step();
    } catch (std::runtime_error const& error) {
      offences.emplace_back(error.what());
    }
  }

  void add_headings() {
    defaults_.add({"default parameters", "float forward", "float derivative", "double forward",
                   "double derivative"});
    others_.add({"other parameters", "float forward", "float derivative"});
    std::vector<std::string> fast{"`Fast`"};
    for (Sweep const& sweep : fast_sweeps) {
      for (std::string const direction : {" forward", " derivative"})
        fast.push_back(std::string(sweep.instructions) + direction);
    }
    fast_.add(fast);
    peers_.add({"largest error, float", "simdact Precise", "others"});
  }

  void add_row(std::string const& forward, std::string const& derivative, bool other,
               Bounds const& bounds) {
    const auto cell = [&](std::string const& name, double bound) {
      const Findings findings = float_findings(precise, name, bound);
      errors_[name] = number(findings.max_ulp);
      return std::to_string(findings.misrounded) + ", " + errors_[name];
    };
    std::vector<std::string> cells{
        code(forward), cell(forward, other ? bounds.float_other_parameters : bounds.float_value),
        cell(derivative, other ? bounds.float_other_parameters : bounds.float_derivative)};
    if (!other) {
      cells.push_back(double_cell(forward, bounds.double_value));
      cells.push_back(double_cell(derivative, bounds.double_derivative));
    }
    (other ? others_ : defaults_).add(cells);
  }

  void add_fast_row(std::string const& forward, std::string const& derivative, double bound) {
    std::vector<std::string> cells{code(forward)};
    for (Sweep const& sweep : fast_sweeps) {
      for (std::string const& name : {forward, derivative})
        cells.push_back(rounded(float_findings(sweep.folder, name, bound).max_ulp));
    }
    fast_.add(cells);
  }

  Findings float_findings(std::string_view folder, std::string const& name, double bound) {
    const fs::path file = file_of(data_ / folder, name);
    files_.insert(file);
    Findings findings;
    collect([&] { findings = read_findings(file, name, bound); });
    return findings;
  }

  std::string double_cell(std::string const& name, double bound) {
    const fs::path file = file_of(data_ / "doubles", name);
    files_.insert(file);
    std::string cell;
    collect([&] { cell = number(read_double_error(file, bound)) + " (" + number(bound) + ")"; });
    return cell;
  }

  /// A file that no row asks for was left behind when a row went.
  void reject_strangers(fs::path const& folder) {
    if (!fs::exists(folder))
      return;
    for (fs::directory_entry const& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".txt" && !files_.contains(entry.path()))
        offences.push_back(entry.path().string() + ": no row has this file");
    }
  }

  /// Prose up to the first empty line, then a line "function | library | errors" each.
  void read_peers(fs::path const& file) {
    const std::string text = readme::read_text(file);
    const auto end = text.find("\n\n");
    require(end != std::string::npos, file, "no empty line behind the prose");
    peers_prose_ = text.substr(0, end + 1);
    std::istringstream lines(text.substr(end + 2));
    std::vector<std::string> functions;
    std::map<std::string, std::string> found;
    for (std::string line; std::getline(lines, line);) {
      const auto [function, library, errors] =
          readme::split(file, line, "function | library | errors");
      require(errors_.contains(function), file, "'" + function + "' is not a row");
      std::string& cell = found[function];
      if (cell.empty())
        functions.push_back(function);
      cell += (cell.empty() ? "" : "; ") + library + ": " + errors;
    }
    for (std::string const& function : functions) {
      peers_.add({code(function), errors_[function], found[function]});
    }
  }

  fs::path data_;
  std::set<fs::path> files_;
  std::map<std::string, std::string> errors_;  // the largest of each row, Precise
  Table defaults_, others_, fast_, peers_;
  std::string peers_prose_;
};

}  // namespace

int main(int argc, char** argv) {
  return readme::run(argc, argv, {"accuracy", "accuracy_table"}, [](fs::path const& data) {
    const Accuracy accuracy(data);
    std::string offences;
    for (std::string const& offence : accuracy.offences)
      offences += (offences.empty() ? "" : "\n") + offence;
    if (!offences.empty())
      throw std::runtime_error(offences);
    return accuracy.text();
  });
}
