// A file's name and kind decide how it is read: as source, as one of the texts that Python or an installer
// reads (.pth, .start, entry_points.txt, METADATA), as compiled code, or as somebody's configuration. Names that
// nothing in the package has are forgotten here, so that a hundred thousand files need little memory.
#include "languages/python/read_facts.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "cache/record.h"
#include "languages/python/config_names.h"
#include "languages/python/folders_of_tests.h"
#include "languages/python/names_in_compiled.h"
#include "languages/python/python_facts.h"
#include "languages/python/python_table.h"
#include "languages/python/source_mentions.h"
#include "languages/python/source_references.h"
#include "languages/python/suites_of_tests.h"
#include "python/bytecode.h"
#include "python/library_lookups.h"
#include "python/module_name.h"
#include "python/scanner.h"
#include "util/lines.h"
#include "util/path.h"
#include "util/word_set.h"

namespace slim {
namespace {

using Kind = Reference::Kind;
using python::SourceFacts;

// The libraries that answer questions for metadata: their own code asks none.
bool answers_for_metadata(std::string_view module) {
  return module.find("importlib_metadata") != std::string_view::npos ||
         module.find("pkg_resources") != std::string_view::npos;
}

void read_metadata_uses(const SourceFacts& source, std::string_view module, FileFacts& facts) {
  using About = MetadataQuestion::About;
  using What = python::MetadataUse::What;
  for (const python::MetadataUse& use : source.metadata) {
    if ((use.nesting & python::in_type_checking) != 0) continue;
    if (use.what == What::installer_file && answers_for_metadata(module)) continue;
    MetadataQuestion question;
    if (use.what == What::installer_file) {
      question = {About::installer_file, std::string(source.text(use.text))};
    } else if (use.what == What::entry_points) {
      question = {About::entry_points, std::string(source.text(use.text))};
    } else if (use.what == What::distribution && use.of_own_name) {
      question = {About::own, std::string(module.substr(0, module.find('.')))};
    } else if (use.what == What::distribution && use.is_literal) {
      question = {About::distribution, std::string(source.text(use.text))};
    }
    facts.metadata_questions.push_back(std::move(question));
  }
}

// Many functions that have nothing to do with AWS are called client(). Where the call spells out a name, it
// is taken for a service: that keeps data at worst. Where it doesn't, it counts only if the file mentions
// boto, or if what it is called on is named after boto or a session.
void read_service_uses(const SourceFacts& source, FileFacts& facts) {
  for (const python::ServiceUse& use : source.services) {
    const std::string_view receiver = source.text(use.receiver);
    const bool of_google = source.text(use.method) == "build";
    const bool is_cloud = of_google || source.mentions_boto || source.text(use.method) == "create_client" ||
                          receiver.find("session") != std::string_view::npos ||
                          receiver.find("boto") != std::string_view::npos;
    if (!use.is_literal && !is_cloud) continue;
    facts.services.push_back(
        {of_google ? Provider::google : Provider::aws, std::string(source.text(use.service)), use.line});
  }
}

// What Lambda's runtimes of Python have beside the standard library. None makes clients unasked.
bool is_of_runtime(std::string_view top) {
  static const std::set<std::string_view> modules = [] {
    std::set<std::string_view> names = {
        "awscrt", "awslambdaric",        "boto3",   "botocore",   "dateutil", "jmespath", "s3transfer",
        "six",    "snapshot_restore_py", "urllib3", "__future__", "__main__"};
    for (const StandardModule& module : python_table().standard_library) names.insert(module.name);
    return names;
  }();
  return modules.contains(top);
}

// A module that neither the package nor the runtime has comes from a layer or from the machine, and makes clients
// that nobody sees here. The first is enough.
void read_imports_from_outside(const SourceFacts& source, const PackageNames& names, FileFacts& facts) {
  const auto is_noted = [&](std::string_view module, std::uint8_t nesting, std::uint32_t line) {
    const std::string_view top = module.substr(0, module.find('.'));
    if ((nesting & python::in_type_checking) != 0 || top.empty()) return false;
    if (is_of_runtime(top) || names.has_module_anywhere(top)) return false;
    for (const Provider provider : {Provider::aws, Provider::google})
      facts.services.push_back({provider, "", line, std::string(top)});
    return true;
  };
  for (const python::Import& found : source.imports) {
    if (found.level == 0 && is_noted(source.text(found.module), found.nesting, found.line)) return;
  }
  for (const python::DynamicImport& found : source.dynamic_imports) {
    if (found.form != python::DynamicImport::Form::literal || found.relative || found.of_own_name) continue;
    if (is_noted(source.text(found.name), found.nesting, found.line)) return;
  }
}

bool lies_in_test_folder(std::string_view path) {
  for (std::string_view folder = parent_of(path); !folder.empty(); folder = parent_of(folder)) {
    if (is_test_folder(base_name(folder))) return true;
  }
  return false;
}

bool lists_folders(std::string_view text) {
  static const WordSet listing{"iter_modules", "walk_packages", "listdir", "scandir",
                               "iterdir",      "glob(",         "os.walk"};
  return listing.is_any_in(text);
}

bool loads_modules(std::string_view text) {
  static const WordSet loading{"import_module", "__import__",       "exec(",       "spec_from_file",
                               "run_path",      "SourceFileLoader", "load_source", "load_module"};
  return loading.is_any_in(text);
}

// Code that lists what is in a tests folder, and imports or runs it, uses names that nobody states.
void read_walks_of_tests(std::string_view text, FileFacts& facts) {
  std::vector<Reference> of_tests;
  std::ranges::copy_if(facts.references, std::back_inserter(of_tests), [](const Reference& reference) {
    const std::string_view name = reference.name;
    return (reference.kind == Kind::import && is_test_folder(name.substr(name.rfind('.') + 1))) ||
           (reference.kind == Kind::folder && is_test_folder(base_name(parent_of(name))));
  });
  if (of_tests.empty() || !lists_folders(text)) return;
  const bool loads = loads_modules(text);
  for (Reference& reference : of_tests) {
    if (reference.kind == Kind::import) {
      facts.references.push_back({Kind::prefix, reference.name + ".", false});
    } else if (loads) {
      facts.references.push_back({Kind::path, std::move(reference.name), false});
    }
  }
}

void read_source(std::string_view text, const std::string& path, const PackageNames& names, FileFacts& facts,
                 PythonFacts& own) {
  const SourceFacts source = python::scan_source(text);
  const bool is_opaque = source.unknown_encoding || source.too_large || source.damaged;
  own.attaches_stub = own.attaches_stub || source.attaches_stub > 0;
  own.reads_source = own.reads_source || source.reads_source > 0;
  own.is_opaque = own.is_opaque || is_opaque;
  if (is_opaque) read_names_in_text(text, path, names, facts, own);
  if (!path.ends_with(".pyi")) {
    own.source_mentions = read_source_mentions(text);
    own.compiler_words = read_compiler_words(text, source, own.source_mentions);
  }
  own.defines_tests = lies_in_test_folder(path) && defines_tests(source, text);
  own.asks_own_file = own.asks_own_file || source.mentions_own_file;
  own.asks_module_paths = own.asks_module_paths || source.asks_module_paths;
  for (const python::Text& name : source.source_names) own.source_names.emplace_back(source.text(name));
  for (const python::Text& top : source.decorators) {
    if (names.is_module(source.text(top))) own.decorators.emplace_back(source.text(top));
  }
  read_source_references(source, path, names, facts.references);
  read_walks_of_tests(text, facts);
  read_service_uses(source, facts);
  read_imports_from_outside(source, names, facts);
  const std::string_view below_root = names.below_root(path);
  const std::string module = python::module_name(below_root);
  read_metadata_uses(source, module.empty() ? python::package_name(below_root) : module, facts);
}

// "name = pkg.module:object [extra]" (packaging.python.org, entry points specification)
void read_entry_points(std::string_view text, const PackageNames& names, FileFacts& facts) {
  for (std::string_view line : lines_of(text)) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || line.starts_with('#')) continue;
    line.remove_prefix(std::min(line.find_first_not_of(" \t", equals + 1), line.size()));
    const std::string_view module = names.longest_module(line.substr(0, line.find_first_of(": \t\r[")));
    if (!module.empty()) facts.references.push_back({Kind::string, std::string(module), false});
  }
}

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

