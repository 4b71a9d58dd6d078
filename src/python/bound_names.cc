#include "python/bound_names.h"

#include <algorithm>

#include "python/names_in_strings.h"

namespace slim::python {
namespace {

constexpr std::size_t max_aliases = 200;
constexpr std::size_t max_tops = 500;

bool mentions(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

bool reads_source_by(const DottedName& name) {
  if (is_source_reader(name.last())) return true;
  if (name.size < 2) return false;
  const std::string_view owner = name.names[name.size - 2];
  return (name.last() == "script" && owner == "jit") || is_source_module(owner) ||
         (name.last() == "open" && owner == "tokenize") ||
         (name.last() == "get_source" && mentions(owner, "loader"));
}

// A file that binds more names than any sane one is not followed name by name.
void BoundNames::add_alias(const Alias& alias) {
  if (aliases_.size() < max_aliases) {
    aliases_.push_back(alias);
  } else if (aliases_.size() == max_aliases) {
    aliases_.push_back({});
    facts_.facts.metadata.push_back({1, 0, MetadataUse::What::anything, false, false, {}});
  }
}

void BoundNames::bind_for_types(std::string_view module, std::uint8_t level, std::string_view name,
                                std::string_view bound, std::uint32_t line) {
  const std::size_t before = aliases_.size();
  bind(module, level, name, bound, line);
  for (std::size_t i = before; i < aliases_.size(); ++i) aliases_[i].used = true;
}

void BoundNames::bind(std::string_view module, std::uint8_t level, std::string_view name,
                      std::string_view bound, std::uint32_t line) {
  const bool is_from = !name.empty();
  const std::string_view top = module.substr(0, module.find('.'));
  if (level == 0 && (top == "boto3" || top == "botocore" || top == "aiobotocore" || top == "aioboto3")) {
    facts_.facts.mentions_boto = true;
    if (is_from && (name == "client" || name == "resource")) add_alias({.name = bound, .method = name});
    if (!is_from) add_alias({.name = bound == module ? top : bound, .is_sdk = true});
  }
  if (level == 0 && (top == "googleapiclient" || top == "apiclient")) {
    facts_.facts.mentions_google = true;
    if (is_from && name == "build") add_alias({.name = bound, .method = name});
  }
  if (level == 0 && tops_.size() < max_tops) {
    const std::string_view local = is_from ? bound : bound.substr(0, bound.find('.'));
    tops_.emplace_back(facts_.add(local), facts_.add(top));
  }
  if (is_from && name == "import_module" && bound != name) add_alias({.name = bound, .imports = true});
  if (is_from && is_source_reader(name) && facts_.facts.reads_source == 0) {
    facts_.facts.reads_source = line;
  }
  if (is_from && name == "attach_stub" && facts_.facts.attaches_stub == 0) facts_.facts.attaches_stub = line;

  const bool of_metadata = module == "importlib.metadata" || top == "pkg_resources" ||
                           mentions(module, "importlib_metadata") || mentions(module, "importlib.metadata");
  asks_metadata_ = asks_metadata_ || of_metadata || name == "importlib_metadata" || name == "pkg_resources" ||
                   (module == "importlib" && name == "metadata");
  if (of_metadata) note_question(line, name);
  const bool may_be = of_metadata || mentions(module, "compat") || mentions(module, "backport") ||
                      mentions(module, "importlib");
  if (!is_from) {
    // `import importlib.metadata` binds importlib; its full name is known without an alias.
    if (of_metadata && (bound != module || !mentions(module, "."))) {
      add_alias({.name = bound, .kind = MetadataKind::module});
    }
    return;
  }
  if (name == "importlib_metadata" || name == "pkg_resources" ||
      (may_be && !of_metadata && name == "metadata")) {
    add_alias({.name = bound, .kind = MetadataKind::module});
  } else if (of_metadata && name == "*") {
    for (const std::string_view each : {"version", "distribution", "metadata", "requires", "files"}) {
      add_alias({.name = each, .kind = MetadataKind::distribution});
    }
    add_alias({.name = "entry_points", .kind = MetadataKind::entry_points});
  } else if (may_be) {
    const MetadataKind kind = metadata_kind(name);
    if (kind != MetadataKind::none) add_alias({.name = bound, .kind = kind});
  }
}

bool BoundNames::hands_on_metadata() const {
  return std::any_of(aliases_.begin(), aliases_.end(), [](const Alias& each) {
    return each.kind != MetadataKind::none && !each.name.empty() && !each.used;
  });
}

void BoundNames::mark_used(const DottedName& name) {
  if (name.of_unknown) return;
  for (Alias& each : aliases_) each.used = each.used || each.name == name.names[0];
}

MetadataKind BoundNames::metadata_of(const DottedName& name) const {
  if (name.of_unknown) return MetadataKind::none;
  const std::string_view first = name.names[0];
  std::size_t used = 0;
  if (first == "importlib" && name.size >= 2 && name.names[1] == "metadata") {
    used = 2;
  } else if (first == "importlib_metadata" || first == "pkg_resources") {
    used = 1;
  } else {
    const auto alias = std::find_if(aliases_.begin(), aliases_.end(), [&](const Alias& each) {
      return each.name == first && each.kind != MetadataKind::none;
    });
    if (alias == aliases_.end()) return MetadataKind::none;
    if (alias->kind == MetadataKind::anything) return alias->kind;
    if (alias->kind != MetadataKind::module) return name.size == 1 ? alias->kind : MetadataKind::none;
    used = 1;
  }
  if (name.size == used) return MetadataKind::module;
  const MetadataKind direct = metadata_kind(name.names[used]);
  return direct != MetadataKind::none ? direct : metadata_kind(name.last());
}

const Alias* BoundNames::alias_of(std::string_view name) const {
  const auto found = std::find_if(aliases_.begin(), aliases_.end(), [&](const Alias& each) {
    return each.name == name && each.kind == MetadataKind::none;
  });
  return found == aliases_.end() ? nullptr : &*found;
}

void BoundNames::note_decorator(std::string_view name) {
  SourceFacts& facts = facts_.facts;
  for (const auto& [local, top] : tops_) {
    if (facts.text(local) == name) facts.decorators.push_back(top);
  }
}

// What files() and packages_distributions() answer comes from RECORD, where no top_level.txt has it.
void BoundNames::note_question(std::uint32_t line, std::string_view name) {
  if (!asks_metadata_) return;
  if (name == "files") add_installer_file(facts_, line, "RECORD");
  if (name == "packages_distributions") add_installer_file(facts_, line, "top_level.txt");
}

}  // namespace slim::python
