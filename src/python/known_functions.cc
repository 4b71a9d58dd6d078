#include "python/known_functions.h"

#include <algorithm>
#include <array>

namespace slim::python {
namespace {

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
constexpr std::array<std::string_view, 7> lazy_makers{
    "attach", "_attach", "LazyModule", "_LazyModule", "LazyImporter", "lazy_attach", "lazy_import"};

}  // namespace

bool is_path_call(std::string_view function) { return is_any(function, path_calls); }
bool is_source_reader(std::string_view function) { return is_any(function, source_readers); }
bool is_source_module(std::string_view module) { return is_any(module, source_modules); }
bool is_file_reader(std::string_view function) { return is_any(function, file_readers); }
bool is_path_asker(std::string_view function) { return is_any(function, path_askers); }
bool is_lazy_maker(std::string_view function) { return is_any(function, lazy_makers); }

MetadataKind metadata_kind(std::string_view function) {
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

}  // namespace slim::python
