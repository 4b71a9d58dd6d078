// The files of a deployment under their absolute paths, and a place for what is found in them.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/deployment.h"

namespace slim::check {

struct Place {
  std::size_t part = 0;
  std::size_t index = 0;
  auto operator<=>(const Place&) const = default;
};

class Deployment {
 public:
  Deployment(std::span<const Part> parts, const Target& target);

  const Target& target() const { return target_; }
  std::span<const Part> parts() const { return parts_; }
  // All files that are there: not dropped, no directories. Of two layers with one path the later one wins, as
  // on Lambda.
  const std::vector<Place>& files() const { return files_; }

  const Entry& entry(Place place) const { return parts_[place.part].package->entries[place.index]; }
  const FileFacts& facts(Place place) const { return parts_[place.part].inspection->files[place.index]; }
  const std::string& owner(Place place) const { return parts_[place.part].inspection->owner[place.index]; }
  std::string absolute(Place place) const { return parts_[place.part].mount + "/" + entry(place).path; }

  // The regular file behind an absolute path, through symlinks of the package.
  std::optional<Place> find(const std::string& absolute_path) const;
  bool has(const std::string& absolute_path) const { return find(absolute_path).has_value(); }
  // Is there a file behind the path, or a folder with something in it? "/var/task/x/../y" is taken as y.
  bool has_path(const std::string& absolute_path) const;
  // All files and links of that last component.
  const std::vector<Place>& named(const std::string& name) const;

  void report(Severity severity, const std::string& id, Place place, std::string message);
  void report_part(Severity severity, const std::string& id, std::size_t part, std::string message,
                   std::string path = {});
  std::vector<std::vector<Finding>> take_findings();

 private:
  std::span<const Part> parts_;
  const Target& target_;
  std::map<std::string, Place> by_path_;
  std::unordered_map<std::string, std::vector<Place>> by_name_;
  std::vector<Place> files_;
  std::vector<std::vector<Finding>> findings_;
};

// "a/./b/../c" -> "a/c"; absolute paths stay absolute.
std::string normalised(const std::string& path);

// A layer of a container image: the system that it runs on may be in other layers.
bool is_of_image(const Part& part);

// The facts of an ELF file that some loader may be asked to load, a program or a shared library; else
// nullptr.
const elf::Facts* loadable(const FileFacts& facts);
std::optional<Arch> arch_of(const FileFacts& facts);
bool is_for_musl(const elf::Facts& elf);
// The file name of glibc's dynamic loader.
const char* loader_name(Arch arch);
// Asks for no loader, or for the one that Lambda's images have, in a folder where they have it.
bool has_known_interpreter(const elf::Facts& elf, Arch arch);

// Packages that carry one file for each platform ("prebuilds/linux-arm64/x.node") are right to hold files of
// other platforms. Is there one for the target's machine and glibc as well, whose path differs in nothing but
// the words that name the platform?
class PlatformTwins {
 public:
  explicit PlatformTwins(const Deployment& deployment);
  bool has_native_twin(Place place) const;

 private:
  const Deployment& deployment_;
  std::set<std::string> native_;
};

}  // namespace slim::check
