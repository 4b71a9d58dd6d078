// What a Python source file says about other modules, files and distributions, without running it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace slim::python {

// A text of the file, held in SourceFacts::pool.
struct Text {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

// Where a statement stands.
enum Nesting : std::uint8_t {
  at_module_level = 0,
  in_function = 1,
  in_class = 2,
  in_try = 4,            // in the body of a try, where a failure may be expected
  in_type_checking = 8,  // under `if TYPE_CHECKING:`; never runs
};

// One name of an import statement: `import a.b, c` gives two, `from m import x, y` gives two.
struct Import {
  std::uint32_t line = 0;  // of the statement
  std::uint8_t level = 0;  // leading dots
  std::uint8_t nesting = 0;
  bool is_from = false;
  Text module;  // empty in `from . import x`
  Text name;    // of a from-import; "*" for all
};

// importlib.import_module(...), __import__(...)
struct DynamicImport {
  enum class Form : std::uint8_t { literal, prefix, unknown };
  std::uint32_t line = 0;
  std::uint8_t nesting = 0;
  Form form = Form::unknown;
  bool of_own_name = false;  // what follows is appended to __name__ or __package__: f"{__name__}.x"
  bool relative = false;     // begins with dots, and a package is given (or is unknown)
  Text name;                 // the literal or its beginning
  Text package;              // a literal second argument; empty: the module's own package
};

// A string that could name a module, a file or a folder: letters, digits and _./*:- only, no docstring.
struct NamedString {
  enum Flag : std::uint8_t {
    partial = 1,  // a piece of a longer string: before % or {, of an f-string, with + or % beside it
    in_path = 2,  // an argument of join(), Path(), open() and such, or beside a '/' operator
    piece = 4,    // one dotted name of a longer text: "import a.b", "{}.tests.{}", "a.b c.d"
  };
  std::uint32_t line = 0;
  std::uint8_t flags = 0;
  Text text;
};

// A question to importlib.metadata, importlib_metadata or pkg_resources.
struct MetadataUse {
  enum class What : std::uint8_t {
    distribution,    // version(), distribution(), metadata(), requires(), files(), get_distribution(),
                     // require()
    entry_points,    // entry_points(), iter_entry_points(); the text is the group
    installer_file,  // "RECORD": what pip wrote; files() needs that, packages_distributions() top_level.txt
    anything,        // distributions(), working_set, a function handed on: whose data is asked can't be told
  };
  std::uint32_t line = 0;
  std::uint8_t nesting = 0;
  What what = What::distribution;
  bool is_literal = false;   // the name is known; else anything of that kind may be asked
  bool of_own_name = false;  // version(__name__), version(__package__)
  Text text;
};

// client("s3"), session.resource(service_name="s3"), create_client(...). Only a file that deals with boto3,
// botocore or their kin (SourceFacts::mentions_boto, or a caller of one) can mean AWS by it.
struct ServiceUse {
  std::uint32_t line = 0;
  bool is_literal = false;
  Text receiver;  // "boto3", "session", "self.session"; empty where it is no plain name
  Text method;    // client, resource, create_client; build, in a file that deals with googleapiclient
  Text service;
};

struct SourceFacts {
  std::string pool;
  std::vector<Import> imports;
  std::vector<DynamicImport> dynamic_imports;
  std::vector<NamedString> strings;
  std::vector<MetadataUse> metadata;
  std::vector<ServiceUse> services;
  // What strings say of source files: "config.py" for all that end so ("conf/config.py", r".*config\.py$"),
  // ".py" where what stands before it is not known ("*.py", "%s.py"). No docstrings, no comments.
  std::vector<Text> source_names;
  std::vector<Text> decorators;      // top modules that what stands behind an '@' is imported from
  std::uint32_t reads_source = 0;    // line of the first inspect.getsource or the like; 0: none
  std::uint32_t lazy_getattr = 0;    // line of a module-level def __getattr__
  std::uint32_t attaches_stub = 0;   // line of attach_stub(...): __init__.pyi is read at import
  std::uint32_t attaches_names = 0;  // line of attach(...), LazyModule and the like: strings name submodules
  bool mentions_own_path = false;    // __file__ or __path__
  bool mentions_own_file = false;    // __file__
  bool asks_module_paths = false;    // where another module lies: m.__file__, m.__path__, files(m)
  bool mentions_boto = false;
  bool mentions_google = false;   // googleapiclient
  bool damaged = false;           // no valid Python of 2.7 to 3.15: newer, or none; more may be meant
  bool unknown_encoding = false;  // facts can't be trusted
  bool too_large = false;         // not looked at

  std::string_view text(Text ref) const { return std::string_view(pool).substr(ref.offset, ref.size); }
};

// Files that installers write for themselves ("RECORD"), as MetadataUse names them.
std::span<const std::string_view> installer_files();

// Never fails; memory is a small multiple of what is found. Files of 1 GiB and more are not looked at.
SourceFacts scan_source(std::string_view source);

}  // namespace slim::python
