// Compiled code holds the path of its source, for tracebacks: it gets the one it will have in the runtime, so
// the bytes don't depend on where the package was built. The header has an unchecked hash
// (python/bytecode.h).
//
// Order of worth, for --bytecode fit: what a start loads, as that is compiled at every start; then the function's
// own files and what they import outside functions; then the rest, by path.
#include "languages/python/settle_bytecode.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "interpreter/compiler.h"
#include "languages/python/python_facts.h"
#include "languages/python/python_handler.h"
#include "languages/python/source_modules.h"
#include "languages/python/start_by_imports.h"
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

// Sources that stay, as such or as bytecode, in a folder where imports look. Also a.b.py, which only its path can
// name, and x.py beside a package x: who loads them has use for their bytecode.
std::vector<std::size_t> kept_sources(const SourceModules& modules, const Plan& plan) {
  std::vector<std::size_t> kept;
  std::ranges::copy_if(modules.sources(), std::back_inserter(kept),
                       [&](std::size_t i) { return stays_as_module(plan.actions[i]); });
  return kept;
}

Result<std::vector<std::size_t>> in_order_of_worth(const Package& package, const Inspection& inspection,
                                                   const SourceModules& modules,
                                                   const std::vector<std::size_t>& kept) {
  std::vector<std::size_t> order;
  std::set<std::size_t> seen;
  const auto add = [&](const std::vector<std::size_t>& entries) {
    for (const std::size_t entry : entries) {
      if (std::ranges::binary_search(kept, entry) && seen.insert(entry).second) order.push_back(entry);
    }
  };
  if (const auto& start = inspection.use_of(Language::python).start) add(start->entries);
  const std::vector<std::size_t> own = own_sources(inspection, modules);
  add(own);
  TRY(const std::vector<std::size_t> reached,
      start_by_imports(package, inspection, modules, own, all_is_read));
  add(reached);
  add(kept);
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

// Which sources have bytecode in the output, and which have lost it.
struct BytecodeAtHand {
  std::set<std::string> with;
  std::map<std::string, std::uint64_t> lost;  // with its size
  std::uint64_t bytes = 0;
};

BytecodeAtHand bytecode_at_hand(const Package& package, const Inspection& inspection, const Plan& plan) {
  BytecodeAtHand found;
  for (const Addition& addition : plan.additions) {
    if (!addition.path.ends_with(".pyc")) continue;
    found.with.insert(python::source_of_bytecode(addition.path));
    found.bytes += addition.bytes.size();
  }
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    const std::string& path = package.entries[i].path;
    if (plan.actions[i].verb == Verb::drop) {
      if (!path.ends_with(".pyc")) continue;
      std::uint64_t& size = found.lost[python::source_of_bytecode(path)];
      size = std::max(size, package.entries[i].size);
    } else if (python_facts(inspection.files[i]).bytecode) {
      found.with.insert(python::source_of_bytecode(path));
      found.bytes += plan.actions[i].size_after;
    }
  }
  return found;
}

bool is_unpacked_by_others(const Inspection& inspection) {
  return inspection.shape == PackageShape::wheel || inspection.shape == PackageShape::jar ||
         inspection.shape == PackageShape::zipapp;
}

