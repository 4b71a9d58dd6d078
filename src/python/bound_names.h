// What the imports of a file bind: which of its names stand for importlib.metadata, boto3 and the like.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "python/facts_builder.h"
#include "python/known_functions.h"

namespace slim::python {

// a.b.c as it is used: the first names of a longer one, and always its last.
struct DottedName {
  std::array<std::string_view, 6> names;
  std::size_t size = 0;
  bool of_unknown = false;  // hangs on a call, subscript or literal
  char before = 0;          // the operator before it, 0 for none
  std::uint32_t line = 0;
  std::string_view last() const { return names[size - 1]; }
};

// Does it read the text of code: getsource(f), torch.jit.script(f), linecache.getline(path, 1),
// loader.get_source(name)?
bool reads_source_by(const DottedName& name);

struct Alias {
  std::string_view name;
  MetadataKind kind = MetadataKind::none;
  std::string_view method = {};  // kind none: the function that makes clients, as "client"
  bool imports = false;          // importlib.import_module
  bool is_sdk = false;           // boto3 or the like
  bool used = false;
};

class BoundNames {
 public:
  explicit BoundNames(FactsBuilder& facts) : facts_(facts) {}

  // An import statement bound `bound` (its `as` name, else the name itself).
  void bind(std::string_view module, std::uint8_t level, std::string_view name, std::string_view bound,
            std::uint32_t line);
  // The same under `if TYPE_CHECKING:`, where nothing is bound for others to use.
  void bind_for_types(std::string_view module, std::uint8_t level, std::string_view name,
                      std::string_view bound, std::uint32_t line);

  // What a from-import, or an `as`, has given another name; nullptr where none has.
  const Alias* alias_of(std::string_view name) const;
  // The part of importlib.metadata or pkg_resources that the name leads to.
  MetadataKind metadata_of(const DottedName& name) const;
  void mark_used(const DottedName& name);
  // Is a part of them bound and not used here, so that others may import it from this file?
  bool hands_on_metadata() const;

  // `name` is used: files() and packages_distributions() answer from what installers have written.
  void note_question(std::uint32_t line, std::string_view name);
  // @jit, @numba.jit(cache=True): what it does with the function is its module's affair.
  void note_decorator(std::string_view name);

 private:
  void add_alias(const Alias& alias);

  FactsBuilder& facts_;
  std::vector<Alias> aliases_;
  std::vector<std::pair<Text, Text>> tops_;  // what an import binds, and the top module that it is of
  bool asks_metadata_ = false;               // a module for metadata is imported
};

}  // namespace slim::python
