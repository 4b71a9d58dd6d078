// A rule as the files of rules/ state it: what it matches, under which conditions, what is done, why, and how
// we know.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/inspection.h"
#include "model/plan.h"
#include "util/glob.h"
#include "util/result.h"

namespace slim {

struct Rule {
  std::string id;
  Verb action = Verb::keep;              // keep: holds what it matches against other rules
  std::optional<elf::StripLevel> level;  // of a strip rule; none: as --strip says
  std::vector<Glob> paths;
  std::vector<Glob> except;              // paths that it leaves alone
  std::vector<FileKind> kinds;           // empty: any
  std::vector<PackageShape> not_shapes;  // shapes of package that it never touches
  std::vector<std::string> where;        // names from plan/guards.h that say which files are meant
  std::vector<std::string>
      guards;  // the same, asked of those: who objects holds the file, and the report says so
  std::string reason;
  std::string evidence;
  std::string risk;    // of an opt-in rule: what may break
  bool on = true;      // by default
  std::string origin;  // file it was read from
};

// Reads one rule file. `origin` is named in errors, with line and column. Errors: bad TOML, unknown keys,
// values of the wrong type, missing id, action, paths or reason, an opt-in rule without a risk.
Result<std::vector<Rule>> parse_rules(std::string_view text, const std::string& origin);

}  // namespace slim
