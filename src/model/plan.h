// The plan is data: one action for each entry. Dry run, explain, every report and the run itself read this
// and nothing else. The plan stage decides; the transform stage settles sizes and hashes and falls back to
// keep where a check fails; after that nothing changes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "elf/strip.h"
#include "hash/hash.h"
#include "util/byte_range.h"

namespace slim {

enum class Verb : std::uint8_t {
  keep,             // the bytes as they are
  drop,             // not in the output
  strip,            // ELF, see Action::level
  hash_bytecode,    // the same bytecode under a header with an unchecked hash of its source (PEP 552)
  cut_metadata,     // the headers of METADATA without the long description
  strip_comments,   // the source without the ranges at Action::cuts
  link,             // a relative symlink to the identical file at Action::link_to
  make_executable,  // the bytes as they are, under a mode by which it can be started
  // What the plan decides and the transform stage settles: none of these is left in a settled plan.
  compile,        // the source stays, and its bytecode is added; see Action::compile_rule
  bytecode_only,  // a drop, once its bytecode stands in its place; else a keep
  collect,        // a drop, once its text is in the file that collects all such; else a keep
  renew,          // a drop, with an addition of that name: what it lists has changed; else a keep
};
const char* verb_name(Verb verb);

struct Hold {
  std::string
      by;  // "--keep GLOB", a guard's name, or a rule id: what held a file that a rule would have changed
  std::string reason;
};

struct Action {
  Verb verb = Verb::keep;
  std::string rule;    // id; empty for keep
  std::string reason;  // one clause
  elf::StripLevel level = elf::StripLevel::none;
  std::vector<ByteRange> cuts;  // of strip_comments: what goes, ascending
  Bytes head;  // of hash_bytecode: what takes the place of as many bytes at the file's beginning
  std::vector<std::string> matches;  // ids of all rules that match, sorted
  std::string link_rule;             // the rule that lets transform replace it by a link to an identical file
  std::string compile_rule;          // the rule that lets transform add the bytecode of this source
  std::string link_to;               // path of the entry whose bytes are the same
  std::vector<Hold> holds;           // why nothing, or less, was done
  std::string executable_by;         // id of the rule by which it also becomes executable, whatever the verb
  bool stays_stored = false;         // in a zip: not deflated, as its reader takes it out of there directly
  std::uint64_t size_after = 0;      // settled by transform; 0 when dropped
  Hash128 hash_after;
};

inline bool keeps_bytes(const Action& action) {
  return action.verb == Verb::keep || action.verb == Verb::make_executable;
}

// What of a zip's form means something to whoever opens a package of this kind (docs/design.md has the
// table).
struct ZipForm {
  bool folders = false;  // entries of folders that hold something
  bool order = false;
  bool frame = false;  // comment and marker; the program before the zip always stays
};

// Nothing in the package may change, and why.
struct Seal {
  std::string reason;  // a clause: "the package is signed (META-INF/X.SF), and …"
  bool whole = false;  // the container itself neither: its bytes are copied
};

// A file that the input does not have.
struct Addition {
  std::string path;
  std::uint32_t mode = 0644;
  std::string rule;
  std::string reason;
  std::vector<std::uint8_t> bytes;
  std::size_t made_of = 0;  // the entry that it comes from: its package's restored rules count for this, too
};

enum class Severity : std::uint8_t { note, warning, error };
const char* severity_name(Severity severity);

struct Finding {
  Severity severity = Severity::warning;
  std::string id;       // "wrong-architecture"
  std::string path;     // entry, empty for the whole package
  std::string message;  // one sentence with its remedy
};

// A rule that must leave a package's files alone, because a trial showed what they are needed for.
struct Restored {
  std::string rule;
  std::string owner;            // as in Inspection::owner; empty: everywhere
  std::string reason;           // "pandas.core did not import without it: …"
  std::string by = "--verify";  // or "--verify-command"
};

struct Plan {
  std::vector<Action> actions;      // actions[i] is of package.entries[i]
  std::vector<Addition> additions;  // sorted by path
  std::vector<Finding> findings;
  ZipForm zip_form;
  std::optional<Seal> seal;
};

// Sum of the sizes that the entries come to; without the additions.
std::uint64_t unpacked_bytes(const Plan& plan);

}  // namespace slim
