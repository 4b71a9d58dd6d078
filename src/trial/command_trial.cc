#include "trial/command_trial.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "languages/language.h"
#include "trial/changes.h"
#include "trial/command_words.h"
#include "util/format.h"

namespace slim {
namespace {

using interpreter::CommandResult;

Result<RuntimeFolder> folder_for(const Package& package, const Inspection& facts,
                                 const CommandOptions& options) {
  CommandSetup setup;
  for (const LanguageRoom* room : languages()) {
    if (room->set_up_commands != nullptr)
      CHECK_OK(room->set_up_commands(package, facts, {options.interpreter, options.threads}, setup));
  }
  return RuntimeFolder::make(package, setup, options.threads);
}

// "--verify-command 'node test.js'"
std::string called(const Given& command) { return format("{} '{}'", command.from, printable(command.text)); }

constexpr std::string_view kThings = "commands";

// Which of the changes must be taken back so that the command works? They are put in a row, and halving finds
// the shortest part from the front that will do. The last change of that part is needed, and the part before
// it is searched in the same way. This takes for granted that taking back one more change breaks nothing;
// where that is not so, the trial of the real output shows it.
Result<std::set<Change>> smallest_part(
    std::vector<Change> row, const std::function<Result<bool>(const std::set<Change>&)>& works_with) {
  std::set<Change> needed;
  const auto works_with_first = [&](std::size_t count) {
    std::set<Change> changes = needed;
    changes.insert(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(count));
    return works_with(changes);
  };
  while (!row.empty()) {
    std::size_t too_few = 0;
    std::size_t enough = row.size();
    while (enough - too_few > 1) {
      const std::size_t middle = (too_few + enough) / 2;
      TRY(const bool works, works_with_first(middle));
      (works ? enough : too_few) = middle;
    }
    needed.insert(row[enough - 1]);
    row.resize(enough - 1);
    TRY(const bool works, row.empty() ? Result<bool>(true) : works_with(needed));
    if (works) break;
  }
  return needed;
}

}  // namespace

Result<CommandTrial> CommandTrial::begin(const Package& before, const Inspection& facts,
                                         CommandOptions options, Progress& progress) {
  TRY(RuntimeFolder folder, folder_for(before, facts, options));
  CommandTrial trial(before, facts, std::move(options), std::move(folder));
  CHECK_OK(trial.take_down_before(progress));
  return trial;
}

Status CommandTrial::take_down_before(Progress& progress) {
  progress.begin_counted("running", 2 * options_.commands.size(), format("{} (before)", kThings));
  for (const Given& command : options_.commands) {
    TRY(CommandResult first, folder_.run(before_, before_.path, command.text, options_.seconds));
    progress.advance(1);
    if (!first.worked()) {
      return fail(format(
          "{}: {} on the package as it is{}: {}", called(command), ending_of(first, options_.seconds),
          printable(folder_.without_folder(last_error(first))),
          first.in_time ? "name one that works there" : "name a quicker one, or a longer --verify-timeout"));
    }
    TRY(const CommandResult second, folder_.run(before_, before_.path, command.text, options_.seconds));
    progress.advance(1);
    if (!agree(first, second)) {
      const std::string how = second.worked() ? output_difference(second, first)
                                              : ending_of(second, options_.seconds) + last_error(second);
      return fail(
          format("{}: {} when it is run again on the same package, so it proves nothing: leave out what "
                 "changes by itself, such as times and addresses",
                 called(command), printable(folder_.without_folder(how))));
    }
    was_.push_back(std::move(first));
  }
  return {};
}

Result<bool> CommandTrial::works_on(const Package& package, const std::string& archive, std::size_t command) {
  TRY(const CommandResult now,
      folder_.run(package, archive, options_.commands[command].text, options_.seconds));
  return agree(now, was_[command]);
}

Result<std::optional<Difference>> CommandTrial::difference_of(const Package& after,
                                                              const std::string& archive,
                                                              std::size_t command) {
  TRY(const CommandResult now,
      folder_.run(after, archive, options_.commands[command].text, options_.seconds));
  if (agree(now, was_[command])) return std::optional<Difference>();
  TRY(const bool works_again, works_on(after, archive, command));
  if (works_again) return std::optional<Difference>();
  const std::string what = now.worked() ? output_difference(now, was_[command])
                                        : ending_of(now, options_.seconds) + last_error(now);
  return std::optional(Difference{command, folder_.without_folder(what), now.errors_tail + now.output_head});
}

Result<std::vector<Difference>> CommandTrial::run_on(const Package& after, const std::string& archive,
                                                     Progress& progress) {
  progress.begin_counted("running", options_.commands.size(), format("{} (after)", kThings));
  std::vector<Difference> differences;
  for (std::size_t i = 0; i < options_.commands.size(); ++i) {
    TRY(std::optional<Difference> found, difference_of(after, archive, i));
    if (found) differences.push_back(std::move(*found));
    progress.advance(1);
  }
  return differences;
}

Result<std::vector<Restored>> CommandTrial::needed_for(const Difference& difference, const Package& after,
                                                       const Plan& plan,
                                                       const std::vector<Restored>& restored,
                                                       Progress& progress) {
  progress.begin_counted("running", 0, format("{} (to find what to restore)", kThings));
  const auto works_with = [&](const std::set<Change>& changes) {
    progress.advance(1);
    return works_on(with_restored(changes, before_, after, facts_, plan), after.path, difference.command);
  };
  const std::set<Change> known = changes_of(restored);
  const std::set<Change> all = changes_where(facts_, plan, known, [](std::size_t) { return true; });
  std::set<Change> needed = changes_named_in(difference.text, before_, facts_, plan, known);
  TRY(bool suffice, needed.empty() ? Result<bool>(false) : works_with(needed));
  if (!suffice) {
    needed = all;
    TRY(suffice, all.empty() ? Result<bool>(false) : works_with(all));
  }
  if (suffice) {
    TRY(needed, smallest_part({needed.begin(), needed.end()}, works_with));
  }
  const std::string reason =
      format("without it '{}' {}", options_.commands[difference.command].text, difference.what);
  std::vector<Restored> more;
  for (const Change& change : needed) more.push_back({change.rule, change.owner, reason, "--verify-command"});
  return more;
}

std::vector<ProvenCommand> CommandTrial::proven() const {
  std::vector<ProvenCommand> out;
  for (std::size_t i = 0; i < was_.size(); ++i)
    out.push_back({options_.commands[i].text, options_.commands[i].from, was_[i].output_bytes});
  return out;
}

Result<std::vector<std::string>> run_alone(const Package& package, const Inspection& facts,
                                           const CommandOptions& options, Progress& progress) {
  TRY(RuntimeFolder folder, folder_for(package, facts, options));
  progress.begin_counted("running", options.commands.size(), kThings);
  std::vector<std::string> wrong;
  for (const Given& command : options.commands) {
    TRY(const CommandResult result, folder.run(package, package.path, command.text, options.seconds));
    const std::string end = ending_of(result, options.seconds) + folder.without_folder(last_error(result));
    wrong.push_back(result.worked() ? "" : end);
    progress.advance(1);
  }
  return wrong;
}

}  // namespace slim
