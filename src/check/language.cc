// Is the runtime that the user named of the package's language?
//
// Said only where it is plain: no file of the deployment is one that the runtime could start from, and some
// are of another language. What a language claims for itself counts for no other (a package's folder may hold
// another language's code as data). The runtimes provided* start any program, and of a container image the
// other layers are not there.
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "check/checks.h"
#include "languages/language.h"
#include "util/format.h"

namespace slim::check {
namespace {

bool ends_in_any(std::string_view path, std::span<const std::string_view> suffixes) {
  return std::ranges::any_of(suffixes, [&](std::string_view suffix) { return path.ends_with(suffix); });
}

class Files {
 public:
  explicit Files(const Deployment& deployment) : deployment_(deployment) {
    for (const LanguageRoom* room : languages()) {
      if (room->its_own_files != nullptr)
        claims_.emplace_back(room->language, room->its_own_files(deployment));
    }
  }

  // The file nearest to the root that is plainly of that language.
  std::optional<Place> plain(const LanguageRoom& room) const {
    std::optional<Place> best;
    std::ptrdiff_t least = 0;
    for (const Place place : deployment_.files()) {
      if (!may_be_of(place, room.language) || !ends_in_any(path_of(place), room.signs.plain)) continue;
      const std::ptrdiff_t depth = std::ranges::count(path_of(place), '/');
      if (best && depth >= least) continue;
      best = place;
      least = depth;
    }
    return best;
  }

  // Could a runtime of that language find something to start?
  bool any_for(const LanguageRoom& room) const {
    return std::ranges::any_of(deployment_.files(), [&](Place place) {
      if (room.signs.is_any_program) return deployment_.facts(place).elf.has_value();
      return may_be_of(place, room.language) && (ends_in_any(path_of(place), room.signs.plain) ||
                                                 ends_in_any(path_of(place), room.signs.may_be_too));
    });
  }

 private:
  const std::string& path_of(Place place) const { return deployment_.entry(place).path; }

  // The first that claims a file has it for itself.
  bool may_be_of(Place place, Language language) const {
    const std::string path = deployment_.absolute(place);
    for (const auto& [owner, claims] : claims_) {
      if (claims(path)) return owner == language;
    }
    return true;
  }

  const Deployment& deployment_;
  std::vector<std::pair<Language, std::function<bool(std::string_view)>>> claims_;
};

// By the version that the files tell, else the newest of the language.
std::string fitting_runtime(const Deployment& deployment, Language language) {
  const LanguageRoom* room = room_of(language);
  for (const Part& part : deployment.parts()) {
    const std::optional<LanguageVersion>& version = part.inspection->use_of(language).version;
    if (!version || room == nullptr || room->runtime_id == nullptr) continue;
    const Runtime* told = runtime_table().find(room->runtime_id(*version));
    if (told != nullptr) return told->id;
  }
  const Runtime* newest = runtime_table().newest_of(language);
  return newest == nullptr ? "provided.al2023" : newest->id;
}

}  // namespace

void check_language(Deployment& deployment) {
  const Target& target = deployment.target();
  const Runtime* runtime = target.runtime;
  if (!target.runtime_named || runtime == nullptr || runtime->language == Language::none) return;
  if (runtime->id.starts_with("provided") || std::ranges::any_of(deployment.parts(), is_of_image)) return;
  const Files files(deployment);
  const LanguageRoom* wanted = room_of(runtime->language);
  if (wanted == nullptr || files.any_for(*wanted)) return;
  for (const LanguageRoom* other : languages_by_rank()) {
    const std::optional<Place> found = files.plain(*other);
    if (!found) continue;
    deployment.report_part(
        Severity::error, "wrong-language", 0,
        format(
            "the runtime {} is for {}, and no file of the package is; {} is {}: name the runtime that it is "
            "deployed with, such as {}",
            runtime->id, language_title(runtime->language), printable(deployment.entry(*found).path),
            language_title(other->language), fitting_runtime(deployment, other->language)));
    return;
  }
}

}  // namespace slim::check
