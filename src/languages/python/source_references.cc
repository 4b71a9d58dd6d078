// From what the scanner found in a source to names of this package's own modules, files and folders:
//
// - A name is looked up along sys.path, then in each package above the file, as vendored code sees it.
// - A string is a module's name where it says so in full ("pkg.sub", ".sub", "pkg.sub:function"), or where
//   the file imports by names made at run time and the string completes one, as in tables of lazy imports.
// - A path is looked up from the file's folder and from each above it, since its beginning is an expression.
//   Strings of one line that are joined are one path.
#include "languages/python/source_references.h"

#include <string>
#include <string_view>
#include <vector>

#include "languages/python/named_paths.h"
#include "python/module_name.h"
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
      above = python::package_above(above);
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

}  // namespace

void read_source_references(const SourceFacts& source, const std::string& path, const PackageNames& names,
                            std::vector<Reference>& out) {
  SourceReader(source, path, names, out).run();
}

}  // namespace slim
