// Compiled code holds the path of its source, for tracebacks: it gets the one it will have in the runtime, so
// the bytes don't depend on where the package was built. The header has an unchecked hash
// (python/bytecode.h).
//
// Order of worth, for --bytecode fit: what the function's own files import outside functions, in the order of
// a breadth-first search, as that is compiled at every start; then the rest, by path.
#include "languages/python/settle_bytecode.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "interpreter/compiler.h"
#include "languages/python/modules.h"
#include "languages/python/python_facts.h"
#include "model/output_bytes.h"
#include "model/settled.h"
#include "python/bytecode.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

// Is the source there, or was it until its bytecode takes its place?
bool stays_as_module(const Action& action) {
  return action.verb == Verb::keep || action.verb == Verb::strip_comments ||
         action.verb == Verb::bytecode_only;
}

// Whether the plan lets the bytecode of this source be made, beside it or in its place.
bool is_compiled(const Action& action) { return !action.compile_rule.empty() && stays_as_module(action); }

// Sources that stay, as such or as bytecode, and that an import can find, by module name.
std::map<std::string, std::size_t> kept_modules(const Package& package, const Inspection& inspection,
                                                const Plan& plan) {
  std::map<std::string, std::size_t> modules;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string& path = package.entries[i].path;
    const bool source = package.entries[i].type == EntryType::file && path.ends_with(".py");
    if (!source || !stays_as_module(plan.actions[i])) continue;
    const auto root = root_of(python_roots(inspection), path);
    if (!root) continue;
    // Not python::module_name(): a.b.py, which only its path can name, is compiled like any other.
    std::string name = path.substr(root->size(), path.size() - root->size() - 3);
    if (name.ends_with("/__init__")) name.resize(name.size() - std::string_view("/__init__").size());
    std::ranges::replace(name, '/', '.');
    modules.try_emplace(std::move(name), i);
  }
  return modules;
}

std::vector<std::size_t> in_order_of_worth(const std::map<std::string, std::size_t>& modules,
                                           const Inspection& inspection) {
  std::vector<std::size_t> order;
  std::set<std::size_t> seen;
  std::deque<std::size_t> waiting;
  const auto reach = [&](const std::string& name) {
    const auto found = modules.find(name);
    if (found != modules.end() && seen.insert(found->second).second) waiting.push_back(found->second);
  };
  std::set<std::string> installed;
  for (const Distribution& distribution : inspection.distributions) installed.insert(distribution.name);
  for (const auto& [name, entry] : modules) {
    if (!installed.contains(inspection.owner[entry])) reach(name);
  }
  while (!waiting.empty()) {
    const std::size_t entry = waiting.front();
    waiting.pop_front();
    order.push_back(entry);
    for (const Reference& reference : inspection.files[entry].references) {
      if (reference.kind != Reference::Kind::import || !reference.at_start) continue;
      const std::string& name = reference.name;
      for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
        reach(name.substr(0, dot));
      }
      reach(name);
    }
  }
  for (const auto& [name, entry] : modules) {
    if (seen.insert(entry).second) order.push_back(entry);
  }
  return order;
}

// Where the file will be: what tracebacks show.
Result<std::string> prefix_in_runtime(const Inspection& inspection) {
  switch (inspection.shape) {
    case PackageShape::function:
      return "/var/task/";
    case PackageShape::layer:
      return "/opt/";
    case PackageShape::image_layer:
      return "/";
    default:
      return fail(
          format("--bytecode: what is compiled here is for one place, and a {} runs where it is installed or "
                 "lies: leave it out; what unpacks the package compiles it",
                 package_shape_name(inspection.shape)));
  }
}

Status compile_all(const Package& package, const Inspection& inspection, const Options& options,
                   const std::vector<std::size_t>& order, Plan& plan) {
  if (order.empty()) return {};
  const std::optional<LanguageVersion>& python = python_version(inspection);
  if (!python) return fail("--bytecode: for which Python is not known: say --runtime python3.12");
  const auto [major, minor] = *python;
  const auto magic = python::bytecode_magic(major, minor);
  if (!magic)
    return fail(format("--bytecode: slim does not know the bytecode of Python {}.{}", major, minor));
  TRY(const std::string prefix, prefix_in_runtime(inspection));
  TRY(const auto interpreter, interpreter::find_interpreter(options.python.interpreter, major, minor));
  if (interpreter.magic != *magic) {
    return fail(format(
        "--bytecode: {} makes bytecode {}, and Python {}.{} reads {}, so that it is a pre-release: name "
        "another with --python",
        printable(interpreter.program), interpreter.magic, major, minor, *magic));
  }
  const auto load = [&](std::size_t i) -> Result<interpreter::Source> {
    TRY(Bytes text, output_bytes(package, plan, order[i]));
    return interpreter::Source{prefix + package.entries[order[i]].path, std::move(text)};
  };
  TRY(const auto compiled, interpreter::compile_sources(interpreter, order.size(), load, options.threads));

  std::uint64_t room = UINT64_MAX;
  if (options.python.bytecode == BytecodeMode::fit) {
    const std::uint64_t size = unpacked_bytes(plan);
    room = options.python.bytecode_budget > size ? options.python.bytecode_budget - size : 0;
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::optional<Bytes>& code = compiled[i];
    if (!code || code->size() + python::bytecode_header_size > room) continue;
    const std::string& source = package.entries[order[i]].path;
    Action& action = plan.actions[order[i]];
    const bool instead = action.verb == Verb::bytecode_only;
    // Without its source Python takes bytecode from the source's own place only (PEP 3147).
    const std::string path =
        instead ? source + "c" : python::bytecode_of_source(source, python::cache_tag(major, minor));
    const auto present = find_entry(package, path);
    if (present && plan.actions[*present].verb != Verb::drop) continue;  // a --keep holds it
    TRY(const Bytes text, output_bytes(package, plan, order[i]));
    TRY(const std::uint64_t hash, python::source_hash(text, *magic));
    Addition addition{.path = path,
                      .rule = action.compile_rule,
                      .reason = "compiled, so that Python need not at each cold start",
                      .bytes = python::bytecode_file(*magic, hash, *code),
                      .made_of = order[i]};
    room -= addition.bytes.size();
    plan.additions.push_back(std::move(addition));
    if (instead) becomes_a_drop(action, action.reason);
  }
  std::ranges::sort(plan.additions, {}, &Addition::path);
  return {};
}

