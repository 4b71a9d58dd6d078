// Watches the tokens of expressions for the calls and strings that SourceFacts holds.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "python/facts_builder.h"
#include "python/tokenizer.h"

namespace slim::python {

class CallReader {
 public:
  explicit CallReader(FactsBuilder& facts) : facts_(facts) {}

  void take(const Token& token, std::uint8_t nesting);
  void end_statement();
  void end_file();
  // An import statement bound `bound` (its `as` name, else the name itself).
  void bind(std::string_view module, std::uint8_t level, std::string_view name, std::string_view bound,
            std::uint32_t line);
  // The same under `if TYPE_CHECKING:`, where nothing is bound for others to use.
  void bind_for_types(std::string_view module, std::uint8_t level, std::string_view name,
                      std::string_view bound, std::uint32_t line);

 private:
  enum class CallKind : std::uint8_t { none, path, import_module, dunder_import, metadata, service };
  enum class MetadataKind : std::uint8_t { none, module, distribution, entry_points, anything };

  struct Argument {
    enum class Form : std::uint8_t {
      empty,
      literal,
      literal_dot,
      prefix,
      own,
      own_plus,
      name,
      number,
      other
    };
    Form form = Form::empty;
    bool own = false;          // begins with __name__ or __package__
    std::string_view first;    // the name that it began with
    std::string_view keyword;  // of keyword=value
    std::string text;
  };
  struct Call {
    CallKind kind = CallKind::none;
    MetadataKind metadata = MetadataKind::none;
    std::uint8_t nesting = 0;
    std::uint32_t line = 0;
    std::string receiver;
    std::string_view method;
    std::vector<Argument> arguments;
  };
  struct Frame {
    CallKind kind = CallKind::none;
    bool of_string = false;   // the braces of an f-string
    std::uint8_t tokens = 0;  // of_string: how many tokens stood in it, at most 2
    bool opens = false;       // an argument is a file to read
    bool own_name = false;    // of_string: the first of them was __name__ or __package__
  };
  struct Alias {
    std::string_view name;
    MetadataKind kind = MetadataKind::none;
    std::string_view method = {};  // kind none: the function that makes clients, as "client"
    bool imports = false;          // importlib.import_module
    bool is_sdk = false;           // boto3 or the like
    bool used = false;
  };
  struct Chain {  // a.b.c; the first names of a longer one, and always its last
    std::array<std::string_view, 6> names;
    std::size_t size = 0;
    bool of_unknown = false;  // hangs on a call, subscript or literal
    char before = 0;          // the operator before it, 0 for none
    std::uint32_t line = 0;
    std::string_view last() const { return names[size - 1]; }
  };

  void add_alias(const Alias& alias);
  void take_name(const Token& token);
  void take_op(const Token& token, std::uint8_t nesting);
  void take_string(const Token& token);
  void take_pieces(const Token& token, std::string_view text);
  void add_piece(std::uint32_t line, std::string_view text);
  void end_chain(char next_op);
  void hand_on_maker();
  void note_metadata_in_string(const Token& token);
  void note_sources_in_string(std::string_view text, char before);
  void note_path_name(std::string_view name);
  void note_decorator(std::string_view name);
  bool reads_source_by(const Chain& chain) const;
  void read_of_metadata(std::uint32_t line, std::string_view name);
  void add_installer_file(std::uint32_t line, std::string_view name);
  const Alias* alias_of(std::string_view name) const;
  void open(const Token& token, std::uint8_t nesting);
  void close(const Token& token);
  Call classify(const Chain& chain) const;
  void mark_used(const Chain& chain);
  MetadataKind resolve(const Chain& chain) const;
  void argument_token(Argument& argument, const Token& token) const;
  Call* open_call();
  void finish(Call& call);
  void finish_import(const Call& call);
  void finish_metadata(const Call& call);
  void finish_service(const Call& call);
  static const Argument* argument(const Call& call, std::size_t position, std::string_view keyword);
  static MetadataKind metadata_kind(std::string_view function);

  FactsBuilder& facts_;
  std::vector<Frame> frames_;
  std::size_t unframed_ = 0;  // brackets too deep to be looked at
  std::vector<Call> calls_;   // those of frames_ whose kind is more than a path
  std::vector<Alias> aliases_;
  std::vector<std::pair<Text, Text>> tops_;  // what an import binds, and the top module that it is of
  Chain chain_;
  bool chain_open_ = false;  // the last token was its last name
  bool after_dot_ = false;
  bool names_metadata_ = false;    // a string is the name of such a module
  bool looks_up_modules_ = false;  // sys.modules
  bool asks_metadata_ = false;     // a module for metadata is imported
  bool decorating_ = false;        // after the '@' that begins a statement
  bool defining_ = false;          // after `def` or `class`
  bool first_ = true;              // no token of the statement has been seen
  char previous_op_ = 0;           // 0 when the last token was none
  std::size_t last_string_ = 0;    // 1 + index of the string that was the last token; 0 when it was none
};

}  // namespace slim::python
