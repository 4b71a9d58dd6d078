// Watches the tokens of expressions for the calls and strings that SourceFacts holds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "python/bound_names.h"
#include "python/call_argument.h"
#include "python/facts_builder.h"
#include "python/tokenizer.h"

namespace slim::python {

class CallReader {
 public:
  explicit CallReader(FactsBuilder& facts) : facts_(facts), bound_(facts) {}

  void take(const Token& token, std::uint8_t nesting);
  void end_statement();
  void end_file();
  // What imports have bound; the scanner tells of each.
  BoundNames& bound() { return bound_; }

 private:
  enum class CallKind : std::uint8_t { none, path, import_module, dunder_import, metadata, service };

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
    bool of_getattr = false;
    bool own_name = false;  // of_string: the first of them was __name__ or __package__
  };

  void take_name(const Token& token);
  void take_op(const Token& token, std::uint8_t nesting);
  void take_string(const Token& token);
  void end_chain(char next_op);
  void hand_on_maker(bool handed_on);
  void note_metadata_in_string(const Token& token);
  void note_path_name(std::string_view name);
  void open(const Token& token, std::uint8_t nesting);
  void close(const Token& token);
  Call classify(const DottedName& chain) const;
  Call* open_call();
  void finish(Call& call);
  void finish_import(const Call& call);
  void finish_metadata(const Call& call);
  void finish_service(const Call& call);
  static const Argument* argument(const Call& call, std::size_t position, std::string_view keyword);

  FactsBuilder& facts_;
  BoundNames bound_;
  std::vector<Frame> frames_;
  std::size_t unframed_ = 0;  // brackets too deep to be looked at
  std::vector<Call> calls_;   // those of frames_ whose kind is more than a path
  DottedName chain_;
  bool chain_open_ = false;  // the last token was its last name
  bool after_dot_ = false;
  bool names_metadata_ = false;    // a string is the name of such a module
  bool looks_up_modules_ = false;  // sys.modules
  bool decorating_ = false;        // after the '@' that begins a statement
  bool defining_ = false;          // after `def` or `class`
  bool first_ = true;              // no token of the statement has been seen
  char previous_op_ = 0;           // 0 when the last token was none
  std::size_t last_string_ = 0;    // 1 + index of the string that was the last token; 0 when it was none
};

}  // namespace slim::python
