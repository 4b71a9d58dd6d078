#include "model/inspection.h"
#include "model/options.h"

#include "model/plan.h"

namespace slim {

std::optional<DistInfoMode> dist_info_mode_from(const std::string& name) {
  if (name == "reduce") return DistInfoMode::reduce;
  if (name == "drop") return DistInfoMode::drop;
  return std::nullopt;
}

std::optional<BytecodeMode> bytecode_mode_from(const std::string& name) {
  if (name == "drop") return BytecodeMode::drop;
  if (name == "keep") return BytecodeMode::keep;
  if (name == "compile") return BytecodeMode::compile;
  if (name == "fit") return BytecodeMode::fit;
  if (name == "sourceless") return BytecodeMode::sourceless;
  return std::nullopt;
}

std::optional<LicenceMode> licence_mode_from(const std::string& name) {
  if (name == "keep") return LicenceMode::keep;
  if (name == "collect") return LicenceMode::collect;
  if (name == "drop") return LicenceMode::drop;
  return std::nullopt;
}

const char* file_kind_name(FileKind kind) {
  switch (kind) {
    case FileKind::directory:
      return "directory";
    case FileKind::symlink:
      return "symlink";
    case FileKind::empty:
      return "empty";
    case FileKind::elf:
      return "elf";
    case FileKind::mach_o:
      return "mach-o";
    case FileKind::pe:
      return "pe";
    case FileKind::zip:
      return "zip";
    case FileKind::python_source:
      return "python-source";
    case FileKind::python_bytecode:
      return "python-bytecode";
    case FileKind::archive:
      return "archive";
    case FileKind::apple_double:
      return "apple-double";
    case FileKind::ds_store:
      return "ds-store";
    case FileKind::compound_document:
      return "compound-document";
    case FileKind::folder_settings:
      return "folder-settings";
    case FileKind::vim_swap:
      return "vim-swap";
    case FileKind::pax_header:
      return "pax-header";
    case FileKind::text:
      return "text";
    case FileKind::data:
      return "data";
  }
  return "data";
}

const char* arch_name(Arch arch) { return arch == Arch::arm64 ? "arm64" : "x86_64"; }

std::optional<Arch> arch_from(const std::string& name) {
  if (name == "x86_64" || name == "amd64" || name == "x64") return Arch::x86_64;
  if (name == "arm64" || name == "aarch64") return Arch::arm64;
  return std::nullopt;
}

const char* package_shape_name(PackageShape shape) {
  switch (shape) {
    case PackageShape::function:
      return "function";
    case PackageShape::layer:
      return "layer";
    case PackageShape::wheel:
      return "wheel";
    case PackageShape::jar:
      return "jar";
    case PackageShape::image_layer:
      return "image-layer";
    case PackageShape::zipapp:
      return "zipapp";
  }
  return "function";
}

const char* verb_name(Verb verb) {
  switch (verb) {
    case Verb::keep:
      return "keep";
    case Verb::drop:
      return "drop";
    case Verb::strip:
      return "strip";
    case Verb::hash_bytecode:
      return "hash-bytecode";
    case Verb::cut_metadata:
      return "cut-metadata";
    case Verb::strip_comments:
      return "strip-comments";
    case Verb::link:
      return "link";
    case Verb::make_executable:
      return "make-executable";
    case Verb::compile:
      return "compile";
    case Verb::bytecode_only:
      return "bytecode-only";
    case Verb::collect:
      return "collect";
    case Verb::renew:
      return "renew";
  }
  return "keep";
}

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "note";
}

}  // namespace slim
