// The one list of languages.
#include <algorithm>
#include <array>

#include "languages/dotnet/dotnet.h"
#include "languages/java/java.h"
#include "languages/language.h"
#include "languages/native/native.h"
#include "languages/node/node.h"
#include "languages/python/python.h"
#include "languages/ruby/ruby.h"

namespace slim {
namespace {

std::vector<const LanguageRoom*>& list() {
  static std::vector<const LanguageRoom*> languages = {&node_room(), &python_room(), &java_room(),
                                                       &ruby_room(), &dotnet_room(), &native_room()};
  return languages;
}

}  // namespace

std::span<const LanguageRoom* const> languages() { return list(); }

std::vector<const LanguageRoom*> languages_by_rank() {
  std::vector<const LanguageRoom*> rooms = list();
  std::ranges::stable_sort(rooms, {}, &LanguageRoom::language);
  return rooms;
}

const LanguageRoom* room_of(Language language) {
  const auto found = std::ranges::find(list(), language, &LanguageRoom::language);
  return found == list().end() ? nullptr : *found;
}

bool is_searched_in_layers(std::string_view folder) {
  constexpr std::array<std::string_view, 4> of_all = {"bin", "lib", "extensions", "etc"};
  return std::ranges::find(of_all, folder) != of_all.end() ||
         std::ranges::any_of(list(), [&](const LanguageRoom* room) {
           return std::ranges::any_of(room->layer_folders, [&](std::string_view each) {
             return each.substr(0, each.find('/')) == folder;
           });
         });
}

Result<std::map<std::size_t, Need>> needed_by_others(const Package& package, const Inspection& inspection,
                                                     const std::vector<bool>& candidate,
                                                     const ReadMore& read_more) {
  std::vector<std::unique_ptr<Follower>> followers;
  for (const LanguageRoom* room : languages()) {
    if (room->follower != nullptr) followers.push_back(room->follower(package, inspection, candidate));
  }
  return Reach(package, inspection, candidate, read_more).walk(followers);
}

AddedLanguage::AddedLanguage(const LanguageRoom& language) { list().push_back(&language); }
AddedLanguage::~AddedLanguage() { list().pop_back(); }

}  // namespace slim
