// From what the scanner found to names of this package's own modules, files and folders. What is not in the
// package is forgotten here, so that a hundred thousand files need little memory.
//
// - A name is looked up along sys.path, then in each package above the file, as vendored code sees it.
// - A string is a module's name where it says so in full ("pkg.sub", ".sub", "pkg.sub:function"), or where
//   the file imports by names made at run time and the string completes one, as in tables of lazy imports.
// - A path is looked up from the file's folder and from each above it, since its beginning is an expression.
//   Strings of one line that are joined are one path.
#include "languages/python/read_facts.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <set>

#include "languages/python/config_names.h"
#include "languages/python/named_paths.h"
#include "languages/python/python_facts.h"
#include "languages/python/source_mentions.h"
#include "languages/python/test_folders.h"
#include "languages/python/test_suites.h"
#include "python/bytecode.h"
#include "python/library_lookups.h"
#include "python/module_name.h"
#include "python/scanner.h"
#include "util/find_word.h"
#include "util/path.h"

namespace slim {
namespace {

using Kind = Reference::Kind;
using python::absolute_name;
using python::DynamicImport;
using python::join_names;
using python::NamedString;
using python::SourceFacts;

class SourceReader {
 public:
  SourceReader(const SourceFacts& source, const std::string& path, const PackageNames& names,
               std::vector<Reference>& out)
      : source_(source),
        path_(path),
        names_(names),
        out_(out),
        below_root_(names.below_root(path)),
        package_(python::package_name(below_root_)),
        module_(python::module_name(below_root_)) {}

  void run() {
    read_imports();
    for (const DynamicImport& found : source_.dynamic_imports) read_dynamic_import(found);
    for (const NamedString& found : source_.strings) read_module_string(found);
    // The paths in pytest's own configuration are those of tests to run or to leave out.
    if (base_name(path_) != "conftest.py") read_paths();
  }

 private:
  void add(Kind kind, std::string_view name, bool at_start = false) {
    out_.push_back({kind, std::string(name), at_start});
  }

  static bool runs_at_start(std::uint8_t nesting) { return (nesting & python::in_function) == 0; }

