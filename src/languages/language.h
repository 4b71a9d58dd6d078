// What slim asks of a language. Each has a folder beside this file, which answers with a table of functions;
// the stages ask all of them and know none by name. Where a language has nothing to say, there is no function.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "evidence/guard.h"
#include "evidence/reach.h"
#include "model/deployed_files.h"
#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/trial.h"
#include "util/progress.h"

namespace slim {

// Reads the files of one package, from any thread.
class FactsReader {
 public:
  FactsReader() = default;
  FactsReader(const FactsReader&) = delete;
  FactsReader& operator=(const FactsReader&) = delete;
  virtual ~FactsReader() = default;

  // Adds what the language knows of a file to its facts, of which kind and hash are there already.
  virtual void read(ByteView bytes, const std::string& path, Depth depth, FileFacts& facts) const = 0;
};

struct LanguageRoom {
  Language language = Language::none;

  // ---- inspect ----
  // Where its code looks for code, told by the paths alone, before any file is read.
  void (*find_places)(const Package&, Inspection&) = nullptr;
  // For the files of this package; find_places() has told of it. Both must outlive the reader.
  std::unique_ptr<FactsReader> (*facts_reader)(const Package&, const Inspection&) = nullptr;
  // Need the file not be read while rules let it go by its name? Then what its name says of it.
  std::optional<FileFacts> (*facts_of_name)(const Package&, std::size_t index, const Inspection&,
                                            const Options&) = nullptr;
  // What the files show together: what is installed, which version they are for.
  Status (*find_package_facts)(const Package&, const Options&, Inspection&) = nullptr;
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

  // ---- transform ----
  // Settles what rules with its own actions have decided; falls back to keep.
  Status (*settle_action)(const Package&, const Inspection&, std::size_t index, Action&) = nullptr;
  Status (*settle_plan)(const Package&, const Inspection&, const Options&, Plan&) = nullptr;

  // ---- trial ----
  // Loads what the package has, before and after; or what one package has. Runs its code.
  Result<Trial> (*try_against)(const Package& before, const Inspection&, const Package& after,
                               const TrialOptions&, Progress&) = nullptr;
  Result<Trial> (*try_alone)(const Package&, const Inspection&, const TrialOptions&, Progress&) = nullptr;
  // The folders in which it looks for code, as a command of the user's is to find them.
  std::vector<std::string> (*search_folders)(const Package&, const Inspection&) = nullptr;

  // ---- check ----
  void (*check)(check::Deployment&) = nullptr;
  void (*check_handler)(check::Deployment&, const std::string& handler) = nullptr;
};

// All of them. A file counts to the package that the first of them names which knows it: what lies in
// node_modules is npm's, whatever else it may be.
std::span<const LanguageRoom* const> languages();
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
