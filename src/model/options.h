// What the user asked for, checked once: the stages never see a raw flag.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "elf/strip.h"
#include "model/given.h"
#include "model/inspection.h"
#include "model/package.h"
#include "model/python_options.h"

namespace slim {

enum class LicenceMode : std::uint8_t { keep, collect, drop };
std::optional<LicenceMode> licence_mode_from(const std::string& name);

struct Options {
  std::string input;
  std::string output;  // empty only with dry_run or in_place
  ContainerFormat output_format = ContainerFormat::zip;
  bool in_place = false;
  bool dry_run = false;
  // -o -: the zip goes to standard output, and the report for people to standard error.
  bool to_stdout() const { return output == "-" && output_format == ContainerFormat::zip; }

  ConfigUse config;
  std::vector<Given> keep;  // globs
  std::vector<Given> drop;
  std::vector<Given> enable;   // opt-in rule ids
  std::vector<Given> disable;  // rule ids
  std::vector<std::string> rule_files;
  std::vector<Given> keep_strip;  // globs
  elf::StripLevel strip = elf::StripLevel::symbols;

  PythonOptions python;
  LicenceMode licences = LicenceMode::keep;
  std::vector<Given> services;  // of AWS, whose data is to stay; "auto": those that the code names
  std::string debug_dir;        // where what strip removes is kept for debuggers; empty: nowhere
  std::string runtime;          // as given
  std::optional<Arch> arch;

  int level = 6;                 // 1 % below zip -9, at half of level 9's time: docs/design.md
  unsigned threads = 0;          // 0: what the machine has
  std::string json;              // report file, "-" for standard output
  std::string markdown;          // the same for a pull request or a job's summary
  std::string html;              // the same as one page with a treemap
  std::string sbom;              // bill of materials (CycloneDX JSON) of the input
  std::string write_start_list;  // file for the modules that loading the handler loads
  bool verify = false;           // import everything before and after, and restore what a regression needs
  std::vector<Given> verify_commands;  // whose exit code and output must stay the same
  unsigned verify_seconds = 120;       // that each of them may take
  bool quiet = false;
  bool stats = false;  // time and memory of each stage, in the reports
  std::string trace;   // file for what each thread did; empty: none
  std::string cache;   // folder, "off" or http://…; empty: the default
  std::uint64_t cache_limit = 2'000'000'000;
  bool fast = false;                         // packed bytes of what stays are copied from the zip
  std::uint64_t max_memory = 1'000'000'000;  // bytes that contents on their way may take

  // How much of that a package is worth: half of what it unpacks to, but enough to work on several files.
  std::uint64_t in_flight(std::uint64_t unpacked) const {
    constexpr std::uint64_t enough = std::uint64_t{64} << 20;
    return std::min(max_memory / 2, std::max(unpacked / 2, enough));
  }
};

}  // namespace slim