// What a start has to compile. Where the handler was not loaded, the imports of its file tell what a start loads, or
// those of the function's own files.
Status find_cost_of_start(const Package& package, const Inspection& inspection, const Options& options,
                          const SourceModules& modules, const std::vector<std::size_t>& kept,
                          const BytecodeAtHand& at_hand, Plan& plan) {
  if (inspection.shape != PackageShape::function) return {};
  StartCost cost;
  std::vector<std::size_t> loaded;
  const std::optional<Start>& start = inspection.use_of(Language::python).start;
  if (start && start->from != StartFrom::everything) {
    loaded = start->entries;
    cost.handler = start->handler;
    cost.is_measured = start->from == StartFrom::loading;
  } else {
    // What a run with --bytecode init refuses is no reason to refuse this one.
    const auto found = find_python_handler(package, inspection, modules, options);
    std::vector<std::size_t> from = own_sources(inspection, modules);
    const auto handler = found ? *found : std::nullopt;
    if (handler) {
      cost.handler = handler->name;
      if (const auto entry = modules.find(handler->module)) from = {*entry};
    }
    TRY(loaded, start_by_imports(package, inspection, modules, from, all_is_read));
  }
  for (const std::size_t entry : loaded) {
    if (!std::ranges::binary_search(kept, entry)) continue;
    ++cost.modules;
    const std::string& source = package.entries[entry].path;
    if (at_hand.with.contains(source)) continue;
    ++cost.compiled;
    cost.source_bytes += package.entries[entry].size;
    const auto lost = at_hand.lost.find(source);
    if (lost == at_hand.lost.end()) continue;
    ++cost.had_bytecode;
    cost.bytecode_bytes += lost->second;
  }
  if (cost.compiled != 0) plan.start_cost = std::move(cost);
  return {};
}

// What it costs: Lambda's disk is read-only, so what has no bytecode is compiled again at each cold start.
// The note is given where this run has changed how much bytecode there is, or was asked for bytecode and
// could not make all of it. A package that never had any gets no note.
void note_the_cost(const Package& package, BytecodeMode mode, const std::vector<std::size_t>& kept,
                   const BytecodeAtHand& at_hand, Plan& plan) {
  std::size_t without = 0;
  std::size_t newly_without = 0;
  for (const std::size_t entry : kept) {
    const std::string& source = package.entries[entry].path;
    if (at_hand.with.contains(source)) continue;
    ++without;
    newly_without += at_hand.lost.contains(source) ? 1 : 0;
  }
  if (without == 0) return;
  std::string message;
  if (mode == BytecodeMode::init) {
    message = format(
        "{} of {} modules have no bytecode, as no start loads them; what is there takes {}: see --bytecode "
        "compile for all",
        with_commas(without), with_commas(kept.size()), human_bytes(at_hand.bytes));
  } else if (mode != BytecodeMode::drop) {
    message = format(
        "{} of {} modules have no bytecode, so Python compiles those that it imports at each cold start; "
        "what is there takes {}: see --bytecode compile, init and fit",
        with_commas(without), with_commas(kept.size()), human_bytes(at_hand.bytes));
  } else if (newly_without != 0) {
    message = format(
        "the bytecode of {} of {} modules goes to save space, so Python compiles those that it imports at "
        "each cold start: if that matters more, --bytecode compile packs bytecode that stays valid, and "
        "--bytecode init packs it for what a start loads",
        with_commas(newly_without), with_commas(kept.size()));
  } else {
    return;
  }
  plan.findings.push_back({Severity::note, "compiled-at-start", "", std::move(message)});
}

}  // namespace

Status add_bytecode(const Package& package, const Inspection& inspection, const Options& options,
                    Plan& plan) {
  const SourceModules modules(package, inspection);
  const std::vector<std::size_t> kept = kept_sources(modules, plan);
  TRY(std::vector<std::size_t> order, in_order_of_worth(package, inspection, modules, kept));
  std::erase_if(order, [&](std::size_t i) { return !is_compiled(plan.actions[i]); });
  CHECK_OK(compile_all(package, inspection, options, order, plan));
  for (Action& action : plan.actions) {
    if (action.verb == Verb::bytecode_only) give_up(action, "there is no bytecode that could stand for it");
  }
  if (kept.empty() || is_unpacked_by_others(inspection)) return {};
  const BytecodeAtHand at_hand = bytecode_at_hand(package, inspection, plan);
  note_the_cost(package, options.python.bytecode, kept, at_hand, plan);
  CHECK_OK(find_cost_of_start(package, inspection, options, modules, kept, at_hand, plan));
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
