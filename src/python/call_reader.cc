// One pass over tokens, with a stack of open brackets. A bracket after a dotted name is a call; where that
// name is of interest its arguments are followed token by token: each is a literal, a literal with something
// appended (a prefix), the module's own name with something appended, or anything else. What is not
// understood becomes "unknown", never "absent": the caller then keeps what could be meant.
#include "python/call_reader.h"

#include <algorithm>

namespace slim::python {
namespace {

constexpr std::size_t max_frames = 1000;
constexpr std::size_t max_literal = 255;
constexpr std::size_t max_aliases = 200;
constexpr std::size_t max_text = 20'000;  // of a string in which names are looked for

template <std::size_t N>
bool is_any(std::string_view text, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

constexpr std::array<std::string_view, 23> path_calls{"join",
                                                      "joinpath",
                                                      "Path",
                                                      "PurePath",
                                                      "PosixPath",
                                                      "open",
                                                      "resource_filename",
                                                      "files",
                                                      "get_data",
                                                      "resource_stream",
                                                      "resource_string",
                                                      "resource_listdir",
                                                      "resource_exists",
                                                      "listdir",
                                                      "glob",
                                                      "iglob",
                                                      "rglob",
                                                      "walk",
                                                      "abspath",
                                                      "read_text",
                                                      "open_text",
                                                      "with_name",
                                                      "read_binary"};
// They read the text of code that runs, or run a file that has no name to import it by.
constexpr std::array<std::string_view, 10> source_readers{
    "getsource",        "getsourcelines", "findsource",  "getsourcefile", "spec_from_file_location",
    "SourceFileLoader", "run_path",       "load_source", "execfile",      "getcomments"};
// The same for every function of the module.
constexpr std::array<std::string_view, 4> source_modules{"linecache", "py_compile", "compileall", "pyclbr"};
constexpr std::array<std::string_view, 5> file_readers{"open", "stat", "getmtime", "getsize", "FileIO"};
constexpr std::array<std::string_view, 5> path_askers{"files", "getfile", "find_spec", "resource_listdir",
                                                      "resource_filename"};
constexpr std::size_t max_tops = 500;
constexpr std::array<std::string_view, 7> lazy_makers{
    "attach", "_attach", "LazyModule", "_LazyModule", "LazyImporter", "lazy_attach", "lazy_import"};

// What installers write for themselves; rules/python.toml has them, too.
constexpr std::array<std::string_view, 17> installers_own{
    "RECORD",          "INSTALLER",           "REQUESTED",           "WHEEL",
    "direct_url.json", "provenance_url.json", "uv_cache.json",       "uv_build.json",
    "REFER_TO",        "SOURCES.txt",         "installed-files.txt", "dependency_links.txt",
    "zip-safe",        "not-zip-safe",        "pipx_metadata.json",  ".pdm-python",
    "conda-meta"};

// "RECORD", "conda-meta/history", "x.dist-info/RECORD"; empty where the text names none.
std::string_view installer_file_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size() && text.size() < 200;) {
    const std::size_t end = std::min(text.find('/', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    const auto found = std::find(installers_own.begin(), installers_own.end(), part);
    if (found != installers_own.end()) return *found;
    at = end + 1;
  }
  return {};
}

bool mentions(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_own_name(std::string_view name) { return name == "__name__" || name == "__package__"; }

// "%s" and "%(name)s" are fields of a format and no names; 1 for what is neither.
std::size_t field_size(std::string_view text) {
  if (!text.starts_with('%')) return 1;
  const std::size_t close = text.starts_with("%(") ? text.find(')') : 0;
  return std::min(text.size(), (close == std::string_view::npos ? 0 : close) + 2);
}

bool is_dotted_char(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

// Letters, digits and _./*:- with a letter among them.
bool is_namelike(std::string_view text) {
  if (text.empty() || text.size() > max_literal) return false;
  bool letter = false;
  for (const char c : text) {
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'z') {
      letter = true;
    } else if (!((c >= '-' && c <= ':') || c == '_' || c == '*')) {  // '-' to ':' are - . / 0-9 :
      return false;
    }
  }
  return letter;
}

}  // namespace

CallReader::MetadataKind CallReader::metadata_kind(std::string_view function) {
  constexpr std::array<std::string_view, 12> of_one{
      "version", "distribution",     "metadata",         "requires",       "files",         "from_name",
      "require", "load_entry_point", "get_distribution", "get_entry_info", "get_entry_map", "get_provider"};
  constexpr std::array<std::string_view, 2> of_points{"entry_points", "iter_entry_points"};
  constexpr std::array<std::string_view, 11> of_all{
      "Distribution", "PathDistribution",   "DistributionFinder", "distributions", "packages_distributions",
      "working_set",  "find_distributions", "WorkingSet",         "discover",      "MetadataPathFinder",
      "Environment"};
  if (is_any(function, of_one)) return MetadataKind::distribution;
  if (is_any(function, of_points)) return MetadataKind::entry_points;
  if (is_any(function, of_all)) return MetadataKind::anything;
  return MetadataKind::none;
}

// A file that binds more names than any sane one is not followed name by name.
void CallReader::add_alias(const Alias& alias) {
  if (aliases_.size() < max_aliases) {
    aliases_.push_back(alias);
  } else if (aliases_.size() == max_aliases) {
    aliases_.push_back({});
    facts_.facts.metadata.push_back({1, 0, MetadataUse::What::anything, false, false, {}});
  }
}

void CallReader::bind_for_types(std::string_view module, std::uint8_t level, std::string_view name,
                                std::string_view bound, std::uint32_t line) {
  const std::size_t before = aliases_.size();
  bind(module, level, name, bound, line);
  for (std::size_t i = before; i < aliases_.size(); ++i) aliases_[i].used = true;
}

void CallReader::bind(std::string_view module, std::uint8_t level, std::string_view name,
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
  if (is_from && is_any(name, source_readers) && facts_.facts.reads_source == 0) {
    facts_.facts.reads_source = line;
  }
  if (is_from && name == "attach_stub" && facts_.facts.attaches_stub == 0) facts_.facts.attaches_stub = line;

  const bool of_metadata = module == "importlib.metadata" || top == "pkg_resources" ||
                           mentions(module, "importlib_metadata") || mentions(module, "importlib.metadata");
  asks_metadata_ = asks_metadata_ || of_metadata || name == "importlib_metadata" || name == "pkg_resources" ||
                   (module == "importlib" && name == "metadata");
  if (of_metadata) read_of_metadata(line, name);
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

// A module for metadata that is imported and not used here may be used by files that import it from this one.
void CallReader::end_file() {
  const bool hands_on = std::any_of(aliases_.begin(), aliases_.end(), [](const Alias& each) {
    return each.kind != MetadataKind::none && !each.name.empty() && !each.used;
  });
  const bool loads_it = names_metadata_ && (looks_up_modules_ || !facts_.facts.dynamic_imports.empty());
  if (hands_on || loads_it)
    facts_.facts.metadata.push_back({1, 0, MetadataUse::What::anything, false, false, {}});
}

void CallReader::mark_used(const Chain& chain) {
  if (chain.of_unknown) return;
  for (Alias& each : aliases_) each.used = each.used || each.name == chain.names[0];
}

CallReader::MetadataKind CallReader::resolve(const Chain& chain) const {
  if (chain.of_unknown) return MetadataKind::none;
  const std::string_view first = chain.names[0];
  std::size_t used = 0;
  if (first == "importlib" && chain.size >= 2 && chain.names[1] == "metadata") {
    used = 2;
  } else if (first == "importlib_metadata" || first == "pkg_resources") {
    used = 1;
  } else {
    const auto alias = std::find_if(aliases_.begin(), aliases_.end(), [&](const Alias& each) {
      return each.name == first && each.kind != MetadataKind::none;
    });
    if (alias == aliases_.end()) return MetadataKind::none;
    if (alias->kind == MetadataKind::anything) return alias->kind;
    if (alias->kind != MetadataKind::module) return chain.size == 1 ? alias->kind : MetadataKind::none;
    used = 1;
  }
  if (chain.size == used) return MetadataKind::module;
  const MetadataKind direct = metadata_kind(chain.names[used]);
  return direct != MetadataKind::none ? direct : metadata_kind(chain.last());
}

// What a from-import, or an `as`, has given another name.
const CallReader::Alias* CallReader::alias_of(std::string_view name) const {
  const auto found = std::find_if(aliases_.begin(), aliases_.end(), [&](const Alias& each) {
    return each.name == name && each.kind == MetadataKind::none;
  });
  return found == aliases_.end() ? nullptr : &*found;
}

CallReader::Call CallReader::classify(const Chain& chain) const {
  Call call;
  call.line = chain.line;
  std::string_view name = chain.last();
  const Alias* alias = chain.size == 1 && !chain.of_unknown ? alias_of(name) : nullptr;
  const bool bound = alias != nullptr && !alias->method.empty();
  if (bound) name = alias->method;
  call.method = name;
  if (name == "import_module" || (alias != nullptr && alias->imports)) {
    call.kind = CallKind::import_module;
  } else if (name == "__import__" || name == "__lazy_import__") {  // PEP 810
    call.kind = CallKind::dunder_import;
  } else if (name == "client" || name == "resource" || name == "create_client" ||
             (name == "build" && facts_.facts.mentions_google)) {
    if (chain.size > 1 || chain.of_unknown || bound) {
      call.kind = CallKind::service;
      for (std::size_t i = 0; i + 1 < chain.size && !chain.of_unknown; ++i) {
        if (i > 0) call.receiver += '.';
        call.receiver += chain.names[i];
      }
    }
  } else {
    call.metadata = resolve(chain);
    if (call.metadata != MetadataKind::none && call.metadata != MetadataKind::module) {
      call.kind = CallKind::metadata;
    } else if (is_any(name, path_calls)) {
      call.kind = CallKind::path;
    }
  }
  return call;
}

void CallReader::end_statement() {
  end_chain('\n');
  frames_.clear();
  calls_.clear();
  unframed_ = 0;
  after_dot_ = false;
  decorating_ = false;
  defining_ = false;
  first_ = true;
  previous_op_ = 0;
  last_string_ = 0;
}

CallReader::Call* CallReader::open_call() {
  if (unframed_ > 0 || frames_.empty() || calls_.empty()) return nullptr;
  const CallKind kind = frames_.back().kind;
  return kind == CallKind::none || kind == CallKind::path ? nullptr : &calls_.back();
}

void CallReader::take(const Token& token, std::uint8_t nesting) {
  if (Call* call = open_call(); call != nullptr && !(token.kind == TokenKind::op && token.op == ')')) {
    if (token.kind == TokenKind::op && token.op == ',') {
      call->arguments.emplace_back();
    } else {
      if (call->arguments.empty()) call->arguments.emplace_back();
      argument_token(call->arguments.back(), token);
    }
  }
  if (!frames_.empty() && frames_.back().of_string && frames_.back().tokens < 2 &&
      !(token.kind == TokenKind::op && token.of_string)) {
    Frame& frame = frames_.back();
    frame.own_name = frame.tokens == 0 && token.kind == TokenKind::name && is_own_name(token.text);
    ++frame.tokens;
  }
  switch (token.kind) {
    case TokenKind::name:
      take_name(token);
      break;
    case TokenKind::op:
      take_op(token, nesting);
      break;
    case TokenKind::string:
    case TokenKind::fstring_middle:
      take_string(token);
      break;
    default:
      end_chain(0);
      after_dot_ = false;
      last_string_ = 0;
      if (token.kind != TokenKind::fstring_start) previous_op_ = 0;
  }
  first_ = false;
}

void CallReader::take_name(const Token& token) {
  last_string_ = 0;
  if (after_dot_) {
    after_dot_ = false;
    if (chain_.size == chain_.names.size()) --chain_.size;
    chain_.names[chain_.size++] = token.text;
    chain_open_ = true;
    if (token.text.starts_with("__")) note_path_name(token.text);
    const bool of_resources = chain_.size > 1 && mentions(chain_.names[chain_.size - 2], "resources");
    if (!of_resources) read_of_metadata(token.line, token.text);
    looks_up_modules_ = looks_up_modules_ || token.text == "modules";
    return;
  }
  end_chain(0);
  chain_.size = 1;
  chain_.names[0] = token.text;
  if (token.text == "__file__" || token.text == "__path__") facts_.facts.mentions_own_path = true;
  if (token.text == "__file__") facts_.facts.mentions_own_file = true;
  if (decorating_) note_decorator(token.text);
  decorating_ = false;
  chain_.of_unknown = false;
  chain_.before = previous_op_;
  chain_.line = token.line;
  previous_op_ = 0;
  if (defining_) {
    defining_ = false;  // the name of a function or class is no use of it
    return;
  }
  defining_ = token.text == "def" || token.text == "class";
  chain_open_ = !defining_;
}

// Of another module: m.__file__, m.__path__.
void CallReader::note_path_name(std::string_view name) {
  SourceFacts& facts = facts_.facts;
  if (name != "__file__" && name != "__path__") return;
  facts.asks_module_paths = true;
  const bool opened = name == "__file__" && !frames_.empty() && unframed_ == 0 && frames_.back().opens;
  if (opened && facts.reads_source == 0) facts.reads_source = chain_.line;
}

// @jit, @numba.jit(cache=True): what it does with the function is its module's affair.
void CallReader::note_decorator(std::string_view name) {
  SourceFacts& facts = facts_.facts;
  for (const auto& [local, top] : tops_) {
    if (facts.text(local) == name) facts.decorators.push_back(top);
  }
}

// getsource(f), torch.jit.script(f), linecache.getline(path, 1), loader.get_source(name)
bool CallReader::reads_source_by(const Chain& chain) const {
  if (is_any(chain.last(), source_readers)) return true;
  if (chain.size < 2) return false;
  const std::string_view owner = chain.names[chain.size - 2];
  return (chain.last() == "script" && owner == "jit") || is_any(owner, source_modules) ||
         (chain.last() == "open" && owner == "tokenize") ||
         (chain.last() == "get_source" && mentions(owner, "loader"));
}

// A dotted name that is not called. Handed on as a value, a function or module of importlib.metadata may be
// asked anything.
void CallReader::end_chain(char next_op) {
  if (!chain_open_) return;
  chain_open_ = false;
  SourceFacts& facts = facts_.facts;
  if (facts.reads_source == 0 && reads_source_by(chain_)) facts.reads_source = chain_.line;
  const bool handed_on = (chain_.before == '(' || chain_.before == ',' || chain_.before == '=') &&
                         (next_op == ')' || next_op == ',' || next_op == '\n');
  hand_on_maker();
  mark_used(chain_);
  const MetadataKind kind = resolve(chain_);
  if (kind == MetadataKind::none) return;
  if (kind == MetadataKind::anything || handed_on) {
    facts.metadata.push_back({chain_.line, 0, MetadataUse::What::anything, false, false, {}});
  }
}

// load = importlib.import_module, partial(boto3.client, "s3"): what it is called with later is not seen.
void CallReader::hand_on_maker() {
  const std::string_view name = chain_.last();
  const Alias* alias = chain_.of_unknown ? nullptr : alias_of(chain_.names[0]);
  const bool alone = chain_.size == 1 && alias != nullptr;
  if (name == "import_module" || name == "__import__" || name == "__lazy_import__" ||
      (alone && alias->imports)) {
    DynamicImport unknown;
    unknown.line = chain_.line;
    facts_.facts.dynamic_imports.push_back(unknown);
    return;
  }
  if (chain_.size > 1 && name != "client" && name != "resource" && name != "create_client") return;
  const std::string_view owner = chain_.size > 1 ? chain_.names[chain_.size - 2] : std::string_view{};
  const bool of_sdk = chain_.size > 1 && alias != nullptr && alias->is_sdk;
  if (of_sdk || (alone && !alias->method.empty()) || mentions(owner, "session")) {
    facts_.facts.services.push_back(
        {chain_.line, false, facts_.add("boto3"), facts_.add(alone ? alias->method : name), {}});
  }
}

void CallReader::take_op(const Token& token, std::uint8_t nesting) {
  switch (token.op) {
    case '.':
      if (!chain_open_) {
        chain_.size = 0;
        chain_.of_unknown = true;
        chain_.before = 0;
        chain_.line = token.line;
      }
      chain_open_ = false;
      after_dot_ = true;
      last_string_ = 0;
      previous_op_ = 0;
      return;
    case '(':
    case '[':
    case '{':
      open(token, nesting);
      break;
    case ')':
    case ']':
    case '}':
      end_chain(token.op);
      close(token);
      break;
    case '@':
      decorating_ = first_;
      end_chain(token.op);
      break;
    default:
      end_chain(token.op);
      if (last_string_ > 0 && (token.op == '/' || token.op == '+' || token.op == '%')) {
        facts_.facts.strings[last_string_ - 1].flags |=
            token.op == '/' ? NamedString::in_path : NamedString::partial;
      }
  }
  after_dot_ = false;
  last_string_ = 0;
  previous_op_ = token.op;
}

void CallReader::take_string(const Token& token) {
  end_chain(0);
  after_dot_ = false;
  const char before = previous_op_;
  previous_op_ = 0;
  if (first_ && token.kind == TokenKind::string) return;  // a docstring
  // "tests/%s.csv", "pkg.{}": what stands before the field is known.
  const std::string_view text = token.text.substr(0, token.text.find_first_of("%{"));
  note_metadata_in_string(token);
  note_sources_in_string(token.text, before);
  if (const auto name = installer_file_in(token.text); !name.empty()) add_installer_file(token.line, name);
  if (token.escapes || !is_namelike(text)) {
    last_string_ = 0;
    return take_pieces(token, token.text);
  }
  take_pieces(token, token.text.substr(text.size()));
  NamedString found;
  found.line = token.line;
  found.text = facts_.add(text);
  const bool is_cut = text.size() < token.text.size();
  if (is_cut || token.kind == TokenKind::fstring_middle || before == '+' || before == '%') {
    found.flags |= NamedString::partial;
  }
  const bool in_path = !frames_.empty() && unframed_ == 0 && frames_.back().kind == CallKind::path;
  if (in_path || before == '/') found.flags |= NamedString::in_path;
  facts_.facts.strings.push_back(found);
  last_string_ = facts_.facts.strings.size();
}

// A string may be code, the name of a module to import, or the pattern of a folder's name.
void CallReader::note_metadata_in_string(const Token& token) {
  const bool names_module = mentions(token.text, "importlib.metadata") ||
                            mentions(token.text, "importlib_metadata") ||
                            mentions(token.text, "pkg_resources");
  names_metadata_ = names_metadata_ || names_module;
  if ((names_module && mentions(token.text, "import ")) || mentions(token.text, "dist-info") ||
      mentions(token.text, "egg-info")) {
    facts_.facts.metadata.push_back({token.line, 0, MetadataUse::What::anything, false, false, {}});
  }
}

// "config.py", "*.py", r"[a-z]+\.py$", "%s.py", f"{name}.py", and "py" where something is compared with it.
// Of a name whose beginning is a field or a pattern only the suffix is known.
void CallReader::note_sources_in_string(std::string_view text, char before) {
  constexpr std::string_view suffix = ".py";
  const auto is_name_char = [](char c) {
    return (is_dotted_char(c) && c != '.') || c == '-' || static_cast<unsigned char>(c) >= 0x80;
  };
  SourceFacts& facts = facts_.facts;
  if (text == "py" && before == '=') facts.source_names.push_back(facts_.add(suffix));
  for (std::size_t at = text.find(suffix); at != std::string_view::npos; at = text.find(suffix, at + 1)) {
    std::size_t end = at + suffix.size();
    if (end < text.size() && (text[end] == 'w' || (text[end] == 'c' && text.substr(end + 1, 1) == "?")))
      ++end;
    if (end < text.size() && (is_name_char(text[end]) || text[end] == '.')) continue;  // .pyc, .py.mako
    const std::size_t stop = at > 0 && text[at - 1] == '\\' ? at - 1 : at;
    std::size_t begin = stop;
    while (begin > 0 && stop - begin < max_literal && is_name_char(text[begin - 1])) --begin;
    const char left = begin > 0 ? text[begin - 1] : '\0';
    if (begin == stop && (left == ' ' || left == '\n')) continue;  // " .py files": words for people
    const bool is_named = begin < stop && left != '%' && left != ')' && left != '\\';
    const std::string name = is_named ? std::string(text.substr(begin, stop - begin)) : std::string();
    facts.source_names.push_back(facts_.add(name + std::string(suffix)));
  }
}

void CallReader::add_installer_file(std::uint32_t line, std::string_view name) {
  facts_.facts.metadata.push_back(
      {line, 0, MetadataUse::What::installer_file, true, false, facts_.add(name)});
}

// What files() and packages_distributions() answer comes from RECORD, where no top_level.txt has it.
void CallReader::read_of_metadata(std::uint32_t line, std::string_view name) {
  if (!asks_metadata_) return;
  if (name == "files") add_installer_file(line, "RECORD");
  if (name == "packages_distributions") add_installer_file(line, "top_level.txt");
}

void CallReader::add_piece(std::uint32_t line, std::string_view text) {
  NamedString found;
  found.line = line;
  found.flags = NamedString::piece;
  found.text = facts_.add(text);
  facts_.facts.strings.push_back(found);
}

// The dotted names of a text: code for exec() or python -c, a table in one string, what stands between the
// fields of a format. `from a import b` means a.b too.
void CallReader::take_pieces(const Token& token, std::string_view text) {
  if (text.size() > max_text) return;
  std::string_view from;
  std::size_t room = text.size();  // for names put together, so that a short text never gives a long one
  bool names_module = false;       // the word before was `from`
  bool imports_names = false;      // after `from MODULE import`
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\\' || text[at] == '\n') {
      at += text[at] == '\\' ? 2 : 1;
      imports_names = false;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_dotted_char(text[end])) ++end;
    if (end == at) {
      at += field_size(text.substr(at));
      continue;
    }
    const std::string_view word = text.substr(at, end - at);
    at = end;
    if (names_module) {
      from = word;
      names_module = false;
    } else if (word == "from") {
      names_module = true;
      imports_names = false;
    } else if (word == "import") {
      imports_names = !from.empty();
    } else if (imports_names) {
      const std::string name = std::string(from) + (from.ends_with('.') ? "" : ".") + std::string(word);
      if (name.size() > room || !is_namelike(name)) continue;
      room -= name.size();
      add_piece(token.line, name);
    }
    if (mentions(word, ".") && is_namelike(word)) add_piece(token.line, word);
  }
}

void CallReader::open(const Token& token, std::uint8_t nesting) {
  Frame frame;
  frame.of_string = token.of_string;
  Call call;
  if (token.op == '(' && chain_open_) {
    chain_open_ = false;
    mark_used(chain_);
    call = classify(chain_);
    call.nesting = nesting;
    SourceFacts& facts = facts_.facts;
    const std::string_view name = chain_.last();
    if (facts.reads_source == 0 && reads_source_by(chain_)) facts.reads_source = chain_.line;
    facts.asks_module_paths = facts.asks_module_paths || is_any(name, path_askers);
    frame.opens = is_any(name, file_readers);
    if (facts.attaches_stub == 0 && name == "attach_stub") facts.attaches_stub = chain_.line;
    if (facts.attaches_names == 0 && is_any(name, lazy_makers)) {
      facts.attaches_names = chain_.line;
    }
  } else {
    end_chain(token.op);
  }
  if (frames_.size() >= max_frames) {
    ++unframed_;
    return;
  }
  frame.kind = call.kind;
  frames_.push_back(frame);
  if (call.kind != CallKind::none && call.kind != CallKind::path) calls_.push_back(std::move(call));
}

void CallReader::close(const Token& token) {
  if (unframed_ > 0) {
    --unframed_;
    return;
  }
  if (frames_.empty()) return;
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (frame.kind != CallKind::none && frame.kind != CallKind::path) {
    Call call = std::move(calls_.back());
    calls_.pop_back();
    finish(call);
  }
  Call* outer = open_call();
  if (!token.of_string || outer == nullptr || outer->arguments.empty()) return;
  Argument& argument = outer->arguments.back();
  if (argument.form != Argument::Form::literal) return;
  if (frame.own_name && frame.tokens == 1 && argument.text.empty() && !argument.own) {
    argument.own = true;
  } else {
    argument.form = argument.text.empty() && !argument.own ? Argument::Form::other : Argument::Form::prefix;
  }
}

void CallReader::argument_token(Argument& argument, const Token& token) const {
  using Form = Argument::Form;
  const auto is_op = [&](char op) { return token.kind == TokenKind::op && token.op == op; };
  if (argument.form == Form::prefix || argument.form == Form::other) return;
  if (token.kind == TokenKind::string || token.kind == TokenKind::fstring_start) {
    if (argument.form == Form::own_plus || argument.form == Form::empty || argument.form == Form::literal) {
      argument.form = Form::literal;
      argument.text += token.text.substr(0, max_literal);
    } else {
      argument.form = Form::other;
    }
  } else if (token.kind == TokenKind::fstring_middle) {
    argument.text += token.text.substr(0, max_literal);
  } else if (token.kind == TokenKind::fstring_end || (token.kind == TokenKind::op && token.of_string)) {
    // the literal goes on; close() judges the expression
  } else if (argument.form == Form::literal && is_op('+')) {
    argument.form = Form::prefix;
  } else if (argument.form == Form::literal && is_op('%')) {
    argument.form = Form::prefix;
    argument.text.resize(std::min(argument.text.size(), argument.text.find('%')));
  } else if (argument.form == Form::literal && is_op('.')) {
    argument.form = Form::literal_dot;
  } else if (argument.form == Form::literal_dot && token.text == "format") {
    argument.form = Form::prefix;
    argument.text.resize(std::min(argument.text.size(), argument.text.find('{')));
  } else if (argument.form == Form::own && is_op('+')) {
    argument.own = true;
    argument.form = Form::own_plus;
    argument.text.clear();
  } else if (argument.form == Form::empty && token.kind == TokenKind::name) {
    argument.form = is_own_name(token.text) ? Form::own : Form::name;
    argument.first = token.text;
  } else if (argument.form == Form::empty && token.kind == TokenKind::number) {
    argument.form = Form::number;
    argument.text = token.text.substr(0, max_literal);
  } else if (argument.form == Form::name && is_op('=') && argument.keyword.empty()) {
    argument.form = Form::empty;
    argument.keyword = argument.first;
  } else {
    argument.form = Form::other;
  }
}

std::span<const std::string_view> installer_files() { return installers_own; }

}  // namespace slim::python