  void add_import(const std::string& name, bool at_start) {
    const std::string_view module = names_.longest_module(name);
    if (!module.empty()) return add(Kind::import, module, at_start);
    for (std::string_view above = package_; !above.empty();) {
      const std::string vendored = join_names(above, name);
      const std::string_view found = names_.longest_module(vendored);
      if (found.size() > above.size()) return add(Kind::import, found, at_start);
      const std::size_t dot = above.rfind('.');
      above = above.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
    add_wherever_it_lies(name);
  }

  // A .pth file or code may put any folder on sys.path, and then a package in it has a name of its own.
  void add_wherever_it_lies(std::string_view name, bool only_in_full = false) {
    const std::string_view top = name.substr(0, name.find('.'));
    if (top.size() == name.size()) return;
    for (const std::string& parent : names_.parents_of_packages(top)) {
      const std::string whole = join_names(parent, name);
      const std::string_view found = names_.longest_module(whole);
      const bool in_full = found.size() == whole.size();
      if (in_full || (!only_in_full && found.size() > parent.size() + 1 + top.size()))
        add(Kind::import, found);
    }
  }

  void read_imports() {
    for (const python::Import& found : source_.imports) {
      if ((found.nesting & python::in_type_checking) != 0) continue;
      const std::string dots(found.level, '.');
      const std::string module = absolute_name(dots + std::string(source_.text(found.module)), package_);
      if (module.empty()) continue;
      const bool at_start = runs_at_start(found.nesting);
      add_import(module, at_start);
      const std::string_view name = source_.text(found.name);
      if (!found.is_from || name.empty()) continue;
      if (name == "*") {
        if (names_.is_module(module)) add(Kind::star, module);
      } else if (const std::string submodule = join_names(module, name); names_.is_module(submodule)) {
        add(Kind::import, submodule, at_start);
      } else if (found.level == 0) {
        add_wherever_it_lies(submodule);
      }
    }
  }

  // The names that __name__, __package__ or a leading dot can stand for.
  std::vector<std::string> bases_of(const DynamicImport& found) const {
    std::vector<std::string> bases;
    if (found.relative && found.package.size > 0) return {std::string(source_.text(found.package))};
    bases.push_back(package_);
    if (module_ != package_) bases.push_back(module_);
    return bases;
  }

  void read_dynamic_import(const DynamicImport& found) {
    if ((found.nesting & python::in_type_checking) != 0) return;
    if (found.form != DynamicImport::Form::literal) loads_by_name_ = true;
    if (found.form == DynamicImport::Form::unknown) return;
    const std::string text(source_.text(found.name));
    std::vector<std::string> whole;
    if (!found.relative && !found.of_own_name) {
      whole.push_back(text);
    } else {
      for (const std::string& base : bases_of(found)) {
        std::string name = found.of_own_name ? base + text : absolute_name(text, base);
        if (found.relative && text.ends_with('.') && !name.empty()) name += '.';
        whole.push_back(std::move(name));
      }
    }
    for (const std::string& name : whole) {
      if (found.form == DynamicImport::Form::literal) {
        add_import(name, runs_at_start(found.nesting));
      } else if (!name.empty()) {
        prefixes_.push_back(name);
        add(Kind::prefix, name);
      }
    }
  }

  // "pkg.sub", ".sub", "pkg.sub:function", "pkg.sub.Class"
  std::string named_module(std::string_view text) const {
    text = text.substr(0, text.find(':'));
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos) return {};
    std::string name = absolute_name(text, package_);
    if (names_.is_module(name)) return name;
    if (text.ends_with('.')) return {};
    const std::string_view parent = text.substr(0, dot);
    const bool is_dotted = parent.find('.') != std::string_view::npos && !text.starts_with('.');
    return is_dotted && names_.is_module(parent) ? std::string(parent) : std::string();
  }

  void read_module_string(const NamedString& found) {
    const std::string_view text = source_.text(found.text);
    if (text.find_first_of("/*-") != std::string_view::npos) return;
    const bool is_piece = (found.flags & NamedString::piece) != 0;
    if (is_piece && text.starts_with('.') && !loads_by_name_) return;
    if (const std::string name = named_module(text); !name.empty()) {
      add_named(name, name.ends_with(text.substr(0, text.find(':'))));
    } else if (!text.starts_with('.')) {
      add_wherever_it_lies(text.substr(0, text.find(':')), true);
    }
    const bool goes_on = (is_piece && loads_by_name_) || (found.flags & NamedString::partial) != 0;
    if (goes_on && text.ends_with('.')) add_beginning(text.substr(0, text.size() - 1));
    if (is_piece && !loads_by_name_) return;
    for (const std::string& prefix : prefixes_) {
      const std::string name = prefix + std::string(text);
      if (names_.is_module(name)) add_named(name);
    }
    if (package_.empty() || text.starts_with('.')) return;
    const std::string submodule = join_names(package_, text);
    if (!names_.is_module(submodule)) return;
    if (loads_by_name_) {
      add_named(submodule);
    } else {
      const bool is_lazy = source_.lazy_getattr > 0 || source_.attaches_names > 0;
      add(is_lazy ? Kind::string : Kind::listed, submodule);
    }
  }

  // Where names are put together, a package's name may be the beginning of one.
  void add_named(const std::string& name, bool in_full = true) {
    add(Kind::string, name);
    if (loads_by_name_ && in_full) add(Kind::prefix, name + ".");
  }

  // "pkg.tests." and ".tests." have something put behind them.
  void add_beginning(std::string_view text) {
    if (text.find('.') == std::string_view::npos) return;
    const std::string name = absolute_name(text, package_);
    if (!name.empty() && names_.is_module(name)) add(Kind::prefix, name + ".");
  }