// Lines that begin with "import" are run, since 3.15 with blanks before it, too; the others are folders
// (documentation of the site module).
void read_path_file(std::string_view text, const std::string& path, const PackageNames& names,
                    FileFacts& facts, PythonFacts& own) {
  for (std::string_view line : lines_of(without_byte_order_mark(text))) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with("import ") || line.starts_with("import\t"))
      read_source(line, path, names, facts, own);
  }
}

// A line is "pkg.module:callable", which Python calls when it starts (PEP 829). Whatever else comes to stand
// there is taken for names.
void read_start_file(std::string_view text, const std::string& path, const PackageNames& names,
                     FileFacts& facts, PythonFacts& own) {
  for (std::string_view line : lines_of(without_byte_order_mark(text))) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with('#')) continue;
    const std::string_view module = names.longest_module(line.substr(0, line.find_first_of(": \t\r#")));
    if (!module.empty()) facts.references.push_back({Kind::string, std::string(module), false});
    read_names_in_text(line, path, names, facts, own);
  }
}

template <typename Item>
void sort_unique(std::vector<Item>& list) {
  std::ranges::sort(list);
  const auto rest = std::ranges::unique(list);
  list.erase(rest.begin(), rest.end());
  list.shrink_to_fit();
}

// The headers of METADATA and PKG-INFO end at the first empty line, as for any reader of RFC 822 headers
// (core metadata specification; importlib.metadata uses email.parser). What follows is the long description.
std::uint64_t end_of_headers(ByteView bytes) {
  const std::string_view text = as_text(bytes);
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    const std::size_t blank = rest.starts_with("\n") ? 1 : rest.starts_with("\r\n") ? 2 : 0;
    if (blank == 0) continue;
    return rest.size() > blank ? at + 1 : 0;  // nothing behind the empty line: nothing to cut
  }
  return 0;
}

