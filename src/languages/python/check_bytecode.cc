// Bytecode that Python would not use. A .pyc starts with 16 bytes (PEP 552): the interpreter's magic number,
// flags, and, where the flags are 0, the mtime and the size of its source. Lambda's /var/task is read-only:
// what does not match there is compiled again at every cold start.
//
// One finding for each kind, with a count, because packages have thousands of these files.
#include "archive/dos_time.h"
#include "languages/python/checks.h"
#include "languages/python/python_facts.h"
#include "python/bytecode.h"
#include "util/format.h"

namespace slim::check {
namespace {

enum class State { fresh, stale, foreign, orphan };

// A zip states no time zone: UTC, which is what Lambda's clock says.
std::optional<std::int64_t> time_of(const Entry& entry) {
  if (entry.mtime) return entry.mtime;
  if (entry.dos_time) return archive::seconds_of_dos_time(*entry.dos_time);
  return std::nullopt;
}

State state_of(const Deployment& deployment, Place place, const std::string& tag) {
  const std::string path = deployment.absolute(place);
  const auto source = deployment.find(python::source_of_bytecode(path));
  if (!source) return State::orphan;
  if (!path.ends_with("." + tag + ".pyc")) return State::foreign;
  const std::optional<python::BytecodeHeader>& header = python_facts(deployment.facts(place)).bytecode;
  if (!header || header->by_hash()) return State::fresh;
  const Entry& entry = deployment.entry(*source);
  const auto time = time_of(entry);
  if (!time) return State::fresh;
  const bool same = static_cast<std::uint32_t>(*time) == header->source_time &&
                    static_cast<std::uint32_t>(entry.size) == header->source_size;
  return same ? State::fresh : State::stale;
}

struct Count {
  std::size_t files = 0;
  Place first;  // where there is one
};

void add(Count& count, Place place) {
  if (count.files++ == 0) count.first = place;
}

}  // namespace

void check_bytecode(Deployment& deployment) {
  const LanguageVersion* python = deployment.target().version_of(Language::python);
  if (!python || deployment.target().repacked) return;  // slim settles its own bytecode
  const std::string tag = python::cache_tag(python->major, python->minor);
  Count stale;
  Count foreign;
  Count orphans;
  for (const Place place : deployment.files()) {
    const std::string path = deployment.absolute(place);
    if (!python::is_cached_bytecode(path)) continue;
    if (deployment.facts(place).kind == FileKind::apple_double) continue;  // "._m.cpython-312.pyc"
    const State state = state_of(deployment, place, tag);
    if (state == State::stale) add(stale, place);
    if (state == State::foreign) add(foreign, place);
    if (state == State::orphan) add(orphans, place);
  }
  if (stale.files != 0) {
    deployment.report(
        Severity::note, "stale-bytecode", stale.first,
        format("and {} bytecode files in all don't match their sources' dates, so that Python compiles "
               "them again at every cold start: slim makes them independent of dates, or use python -m "
               "compileall --invalidation-mode unchecked-hash",
               with_commas(stale.files)));
  }
  if (foreign.files != 0) {
    deployment.report(
        Severity::note, "foreign-bytecode", foreign.first,
        format("and {} bytecode files in all are of another Python or optimisation than {}, which never "
               "reads them: slim takes them away",
               with_commas(foreign.files), tag));
  }
  if (orphans.files != 0) {
    deployment.report(
        Severity::warning, "bytecode-without-source", orphans.first,
        format("and {} bytecode files in all lie in __pycache__ without their source, where Python "
               "never looks for a module: pack the sources, or put x.pyc beside where x.py was",
               with_commas(orphans.files)));
  }
}

}  // namespace slim::check