  std::vector<std::string_view> components_of(const NamedString& found) const {
    if ((found.flags & NamedString::piece) != 0) return {};
    const std::string_view text = source_.text(found.text);
    const bool in_path = (found.flags & NamedString::in_path) != 0;
    const bool has_slash = text.find('/') != std::string_view::npos;
    if (!in_path && !has_slash) return {};
    const bool is_package = !has_slash && names_.is_module(text);
    return path_components(text, is_package ? '.' : '/');
  }

  bool continues_path(std::size_t i) const {
    const NamedString& before = source_.strings[i - 1];
    const NamedString& found = source_.strings[i];
    return (before.flags & found.flags & NamedString::in_path) != 0 && before.line == found.line;
  }

  void read_paths() {
    for (std::size_t i = 0; i < source_.strings.size(); ++i) {
      std::vector<std::string_view> path = components_of(source_.strings[i]);
      if (path.empty() || !names_.is_component(path.front())) continue;
      for (std::size_t next = i + 1; next < source_.strings.size() && continues_path(next); ++next) {
        const auto more = components_of(source_.strings[next]);
        path.insert(path.end(), more.begin(), more.end());
      }
      add_named_path(names_, path_, path, out_);
    }
    if (source_.mentions_own_path) read_folder_names();
  }

  // SUB = "tests", and join(dirname(__file__), SUB) elsewhere.
  void read_folder_names() {
    for (const NamedString& found : source_.strings) {
      const std::string_view text = source_.text(found.text);
      if (found.flags != 0 || text.find_first_of("/.") != std::string_view::npos) continue;
      const std::string folder = std::string(folder_of(path_)) + std::string(text);
      if (names_.is_component(text) && names_.is_folder(folder)) add(Kind::folder, folder + "/");
    }
  }

  const SourceFacts& source_;
  const std::string& path_;
  const PackageNames& names_;
  std::vector<Reference>& out_;
  const std::string_view below_root_;
  const std::string package_;
  const std::string module_;
  std::vector<std::string> prefixes_;  // of names made at run time
  bool loads_by_name_ = false;         // some of them with no known beginning
};

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

// Is the stem in there with one of the endings? One pass over the text, where each name of its own takes one.
bool contains(std::string_view text, std::string_view stem, std::initializer_list<std::string_view> endings) {
  for (std::size_t at = find_word(text, stem); at != std::string_view::npos; at = find_word(text, stem)) {
    text.remove_prefix(at + stem.size());
    if (std::ranges::any_of(endings, [&](std::string_view ending) { return text.starts_with(ending); }))
      return true;
  }
  return false;
}

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Is it in there as a string of its own: between zeros as C has them, or behind its length as marshal does?
bool has_constant(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const char before = at == 0 ? '\0' : text[at - 1];
    const std::size_t end = at + word.size();
    if (before == static_cast<char>(word.size())) return true;
    if (before == '\0' && (end == text.size() || text[end] == '\0')) return true;
  }
  return false;
}

// Cython, mypyc and bytecode keep the names that they import as text. Names may stand there without anything
// between them, so one may begin anywhere.
void read_names_in_compiled(std::string_view text, const PackageNames& names, FileFacts& facts) {
  constexpr std::size_t longest_run = 1000;
  const auto in_run = [&](std::size_t i) { return is_word_char(text[i]) || text[i] == '.'; };
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos;) {
    std::size_t begin = dot;
    while (begin > 0 && dot - begin < longest_run && in_run(begin - 1)) --begin;
    std::size_t end = dot + 1;
    while (end < text.size() && end - dot < longest_run && in_run(end)) ++end;
    const std::string_view run = text.substr(begin, end - begin);
    for (std::size_t at = 0; at + 2 < run.size(); ++at) {
      const std::string_view name = names.longest_module(run.substr(at));
      if (name.find('.') == std::string_view::npos) continue;
      facts.references.push_back({Kind::string, std::string(name), false});
      at += name.size() - 1;
    }
    dot = text.find('.', end);
  }
}

// The same in text that is meant for people.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_char(text[at - 1])) && (end == text.size() || !is_word_char(text[end])))
      return true;
  }
  return false;
}

