// What Python alone knows of a file and of a package.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cache/record.h"
#include "model/inspection.h"
#include "python/bytecode.h"

namespace slim {

struct PythonFacts final : LanguageRecord {
  std::optional<python::BytecodeHeader> bytecode;  // of a .pyc file
  bool reads_source = false;              // asks for the text of code that runs (inspect.getsource and such)
  bool asks_own_file = false;             // mentions __file__
  bool asks_module_paths = false;         // asks where another module lies (m.__file__, m.__path__)
  bool attaches_stub = false;             // calls lazy_loader.attach_stub, which reads the .pyi beside it
  bool is_opaque = false;                 // in an encoding or a syntax that slim can't read
  bool defines_tests = false;             // in a folder test or tests: for a test framework that it imports
  std::vector<std::string> source_names;  // sources that its strings name, "config.py"; ".py": any; sorted
  std::vector<std::string> decorators;    // top modules of this package that decorate code here; sorted
  std::vector<std::string> library_lookups;  // "magic" of find_library("magic"); sorted
  std::vector<std::string> source_mentions;  // names and suffixes of stubs, C and Cython files in its text
  // By what it shows that it has files of other packages compiled, or looks at them: "get_include()",
  // "cimport numpy", ".pxd". Sorted.
  std::vector<std::string> compiler_words;
};

// Of a file that Python has nothing to do with: all empty.
const PythonFacts& python_facts(const FileFacts& facts);
// Puts down what is not empty.
void put_python_facts(PythonFacts record, FileFacts& facts);

// For the cache: write_python_facts() of any file, and back.
void write_python_facts(const FileFacts& facts, cache::RecordWriter& out);
void read_python_facts(cache::RecordReader& in, FileFacts& facts);

// Folders on sys.path: "", "python/", "python/lib/python3.12/site-packages/".
const std::vector<std::string>& python_roots(const Inspection& inspection);
const std::optional<LanguageVersion>& python_version(const Inspection& inspection);

}  // namespace slim
