// The one list of languages.
#include "languages/java/java.h"
#include "languages/language.h"
#include "languages/node/node.h"
#include "languages/python/python.h"
#include "languages/ruby/ruby.h"

namespace slim {
namespace {

std::vector<const LanguageRoom*>& list() {
  static std::vector<const LanguageRoom*> languages = {&node_room(), &python_room(), &java_room(),
                                                       &ruby_room()};
  return languages;
}

}  // namespace

std::span<const LanguageRoom* const> languages() { return list(); }

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
