#include "languages/python/finding_kinds.h"

#include <array>

namespace slim {
namespace {

using enum Severity;
using enum FindingNeeds;

constexpr auto kKinds = std::to_array<FindingKind>({
    {"bytecode-without-source", "Bytecode lies where Python never looks for it",
     "Python reads a file of __pycache__ only when the source stands beside the folder. Pack the sources, or "
     "put x.pyc "
     "where x.py was.",
     warning, version, Language::python},
    {"editable-install", "An editable install leads out of the package",
     "pip install -e and its kin leave a path to the sources on the machine that built the package, where "
     "the "
     "function finds nothing. Install without -e: pip install --target, uv sync --no-editable, poetry build.",
     error},
    {"foreign-bytecode", "Bytecode of another Python",
     "The runtime's Python never reads it; it takes room and nothing else. slim takes it away.", note,
     version, Language::python},
    {"library-unknown-to-system", "A library is looked up by name, and nothing brings it",
     "ctypes.util.find_library() asks ldconfig, gcc and ld, of which Lambda's images have the first at most: "
     "it "
     "knows the image's own libraries. Put the library into lib/ and load it by its file name, or use a "
     "build that "
     "brings it.",
     warning, version, Language::python},
    {"missing-distribution", "A distribution is required that is not there",
     "METADATA of another one requires it, and neither the packages nor the runtime have it, nor a module of "
     "its "
     "name. What needs it fails when it is imported. Install it, or name the layer that has it.",
     note, version, Language::python},
    {"mixed-sdk", "Half of an SDK comes from the runtime",
     "boto3 and botocore of the package run with the urllib3 of the runtime, which changes without notice. "
     "Pack all of "
     "them or none.",
     warning, version, Language::python},
    {"python-extension-tag", "An extension module is for another Python",
     "Its file name says which Python may import it, and the runtime's passes it over. Install its package "
     "with pip "
     "install --python-version of the runtime.",
     error, version, Language::python},
    {"python-not-supported", "A distribution does not support the function's Python",
     "Its METADATA states in Requires-Python for which it is made, and pip would not have installed it "
     "there. "
     "Install it with pip install --python-version of the runtime.",
     warning, version, Language::python},
    {"shadows-standard-library", "A module hides one of Python's own",
     "/var/task comes first on sys.path, so that every import of that name gets the package's file. Rename "
     "it, or "
     "uninstall the backport.",
     warning, version, Language::python},
    {"stale-bytecode", "Bytecode that Python compiles again at every start",
     "It doesn't match the dates of its sources, and the folder can't be written to. slim makes bytecode "
     "independent of "
     "dates; so does python -m compileall --invalidation-mode unchecked-hash.",
     note, version, Language::python},
    {"startup-file-unreadable", "A .pth file is no text",
     "Python reads every .pth file beside the packages when it starts, and fails before the function's code "
     "runs. Take the file away, or save it as UTF-8.",
     error, version, Language::python},
    {"version-conflict", "A distribution requires another version of one that is there",
     "METADATA states which versions it works with. Some refuse others when they are imported (pydantic and "
     "pydantic-core), most fail where the two have drifted apart. An exact pin (==) is an error, a range a "
     "warning. "
     "Install both in one step, or into one layer.",
     warning, version, Language::python},
});

}  // namespace

std::span<const FindingKind> python_finding_kinds() { return kKinds; }

}  // namespace slim
