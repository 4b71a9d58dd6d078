// What slim asks of a language. Each has a folder beside this file, which answers with a table of functions;
// the stages ask all of them and know none by name. Where a language has nothing to say, there is no function.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cache/record.h"
#include "evidence/guard.h"
#include "evidence/reach.h"
#include "languages/answers.h"
#include "model/command_setup.h"
#include "model/deployed_files.h"
#include "model/finding_kind.h"
#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/trial.h"
#include "util/progress.h"

namespace slim {

struct LanguageRoom {
  Language language = Language::none;

  // ---- read, inspect ----
  // Below /opt, where its runtimes look for layers: "nodejs/".
  std::vector<std::string_view> layer_folders = {};
  // A package that this language alone opens; the name of the output counts, too.
  Result<std::optional<PackageShape>> (*find_shape)(const Package&, const std::string& output) = nullptr;
  // Would its runtime be the one to start this package?
  bool (*is_main_language)(const Package&, const Inspection&) = nullptr;
  // A kind that no first bytes of all formats tell (inspect/file_kind.h).
  std::optional<FileKind> (*find_kind)(ByteView, std::string_view path, bool is_text) = nullptr;
  // Where its code looks for code, told by the paths alone, before any file is read.
  void (*find_places)(const Package&, Inspection&) = nullptr;
  // For the files of this package; find_places() has told of it. Both must outlive the reader.
  std::unique_ptr<FactsReader> (*facts_reader)(const Package&, const Inspection&) = nullptr;
  // Is the file one of those that guards ask about again and again? They are put down in LanguageUse::noted.
  bool (*notes)(const FileFacts&) = nullptr;
  // What the language's own record of a file's facts comes to in the cache, and back.
  void (*write_facts)(const FileFacts&, cache::RecordWriter&) = nullptr;
  void (*read_facts)(cache::RecordReader&, FileFacts&) = nullptr;
  // Need the file not be read while rules let it go by its name? Then what its name says of it.
  std::optional<FileFacts> (*facts_of_name)(const Package&, std::size_t index, const Inspection&,
                                            const Options&) = nullptr;
  // What the files show together: what is installed, which version they are for.
  Status (*find_package_facts)(const Package&, const Options&, Inspection&) = nullptr;
  // What a start loads, where the options ask for it. May run the package's code. Errors: a handler that is not
  // there, a list that can't be read.
  Status (*find_start)(const Package&, const Options&, const ReadMore&, Inspection&, Progress&) = nullptr;
  // Fills Inspection::owner where it is empty and the language knows.
  void (*find_owners)(const Package&, Inspection&) = nullptr;
  // Software for the bill of materials.
  Status (*find_components)(const Package&, Inspection&) = nullptr;

  // ---- plan ----
  std::span<const NamedGuard> (*guards)() = nullptr;
  // Which rules the user's settings turn on, beside those that are named.
  bool (*is_asked_for)(const Options&, const std::string& rule) = nullptr;
  // `candidate` as in Reach; it must outlive the follower.
  std::unique_ptr<Follower> (*follower)(const Package&, const Inspection&,
                                        const std::vector<bool>& candidate) = nullptr;
  // Nothing where the options ask for none.
  std::unique_ptr<KeptEvidence> (*evidence_of_what_stays)(const Package&, const Inspection&, const Options&,
                                                          const std::vector<bool>& kept) = nullptr;
  // What the user has named and the package doesn't have. Errors: a name without which the run makes no sense.
  Result<std::vector<Finding>> (*check_wishes)(const Package&, const Inspection&, const Options&) = nullptr;
  // Somebody vouches for the package's bytes: why nothing may change.
  Result<std::optional<Seal>> (*find_seal)(const Package&, const Inspection&) = nullptr;
  // May its runtime open the zip itself, whatever it is called?
  bool (*may_open_zip)(const Package&) = nullptr;

  // ---- transform ----
  // Is a library of that name loaded as a plug-in, so that each file has to be one of its own?
  bool (*is_plugin)(std::string_view path) = nullptr;
  // Settles what rules with its own actions have decided; falls back to keep.
  Status (*settle_action)(const Package&, const Inspection&, std::size_t index, Action&) = nullptr;
  Status (*settle_plan)(const Package&, const Inspection&, const Options&, Plan&) = nullptr;

  // ---- trial ----
  // Loads what the package has, before and after; or what one package has. Runs its code.
  Result<Trial> (*try_against)(const Package& before, const Inspection&, const Package& after,
                               const TrialOptions&, Progress&) = nullptr;
  Result<Trial> (*try_alone)(const Package&, const Inspection&, const TrialOptions&, Progress&) = nullptr;
  // What a command of the user's needs to find this language's code as a function does.
  Status (*set_up_commands)(const Package&, const Inspection&, const TrialOptions&, CommandSetup&) = nullptr;

  // ---- check ----
  LanguageSigns signs = {};
  // Files that are this language's whatever they hold, by their absolute paths.
  std::function<bool(std::string_view path)> (*its_own_files)(const check::Deployment&) = nullptr;
  // "python3.12" of 3.12.
  std::string (*runtime_id)(const LanguageVersion&) = nullptr;
  std::span<const FindingKind> (*finding_kinds)() = nullptr;
  void (*check)(check::Deployment&) = nullptr;
  void (*check_handler)(check::Deployment&, const std::string& handler) = nullptr;
  std::optional<UnsearchedFolder> (*find_unsearched)(std::string_view path, const Target&) = nullptr;
  // Is a file of that name of no use but to be imported?
  bool (*is_extension_module)(std::string_view path) = nullptr;
  // For a library of `owner` that needs a newer system than this one.
  OtherBuild (*build_for)(const std::string& owner, const System&, Arch) = nullptr;
  // How to get `owner` for the other architecture; nothing where the language doesn't know the package.
  std::optional<std::string> (*build_for_arch)(const std::string& owner, const Inspection&, const Target&,
                                               Arch) = nullptr;
};

// All of them. A file counts to the package that the first of them names which knows it: what lies in
// node_modules is npm's, whatever else it may be.
std::span<const LanguageRoom* const> languages();
// The same in the order of kLanguages.
std::vector<const LanguageRoom*> languages_by_rank();
// Null where the language has no room.
const LanguageRoom* room_of(Language language);
// Does /opt give that folder of a layer a meaning? "nodejs", "bin"
bool is_searched_in_layers(std::string_view folder);
// Which candidates the other files need, by all languages' references (evidence/reach.h).
Result<std::map<std::size_t, Need>> needed_by_others(const Package& package, const Inspection& inspection,
                                                     const std::vector<bool>& candidate,
                                                     const ReadMore& read_more);

// One more for as long as the object lives: for the test of this design.
class AddedLanguage {
 public:
  explicit AddedLanguage(const LanguageRoom& language);
  AddedLanguage(const AddedLanguage&) = delete;
  AddedLanguage& operator=(const AddedLanguage&) = delete;
  ~AddedLanguage();
};

}  // namespace slim