// What it costs: Lambda's disk is read-only, so what has no bytecode is compiled again at each cold start.
// The note is given where this run has changed how much bytecode there is, or was asked for bytecode and
// could not make all of it. A package that never had any gets no note.
void note_the_cost(const Package& package, const Inspection& inspection, BytecodeMode mode,
                   const std::map<std::string, std::size_t>& modules, Plan& plan) {
  const bool is_unpacked_by_others = inspection.shape == PackageShape::wheel ||
                                     inspection.shape == PackageShape::jar ||
                                     inspection.shape == PackageShape::zipapp;
  if (modules.empty() || is_unpacked_by_others) return;
  std::set<std::string> with;
  std::set<std::string> lost;
  std::uint64_t bytes = 0;
  for (const Addition& addition : plan.additions) {
    with.insert(python::source_of_bytecode(addition.path));
    bytes += addition.bytes.size();
  }
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    const std::string& path = package.entries[i].path;
    if (plan.actions[i].verb == Verb::drop) {
      if (path.ends_with(".pyc")) lost.insert(python::source_of_bytecode(path));
    } else if (python_facts(inspection.files[i]).bytecode) {
      with.insert(python::source_of_bytecode(path));
      bytes += plan.actions[i].size_after;
    }
  }
  std::size_t without = 0;
  std::size_t newly_without = 0;
  for (const auto& [name, entry] : modules) {
    const std::string& source = package.entries[entry].path;
    if (with.contains(source)) continue;
    ++without;
    newly_without += lost.contains(source) ? 1 : 0;
  }
  if (without == 0) return;
  std::string message;
  if (mode != BytecodeMode::drop) {
    message = format(
        "{} of {} modules have no bytecode, so Python compiles those that it imports at each cold start; "
        "what is there takes {}: see --bytecode compile and fit",
        with_commas(without), with_commas(modules.size()), human_bytes(bytes));
  } else if (newly_without != 0) {
    message = format(
        "the bytecode of {} of {} modules goes to save space, so Python compiles those that it imports at "
        "each "
        "cold start: if that matters more, --bytecode compile packs bytecode that stays valid",
        with_commas(newly_without), with_commas(modules.size()));
  } else {
    return;
  }
  plan.findings.push_back({Severity::note, "compiled-at-start", "", std::move(message)});
}

}  // namespace

Status add_bytecode(const Package& package, const Inspection& inspection, const Options& options,
                    Plan& plan) {
  const auto modules = kept_modules(package, inspection, plan);
  std::vector<std::size_t> order = in_order_of_worth(modules, inspection);
  std::erase_if(order, [&](std::size_t i) { return !is_compiled(plan.actions[i]); });
  CHECK_OK(compile_all(package, inspection, options, order, plan));
  for (Action& action : plan.actions) {
    if (action.verb == Verb::bytecode_only) give_up(action, "there is no bytecode that could stand for it");
  }
  note_the_cost(package, inspection, options.python.bytecode, modules, plan);
  return {};
}

// Same size, another header; nothing to do where it is there already.
Status settle_bytecode_header(const Package& package, const Inspection& inspection, std::size_t i,
                              Action& action) {
  if (action.verb != Verb::hash_bytecode) return {};
  const PythonFacts& facts = python_facts(inspection.files[i]);
  const auto source = find_entry(package, python::source_of_bytecode(package.entries[i].path));
  if (!source || !facts.bytecode) {
    give_up(action, "its source is gone");
    return {};
  }
  TRY(const Bytes text, package.load(*source));
  TRY(const std::uint64_t hash, python::source_hash(text, facts.bytecode->magic));
  TRY(const Bytes original, package.load(i));
  const Bytes changed = python::with_unchecked_header(original, facts.bytecode->magic, hash);
  action.head.assign(changed.begin(), changed.begin() + std::ptrdiff_t{python::bytecode_header_size});
  if (changed == original) give_up(action, "its header says so already");
  action.size_after = changed.size();
  action.hash_after = hash_bytes(changed);
  return {};
}

}  // namespace slim