using HasName = bool (*)(std::string_view text, std::string_view name);

// Compiled code of `from .tests import x`, in the file's package or one above it. The names "tests" and "x"
// are not next to each other there, so any module of the folder may be meant.
void read_relative_names(std::string_view text, std::string_view package, HasName has_name,
                         const PackageNames& names, FileFacts& facts) {
  while (!package.empty()) {
    for (const std::string_view folder : {"tests", "test"}) {
      const std::string name = join_names(package, folder);
      if (!names.is_module(name) || !has_name(text, folder)) continue;
      facts.references.push_back({Kind::string, name, false});
      facts.references.push_back({Kind::prefix, name + ".", false});
    }
    const std::size_t dot = package.rfind('.');
    package = package.substr(0, dot == std::string_view::npos ? 0 : dot);
  }
}

// "config.py" and ".py" among what compiled code holds. In bytecode a name stands between its length and the
// mark of what follows, and both may look like letters. In a library a string ends with a zero, as three
// bytes alone come about by chance and in compressed tables.
void read_source_names_in_compiled(std::string_view text, bool is_bytecode, PythonFacts& own) {
  constexpr std::string_view suffix = ".py";
  constexpr std::size_t longest = 255;
  const auto in_name = [](char c) { return is_word_char(c) || c == '-'; };
  std::size_t from = 0;
  for (std::size_t at = find_word(text, suffix); at != std::string_view::npos;
       at = find_word(text, suffix, from)) {
    from = at + suffix.size();
    if (!is_bytecode && (from == text.size() || text[from] != '\0')) continue;
    const std::size_t stop = at > 0 && text[at - 1] == '\\' ? at - 1 : at;  // "config\.py" of a pattern
    std::size_t begin = stop;
    while (begin > 0 && stop - begin < longest && in_name(text[begin - 1])) --begin;
    const char left = begin > 0 ? text[begin - 1] : '\0';
    const bool is_suffix = left == '\0' || left == '*' || left == '/';
    if (begin == stop && !is_bytecode && !is_suffix) continue;
    const std::string_view stem = text.substr(begin, stop - begin);
    own.source_names.push_back(std::string(stem) + std::string(suffix));
    if (begin < stop && is_bytecode)
      own.source_names.push_back(std::string(stem.substr(1)) + std::string(suffix));
  }
}

// RECORD and the like, in compiled code that asks for metadata or looks for the folders that hold it; "files"
// is what asks for RECORD. Bytecode may put a folder together of what others tell it.
void read_installer_files_in_compiled(std::string_view text, bool is_bytecode, FileFacts& facts) {
  const bool asks = contains(text, "importlib", {".metadata", "_metadata"}) ||
                    contains(text, "pkg_resources", {""}) || contains(text, "-info", {""});
  if (!asks && !is_bytecode) return;
  const auto add = [&](std::string_view name) {
    facts.metadata_questions.push_back({MetadataQuestion::About::installer_file, std::string(name)});
  };
  for (const std::string_view name : python::installer_files()) {
    if (contains(text, name, {""})) add(name);
  }
  if (asks && contains(text, "files", {""})) add("RECORD");
  if (asks && contains(text, "packages_distributions", {""})) add("top_level.txt");
}

// What bytecode that stands for its source says of files for compilers, as in source.
void read_lone_bytecode(std::string_view bytes, PythonFacts& own) {
  own.source_mentions = read_source_mentions_in_bytecode(bytes);
  own.compiler_words = read_compiler_words_in_bytecode(bytes);
}

// Compiled code shows what it knows of only as text; so does source in a syntax that slim doesn't know.
void read_all_names(std::string_view text, const std::string& path, HasName has_name,
                    const PackageNames& names, FileFacts& facts, PythonFacts& own) {
  read_names_in_compiled(text, names, facts);
  read_paths_in_compiled(text, path, names, facts);
  read_relative_names(text, python::package_name(names.below_root(path)), has_name, names, facts);
  read_source_names_in_compiled(text, !path.ends_with(".so"), own);
  own.reads_source = own.reads_source || contains(text, "getsource", {""});
  if (contains(text, "boto", {"3", "core"})) facts.services.push_back({});
  if (contains(text, "importlib", {".metadata", "_metadata"}) || contains(text, "pkg_resources", {""}))
    facts.metadata_questions.push_back({});
}

