// What languages answer with, where the answer is more than a word (languages/language.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/inspection.h"
#include "util/bytes.h"

namespace slim {

// Reads the files of one package, from any thread.
class FactsReader {
 public:
  FactsReader() = default;
  FactsReader(const FactsReader&) = delete;
  FactsReader& operator=(const FactsReader&) = delete;
  virtual ~FactsReader() = default;

  // Adds what the language knows of a file to its facts, of which kind and hash are there already.
  virtual void read(ByteView bytes, const std::string& path, Depth depth, FileFacts& facts) const = 0;
};

// A folder of a layer in which the runtime doesn't look.
struct UnsearchedFolder {
  std::string folder;
  std::string message;  // a clause about the file in it
};

// In words: what of another build would load.
struct OtherBuild {
  std::string release;  // " or numpy 2.2.6", which loads there; may be empty
  std::string how;      // "install numpy with --platform manylinux2014_x86_64"
};

// By which files the language shows, for a runtime that may be of another.
struct LanguageSigns {
  std::vector<std::string_view> plain = {};       // suffixes that show it
  std::vector<std::string_view> may_be_too = {};  // and those that could
  bool is_any_program = false;                    // or every ELF file
};

}  // namespace slim
