#include "model/finding_kind.h"

#include <array>

namespace slim {
namespace {

using enum Severity;
using enum FindingNeeds;

constexpr auto kKinds = std::to_array<FindingKind>({
    {"backslash-name", "Names of entries have backslashes",
     "Lambda's Linux takes them as part of a file's name, so that no folder is there and no module is found. "
     "Compress-Archive of Windows PowerShell 5 writes such zips: pack with PowerShell 7, 7-Zip or tar -a.",
     error},
    {"case-collision", "Two names differ in case only",
     "Where the package is unpacked on macOS or Windows, one of the two files is lost. Rename one of them.",
     note},
    {"damaged-elf", "A file starts as ELF and cannot be read as ELF",
     "It was cut off or overwritten on its way into the package, or a tool has damaged it. Build or install "
     "it again.",
     warning},
    {"executable-stack", "A library asks for an executable stack",
     "glibc 2.41 and later refuse to load it with dlopen, which is how Python and Node.js load extensions. "
     "Link it with "
     "-z noexecstack.",
     note},
    {"foreign-system", "A binary of macOS or Windows",
     "Lambda runs Linux, so that the file can't be loaded there. Install its package for Linux: pip install "
     "--platform "
     "manylinux2014_x86_64 --only-binary=:all:, or npm ci --os=linux.",
     error},
    {"glibc-too-old", "A library needs a newer glibc than the runtime has",
     "The loader refuses the library with \"version `GLIBC_…' not found\" when it is imported. Use a runtime "
     "with a newer "
     "system, install a build for manylinux2014, or build it on the runtime's own system.",
     error},
    {"grown", "The package grew beyond its baseline",
     "The sizes of the last accepted state are committed, and this package is larger than they allow. Take "
     "the growth "
     "back, or accept it with --update-baseline.",
     error, baseline},
    {"impossible-date", "Entries are dated 2098 or later",
     "A packer counted from 1970 and fell below 1980, where dates of zips begin. Set SOURCE_DATE_EPOCH to "
     "315532800 or "
     "later when packing.",
     warning},
    {"lambda-unpacked-limit", "More than Lambda unpacks",
     "A function with its layers may unpack to 262,144,000 bytes. Slim them, take away from the largest, or "
     "deploy a "
     "container image.",
     error},
    {"lambda-zip-limit", "More than Lambda takes in a direct upload",
     "A zip of more than 52,428,800 bytes has to be uploaded through S3. Slim it, or do that.", warning},
    {"library-loses", "A bundled library loses against the runtime's own",
     "LD_LIBRARY_PATH names /lib64 before the function's folders, so that the copy in the package is not the "
     "one that "
     "loads. Give the files that need it an RPATH, or remove it.",
     warning, runtime},
    {"library-off-path", "A library lies in another package where no search path leads",
     "The loader looks where the file's RPATH and LD_LIBRARY_PATH lead. It finds the library only if another "
     "one "
     "has loaded it before. Put both into one package, or the library into lib/ of a layer.",
     warning},
    {"libstdcxx-by-image-date", "A library needs a libstdc++ that only newer images have",
     "Whether it loads depends on the date of the image that Lambda runs the function on. Build against the "
     "older "
     "version.",
     warning, runtime},
    {"libstdcxx-too-old", "A library needs a newer libstdc++ than the runtime has",
     "The loader refuses it with \"version `GLIBCXX_…' not found\" when it is imported. Use a newer runtime, "
     "or a build "
     "for manylinux2014.",
     error},
    {"misaligned-segment", "The loader refuses the segments of a library",
     "A tool such as strip has moved its contents to where the loader can't map them. Take the original "
     "file.",
     error},
    {"missing-handler", "The handler is not in the package",
     "The first invoke fails with a module that can't be found. Check the handler's name, and that its file "
     "lies at the "
     "package's root.",
     error, handler},
    {"missing-interpreter", "A program asks for a loader that Lambda does not have",
     "The kernel can't start it and says that the file is not found, though it is there. Link it against the "
     "runtime's "
     "loader, or statically.",
     error},
    {"missing-library", "A library is needed that nothing brings",
     "Neither the package nor the runtime has it, so that what needs it fails to load with \"cannot open "
     "shared object "
     "file\". Put it into lib/ of the function or of a layer, or use a build that brings it.",
     error},
    {"musl-build", "A library is built for musl (Alpine)",
     "Lambda's systems have glibc, which can't load it. Install its package for manylinux, not for "
     "musllinux.",
     error},
    {"not-executable", "A program that Lambda starts is not executable",
     "bootstrap and extensions are started as programs. chmod 755 before packing, and pack on a system that "
     "keeps modes.",
     error},
    {"not-ready", "A native file stands in the way of the other architecture",
     "It is built for one architecture only. Install its package for the other one, with the command in the "
     "message.",
     error, ready_for},
    {"over-budget", "A size is over its budget",
     "The budget is the project's own, by --budget or slim.toml. Take something away, or raise it.", error,
     budget},
    {"runtime-architecture", "The runtime does not exist on this architecture",
     "Lambda offers it for x86_64 only. Use that, or a newer runtime.", error, runtime},
    {"runtime-deprecated", "The runtime gets no patches any more",
     "AWS has ended its support; later it takes no new functions and no updates either, from the days that "
     "the message names. Move to a newer runtime.",
     warning, runtime},
    {"text-relocations", "A library has relocations in its code",
     "Its code is then private to each process and takes memory in each. Build it with -fPIC.", note},
    {"too-many-layers", "More layers than Lambda takes",
     "A function may have five layers. Merge some of them.", error},
    {"unknown-runtime", "The runtime is in no table of this version",
     "The files are for it, and what depends on its system was not checked. Name the runtime with --runtime, "
     "or use a newer slim.",
     note},
    {"unknown-system", "It is not known what the runtime's system offers",
     "AWS has announced the runtime and has not said what is in its image, so that versions of libraries "
     "were not checked. Use a newer slim once that is known.",
     note, runtime},
    {"unreadable", "A file that Lambda's user can't read",
     "The function runs as another user than the one who unpacks it. chmod 644, and 755 for programs, before "
     "packing.",
     error},
    {"unsearched-folder", "A folder of a layer that no runtime searches",
     "What lies in it is never found. The message names the folder that is searched.", warning},
    {"wrong-architecture", "A library is built for another architecture",
     "It can't be loaded on the function's architecture. Install its package for that one.", error},
    {"wrong-language", "The runtime is of another language than the package",
     "The runtime finds nothing that it could start. Name the runtime that the function is deployed with.",
     error, runtime},
});

}  // namespace

std::span<const FindingKind> neutral_finding_kinds() { return kKinds; }

bool fails_a_run(const Finding& finding) {
  return finding.severity == Severity::error &&
         (finding.id == "wrong-architecture" || finding.id == "wrong-language");
}

}  // namespace slim