bool is_core_metadata(const std::string& path) {
  return path.ends_with(".dist-info/METADATA") || path.ends_with(".egg-info/PKG-INFO") ||
         (path.ends_with(".egg-info") && path.find(".egg-info/") == std::string::npos);
}

std::vector<std::string> lookups_in(std::string_view source) {
  std::set<std::string> names;
  for (python::LibraryLookup& lookup : python::library_lookups(source)) names.insert(std::move(lookup.name));
  return {names.begin(), names.end()};
}

void read_text(std::string_view text, const std::string& path, const PackageNames& names, FileFacts& facts,
               PythonFacts& own) {
  // "._x.py" and "PaxHeaders/x.py" are about x.py, and no Python.
  if (facts.kind == FileKind::apple_double || facts.kind == FileKind::pax_header) return;
  const bool is_source =
      facts.kind == FileKind::python_source || path.ends_with(".py") || path.ends_with(".pyw");
  const std::string_view name = base_name(path);
  if (is_source) {
    read_source(text, path, names, facts, own);
  } else if (name.ends_with(".pyi")) {
    read_source(text, path, names, facts, own);
  } else if (name == "entry_points.txt") {
    read_entry_points(text, names, facts);
  } else if (name.ends_with(".pth")) {
    read_path_file(text, path, names, facts, own);
  } else if (name.ends_with(".start")) {
    read_start_file(text, path, names, facts, own);
  } else if (name.ends_with(".so") || python::is_lone_bytecode(path)) {
    read_compiled(text, path, names, facts, own);
  } else if (facts.kind == FileKind::text) {
    if (is_configuration(path)) read_names_in_configuration(text, path, names, facts);
    own.compiler_words = read_cimports(text);
  }
  sort_unique(facts.references);
  sort_unique(facts.metadata_questions);
  sort_unique(own.source_names);
  sort_unique(own.decorators);
}

}  // namespace

void find_python_facts(ByteView bytes, const std::string& path, const PackageNames& names, Depth depth,
                       FileFacts& facts) {
  PythonFacts own;
  if (facts.kind == FileKind::python_bytecode) own.bytecode = python::read_bytecode_header(bytes);
  if (facts.kind == FileKind::python_source) own.library_lookups = lookups_in(as_text(bytes));
  if (depth == Depth::everything) {
    read_text(as_text(bytes), path, names, facts, own);
    if (is_core_metadata(path)) facts.header_end = end_of_headers(bytes);
  }
  put_python_facts(std::move(own), facts);
}

Bytes facts_of_text(ByteView source, const std::string& path) {
  static const Package nothing;
  static const std::vector<std::string> no_roots;
  static const PackageNames no_names(nothing, no_roots);
  FileFacts facts;
  facts.kind = FileKind::python_source;
  find_python_facts(source, path, no_names, Depth::everything, facts);
  cache::RecordWriter out;
  write_python_facts(facts, out);
  out.flag(lists_folders(as_text(source)));
  out.flag(loads_modules(as_text(source)));
  return out.take();
}

}  // namespace slim
