// The functions of the standard library and of common packages whose calls say something about other files,
// known by their last name alone: who calls join() of something else is taken for one who makes a path.
#pragma once

#include <cstdint>
#include <string_view>

namespace slim::python {

// Their arguments are, or become part of, a path: join, Path, open, resource_filename.
bool is_path_call(std::string_view function);

// They read the text of code that runs, or run a file that has no name to import it by: getsource, run_path.
bool is_source_reader(std::string_view function);
// The same for every function of the module: linecache, py_compile.
bool is_source_module(std::string_view module);

// Their argument is a file to read: open, stat.
bool is_file_reader(std::string_view function);
// They tell where a module lies: files, getfile, find_spec.
bool is_path_asker(std::string_view function);
// They make a module's __getattr__, so that strings name its submodules: attach, LazyModule.
bool is_lazy_maker(std::string_view function);

// What a function of importlib.metadata or pkg_resources asks for.
enum class MetadataKind : std::uint8_t {
  none,          // nothing: it is no such function
  module,        // a whole module of such functions
  distribution,  // about one distribution, which its argument names
  entry_points,  // about a group of entry points, which its argument names
  anything       // about any distribution
};
MetadataKind metadata_kind(std::string_view function);

}  // namespace slim::python