// Outside __pycache__ bytecode stands for a source that isn't there (PEP 3147).
bool is_lone_bytecode(std::string_view path) {
  return path.ends_with(".pyc") && base_name(parent_of(path)) != "__pycache__";
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

bool lies_in_test_folder(std::string_view path) {
  for (std::string_view folder = parent_of(path); !folder.empty(); folder = parent_of(folder)) {
    if (is_test_folder(base_name(folder))) return true;
  }
  return false;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return contains(text, word, {""}); });
}

// Code that lists what is in a tests folder, and imports or runs it, uses names that nobody states.
void read_walks_of_tests(std::string_view text, FileFacts& facts) {
  std::vector<Reference> of_tests;
  std::ranges::copy_if(facts.references, std::back_inserter(of_tests), [](const Reference& reference) {
    const std::string_view name = reference.name;
    return (reference.kind == Kind::import && is_test_folder(name.substr(name.rfind('.') + 1))) ||
           (reference.kind == Kind::folder && is_test_folder(base_name(parent_of(name))));
  });
  if (of_tests.empty() || !contains_any(text, {"iter_modules", "walk_packages", "listdir", "scandir",
                                               "iterdir", "glob(", "os.walk"}))
    return;
  const bool loads = contains_any(text, {"import_module", "__import__", "exec(", "spec_from_file", "run_path",
                                         "SourceFileLoader", "load_source", "load_module"});
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
  if (is_opaque) read_all_names(text, path, has_word, names, facts, own);
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
  SourceReader(source, path, names, facts.references).run();
  read_walks_of_tests(text, facts);
  read_service_uses(source, facts);
  const std::string_view below_root = names.below_root(path);
  const std::string module = python::module_name(below_root);
  read_metadata_uses(source, module.empty() ? python::package_name(below_root) : module, facts);
}

template <typename Visit>
void for_each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// "name = pkg.module:object [extra]" (packaging.python.org, entry points specification)
void read_entry_points(std::string_view text, const PackageNames& names, FileFacts& facts) {
  for_each_line(text, [&](std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || line.starts_with('#')) return;
    line.remove_prefix(std::min(line.find_first_not_of(" \t", equals + 1), line.size()));
    const std::string_view module = names.longest_module(line.substr(0, line.find_first_of(": \t\r[")));
    if (!module.empty()) facts.references.push_back({Kind::string, std::string(module), false});
  });
}

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

// Lines that begin with "import" are run, since 3.15 with blanks before it, too; the others are folders
// (documentation of the site module).
void read_path_file(std::string_view text, const std::string& path, const PackageNames& names,
                    FileFacts& facts, PythonFacts& own) {
  for_each_line(without_byte_order_mark(text), [&](std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with("import ") || line.starts_with("import\t"))
      read_source(line, path, names, facts, own);
  });
}

// A line is "pkg.module:callable", which Python calls when it starts (PEP 829). Whatever else comes to stand
// there is taken for names.
void read_start_file(std::string_view text, const std::string& path, const PackageNames& names,
                     FileFacts& facts, PythonFacts& own) {
  for_each_line(without_byte_order_mark(text), [&](std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with('#')) return;
    const std::string_view module = names.longest_module(line.substr(0, line.find_first_of(": \t\r#")));
    if (!module.empty()) facts.references.push_back({Kind::string, std::string(module), false});
    read_all_names(line, path, has_word, names, facts, own);
  });
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
  } else if (name.ends_with(".so") || is_lone_bytecode(path)) {
    read_all_names(text, path, has_constant, names, facts, own);
    read_installer_files_in_compiled(text, !name.ends_with(".so"), facts);
    if (!name.ends_with(".so")) read_lone_bytecode(text, own);
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

}  // namespace slim
