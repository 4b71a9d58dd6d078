// One pass over tokens, with a stack of open brackets. A bracket after a dotted name is a call; where that
// name is of interest its arguments are followed token by token: each is a literal, a literal with something
// appended (a prefix), the module's own name with something appended, or anything else. What is not
// understood becomes "unknown", never "absent": the caller then keeps what could be meant.
#include "python/call_reader.h"

#include <utility>

#include "python/known_functions.h"
#include "python/names_in_strings.h"

namespace slim::python {
namespace {

constexpr std::size_t max_frames = 1000;

bool mentions(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

// A module for metadata that is imported and not used here may be used by files that import it from this one.
void CallReader::end_file() {
  const bool loads_it = names_metadata_ && (looks_up_modules_ || !facts_.facts.dynamic_imports.empty());
  if (bound_.hands_on_metadata() || loads_it)
    facts_.facts.metadata.push_back({1, 0, MetadataUse::What::anything, false, false, {}});
}

CallReader::Call CallReader::classify(const DottedName& chain) const {
  Call call;
  call.line = chain.line;
  std::string_view name = chain.last();
  const Alias* alias = chain.size == 1 && !chain.of_unknown ? bound_.alias_of(name) : nullptr;
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
    call.metadata = bound_.metadata_of(chain);
    if (call.metadata != MetadataKind::none && call.metadata != MetadataKind::module) {
      call.kind = CallKind::metadata;
    } else if (is_path_call(name)) {
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
      call->arguments.back().take(token);
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
    if (!of_resources) bound_.note_question(token.line, token.text);
    looks_up_modules_ = looks_up_modules_ || token.text == "modules";
    return;
  }
  end_chain(0);
  chain_.size = 1;
  chain_.names[0] = token.text;
  if (token.text == "__file__" || token.text == "__path__") facts_.facts.mentions_own_path = true;
  if (token.text == "__file__") facts_.facts.mentions_own_file = true;
  if (decorating_) bound_.note_decorator(token.text);
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

// A dotted name that is not called. Handed on as a value, a function or module of importlib.metadata may be
// asked anything.
void CallReader::end_chain(char next_op) {
  if (!chain_open_) return;
  chain_open_ = false;
  SourceFacts& facts = facts_.facts;
  if (facts.reads_source == 0 && reads_source_by(chain_)) facts.reads_source = chain_.line;
  const bool handed_on = (chain_.before == '(' || chain_.before == ',' || chain_.before == '=') &&
                         (next_op == ')' || next_op == ',' || next_op == '\n');
  hand_on_maker(handed_on);
  bound_.mark_used(chain_);
  const MetadataKind kind = bound_.metadata_of(chain_);
  if (kind == MetadataKind::none) return;
  if (kind == MetadataKind::anything || handed_on) {
    facts.metadata.push_back({chain_.line, 0, MetadataUse::What::anything, false, false, {}});
  }
}

// load = importlib.import_module, partial(boto3.client, "s3"): what it is called with later is not seen. Nor is what
// becomes of a module that is handed on as a whole, or of getattr(session, "client").
void CallReader::hand_on_maker(bool handed_on) {
  const std::string_view name = chain_.last();
  const Alias* alias = chain_.of_unknown ? nullptr : bound_.alias_of(chain_.names[0]);
  const bool alone = chain_.size == 1 && alias != nullptr;
  if (name == "import_module" || name == "__import__" || name == "__lazy_import__" ||
      (alone && alias->imports)) {
    DynamicImport unknown;
    unknown.line = chain_.line;
    facts_.facts.dynamic_imports.push_back(unknown);
    return;
  }
  const bool in_getattr = !frames_.empty() && unframed_ == 0 && frames_.back().of_getattr;
  const bool is_sdk = alone && alias->is_sdk && alias->method.empty();
  if ((is_sdk && handed_on) || (in_getattr && (is_sdk || mentions(name, "session")))) {
    facts_.facts.services.push_back({chain_.line, false, facts_.add("boto3"), facts_.add("client"), {}});
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
  add_source_names(facts_, token.text, before);
  if (const auto name = installer_file_in(token.text); !name.empty())
    add_installer_file(facts_, token.line, name);
  if (token.escapes || !is_namelike(text)) {
    last_string_ = 0;
    return add_dotted_names(facts_, token.line, token.text);
  }
  add_dotted_names(facts_, token.line, token.text.substr(text.size()));
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

void CallReader::open(const Token& token, std::uint8_t nesting) {
  Frame frame;
  frame.of_string = token.of_string;
  Call call;
  if (token.op == '(' && chain_open_) {
    chain_open_ = false;
    bound_.mark_used(chain_);
    call = classify(chain_);
    call.nesting = nesting;
    SourceFacts& facts = facts_.facts;
    const std::string_view name = chain_.last();
    if (facts.reads_source == 0 && reads_source_by(chain_)) facts.reads_source = chain_.line;
    facts.asks_module_paths = facts.asks_module_paths || is_path_asker(name);
    frame.opens = is_file_reader(name);
    frame.of_getattr = name == "getattr";
    if (facts.attaches_stub == 0 && name == "attach_stub") facts.attaches_stub = chain_.line;
    if (facts.attaches_names == 0 && is_lazy_maker(name)) {
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

}  // namespace slim::python
