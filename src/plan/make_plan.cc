// From rules to actions, for each entry by itself and without regard to any order:
//   1. every rule that matches asks its guards; the first guard that objects becomes a hold;
//   2. a --keep, or a rule whose action is keep, holds the entry against all rules; a --keep holds it
//      against --drop, too;
//   3. of the rules that are left the one with the strongest action wins (strength() has the order), and
//      among equals the one with the smaller id. Of strip rules that state a level the gentlest level counts.
//      Three actions don't compete: link, as which files are identical is known only after the strip;
//      make-executable, which changes no bytes; and compile, which adds a file and leaves the source alone,
//      so that what holds the source does not speak against it.
// docs/rules.md tells the same to those who write rules.
// Then kept code is followed along its imports, and holds what it reaches. Rules whose guards ask about kept
// code ("does any name this file?") are decided last, when it is known what is kept; nothing they drop is
// code, so it ends there.
#include "plan/make_plan.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>

#include "evidence/reach.h"
#include "languages/language.h"
#include "plan/container_form.h"
#include "plan/guards.h"
#include "plan/rule_set.h"
#include "plan/user_globs.h"
#include "plan/wishes.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

bool any_matches(const std::vector<Glob>& globs, std::string_view path) {
  return std::ranges::any_of(globs, [&](const Glob& glob) { return glob.matches(path); });
}

bool rule_matches(const Rule& rule, const Package& package, const Inspection& inspection, std::size_t i) {
  const FileKind kind = inspection.files[i].kind;
  if (!rule.kinds.empty() && std::ranges::find(rule.kinds, kind) == rule.kinds.end()) return false;
  if (std::ranges::find(rule.not_shapes, inspection.shape) != rule.not_shapes.end()) return false;
  const std::string& path = package.entries[i].path;
  return any_matches(rule.paths, path) && !any_matches(rule.except, path);
}

int strength(Verb verb) {
  constexpr std::array weakest_first = {Verb::keep,          Verb::strip_comments, Verb::bytecode_only,
                                        Verb::hash_bytecode, Verb::strip,          Verb::renew,
                                        Verb::collect,       Verb::cut_metadata,   Verb::drop};
  return static_cast<int>(std::ranges::find(weakest_first, verb) - weakest_first.begin());
}

class Planner {
 public:
  Planner(const Package& package, const Inspection& inspection, const Options& options,
          std::vector<Rule> rules, UserGlobs globs, const std::vector<Restored>& restored,
          const ReadMore& read_more)
      : package_(package),
        inspection_(inspection),
        options_(options),
        rules_(std::move(rules)),
        globs_(std::move(globs)),
        restored_(restored),
        read_more_(read_more),
        kept_(package.entries.size(), true),
        view_{package, inspection, kept_, options},
        held_by_rule_(package.entries.size()),
        gentlest_level_(package.entries.size()),
        winners_(package.entries.size()),
        makers_executable_(package.entries.size()) {
    plan_.actions.resize(package.entries.size());
  }

  Result<Plan> run() {
    decide_all(false);
    for (std::vector<std::size_t> stays = what_stays_unread(); !stays.empty(); stays = what_stays_unread()) {
      CHECK_OK(read_more_(stays));
      for (const std::size_t i : stays) decide_again(i);
    }
    CHECK_OK(hold_what_kept_code_imports());
    CHECK_OK(read_more_(what_stays_unread()));
    for (std::size_t i = 0; i < kept_.size(); ++i) kept_[i] = !is_dropped(i);
    const auto evidence = evidence_of_what_stays();
    decide_all(true);
    view_.of_what_stays.clear();
    CHECK_OK(hold_what_is_sealed());
    hold_what_a_fixed_record_lists();
    CHECK_OK(read_more_(what_stays_unread()));
    for (std::size_t i = 0; i < package_.entries.size(); ++i) {
      if (winners_[i] != nullptr) apply(*winners_[i], i);
      if (makers_executable_[i] != nullptr) apply_mode(*makers_executable_[i], plan_.actions[i]);
    }
    keep_form(package_, inspection_, plan_);
    note_replaced_members();
    return std::move(plan_);
  }

 private:
  std::vector<std::size_t> what_stays_unread() const {
    std::vector<std::size_t> unread;
    for (std::size_t i = 0; i < package_.entries.size(); ++i) {
      if (!inspection_.files[i].is_read && !is_dropped(i)) unread.push_back(i);
    }
    return unread;
  }

  // Now that it is known what the file is.
  void decide_again(std::size_t i) {
    plan_.actions[i] = Action();
    held_by_rule_[i] = false;
    gentlest_level_[i].reset();
    winners_[i] = nullptr;
    makers_executable_[i] = nullptr;
    decide(i, false);
  }

  void decide_all(bool last) {
    for (std::size_t i = 0; i < package_.entries.size(); ++i) {
      if (package_.entries[i].type != EntryType::directory && !is_dropped(i)) decide(i, last);
    }
  }

  bool is_dropped(std::size_t i) const {
    return plan_.actions[i].verb == Verb::drop ||
           (winners_[i] != nullptr && winners_[i]->action == Verb::drop);
  }

  // A keep never is: it asks no guard, and none of those by its conditions (rule_set.cc).
  static bool is_decided_last(const Rule& rule) {
    if (rule.action == Verb::keep) return false;
    const auto asks_kept = [](const std::string& name) { return find_guard(name)->asks_kept; };
    return std::ranges::any_of(rule.where, asks_kept) || std::ranges::any_of(rule.guards, asks_kept);
  }

  void decide(std::size_t i, bool last) {
    const std::string& path = package_.entries[i].path;
    Action& action = plan_.actions[i];
    const UserGlob* keep = first_match(globs_.keep, path);
    const UserGlob* drop = first_match(globs_.drop, path);
    if (drop != nullptr && keep == nullptr) {
      action.verb = Verb::drop;
      action.rule = "--drop";
      action.reason = drop->reason_by("--drop");
      return;
    }
    if (is_whiteout(package_, i)) return;
    const std::vector<const Rule*> meant = rules_meant_for(i, last);
    choose_compile_rule(meant, i);
    // Before any other rule is asked, so that a keep says the same whatever its id is.
    for (const Rule* rule : meant) {
      if (rule->action != Verb::keep || held_by_rule_[i]) continue;
      action.holds.push_back({rule->id, rule->reason});
      held_by_rule_[i] = true;
    }
    if (held_by_rule_[i]) return;
    const Rule* winner = winners_[i];
    for (const Rule* each : meant) {
      const Rule& rule = *each;
      if (rule.action == Verb::compile || !guards_allow(rule, i) || is_restored(rule, i)) continue;
      if (rule.level) gentlest_level_[i] = std::min(*rule.level, gentlest_level_[i].value_or(*rule.level));
      if (rule.action == Verb::link) {
        if (keep == nullptr && action.link_rule.empty()) action.link_rule = rule.id;
      } else if (rule.action == Verb::make_executable) {
        if (keep == nullptr) makers_executable_[i] = &rule;
      } else if ((winner == nullptr || strength(rule.action) > strength(winner->action))) {
        winner = &rule;
      }
    }
    if (keep != nullptr) {
      if (winner != nullptr || (drop != nullptr && !last)) {
        action.holds.push_back(keep->hold_by("--keep"));
      }
      return;
    }
    winners_[i] = winner;
  }

  // In the order of their ids; adds them to the matches.
  std::vector<const Rule*> rules_meant_for(std::size_t i, bool last) {
    std::vector<const Rule*> meant;
    std::vector<std::string>& matches = plan_.actions[i].matches;
    for (const Rule& rule : rules_) {
      if (is_decided_last(rule) != last || !rule_matches(rule, package_, inspection_, i) ||
          !conditions_met(rule, i))
        continue;
      meant.push_back(&rule);
      matches.push_back(rule.id);
    }
    std::ranges::sort(matches);
    return meant;
  }

  void choose_compile_rule(const std::vector<const Rule*>& meant, std::size_t i) {
    Action& action = plan_.actions[i];
    for (const Rule* rule : meant) {
      if (rule->action != Verb::compile || !guards_allow(*rule, i) || is_restored(*rule, i)) continue;
      if (action.compile_rule.empty()) action.compile_rule = rule->id;
    }
  }

  bool is_restored(const Rule& rule, std::size_t i) {
    const auto found = std::ranges::find_if(restored_, [&](const Restored& item) {
      return item.rule == rule.id && (item.owner.empty() || item.owner == inspection_.owner[i]);
    });
    if (found == restored_.end()) return false;
    plan_.actions[i].holds.push_back({found->by, found->reason});
    return true;
  }

  bool conditions_met(const Rule& rule, std::size_t i) const {
    return std::ranges::none_of(
        rule.where, [&](const std::string& name) { return find_guard(name)->ask(view_, i).has_value(); });
  }

  bool guards_allow(const Rule& rule, std::size_t i) {
    for (const std::string& name : rule.guards) {
      if (auto objection = find_guard(name)->ask(view_, i)) {
        plan_.actions[i].holds.push_back({rule.id, std::move(*objection)});
        return false;
      }
    }
    return true;
  }

  Status hold_what_kept_code_imports() {
    std::vector<bool> candidate(winners_.size());
    for (std::size_t i = 0; i < candidate.size(); ++i) candidate[i] = is_dropped(i);
    TRY(const auto needed, needed_by_others(package_, inspection_, candidate, read_more_));
    view_.needed = &needed;
    for (const auto& [i, need] : needed) {
      if (winners_[i] == nullptr) {
        if (need.is_beside) continue;
        plan_.findings.push_back(
            {Severity::warning, "dropped-but-imported", package_.entries[i].path,
             format("is dropped as asked, though {}: take it out of --drop if that code runs", need.reason)});
        continue;
      }
      // Its other guards have been asked, and none has an objection.
      const auto& guards = winners_[i]->guards;
      if (std::ranges::find(guards, kNotImported) != guards.end() && !guards_allow(*winners_[i], i))
        winners_[i] = nullptr;
    }
    view_.needed = nullptr;
    return {};
  }

  std::vector<std::unique_ptr<KeptEvidence>> evidence_of_what_stays() {
    std::vector<std::unique_ptr<KeptEvidence>> all;
    for (const LanguageRoom* room : languages()) {
      if (room->evidence_of_what_stays == nullptr) continue;
      auto evidence = room->evidence_of_what_stays(package_, inspection_, options_, kept_);
      if (evidence == nullptr) continue;
      view_.of_what_stays[room->language] = evidence.get();
      all.push_back(std::move(evidence));
    }
    return all;
  }

  // Against the user's own wishes, too: what would come of them would not work.
  Status hold_what_is_sealed() {
    TRY(plan_.seal, find_seal(package_, inspection_));
    if (!plan_.seal) return {};
    for (std::size_t i = 0; i < winners_.size(); ++i) {
      Action& action = plan_.actions[i];
      action.link_rule.clear();
      makers_executable_[i] = nullptr;
      const std::string by = action.verb == Verb::drop ? action.rule : winners_[i] ? winners_[i]->id : "";
      if (by.empty()) continue;
      action.holds.push_back({by, plan_.seal->reason});
      action.verb = Verb::keep;
      action.rule.clear();
      action.reason.clear();
      winners_[i] = nullptr;
    }
    std::erase_if(plan_.findings,
                  [](const Finding& finding) { return finding.id == "dropped-but-imported"; });
    plan_.findings.push_back(
        {Severity::note, "sealed", "", "nothing in it is changed: " + plan_.seal->reason});
    return {};
  }

  // A wheel's RECORD states the hash of every file: where it may not be written anew, nothing may change.
  void hold_what_a_fixed_record_lists() {
    if (inspection_.shape != PackageShape::wheel) return;
    for (std::size_t i = 0; i < winners_.size(); ++i) {
      const std::string_view path = package_.entries[i].path;
      const bool is_record = path.ends_with(".dist-info/RECORD") && path.find('/') == path.rfind('/');
      const bool is_renewed = winners_[i] != nullptr && winners_[i]->action == Verb::renew;
      if (!is_record || is_renewed || is_dropped(i)) continue;
      hold_all(format("{} stays as it is, and it states the hash of every file", path));
    }
  }

  void hold_all(const std::string& reason) {
    for (std::size_t i = 0; i < winners_.size(); ++i) {
      plan_.actions[i].link_rule.clear();
      if (winners_[i] == nullptr) continue;
      plan_.actions[i].holds.push_back({winners_[i]->id, reason});
      winners_[i] = nullptr;
    }
  }

  void apply(const Rule& rule, std::size_t i) {
    Action& action = plan_.actions[i];
    if (rule.action == Verb::strip) {
      if (const UserGlob* held = first_match(globs_.keep_strip, package_.entries[i].path)) {
        action.holds.push_back(held->hold_by("--keep-strip"));
        return;
      }
      const elf::StripLevel level = gentlest_level_[i].value_or(options_.strip);
      if (options_.strip == elf::StripLevel::none || level == elf::StripLevel::none) return;
      action.level = level;
    }
    if (rule.action == Verb::bytecode_only && action.compile_rule.empty()) {
      action.holds.push_back({rule.id, "no rule that is on makes the bytecode that would stand for it"});
      return;
    }
    action.verb = rule.action;
    action.rule = rule.id;
    action.reason = rule.reason;
  }

  static void apply_mode(const Rule& rule, Action& action) {
    if (action.verb == Verb::drop) return;
    action.executable_by = rule.id;
    if (action.verb != Verb::keep) return;
    action.verb = Verb::make_executable;
    action.rule = rule.id;
    action.reason = rule.reason;
  }

  void note_replaced_members() {
    if (package_.replaced == 0) return;
    plan_.findings.push_back(
        {Severity::note, "replaced-members", "",
         format("{} of the tar's members are replaced by later ones of the same name, as "
                "for whoever unpacks it: only those are in the output",
                with_commas(package_.replaced))});
  }

  const Package& package_;
  const Inspection& inspection_;
  const Options& options_;
  const std::vector<Rule> rules_;
  const UserGlobs globs_;
  const std::vector<Restored>& restored_;
  const ReadMore& read_more_;
  std::vector<bool> kept_;
  GuardView view_;
  std::vector<bool> held_by_rule_;
  std::vector<std::optional<elf::StripLevel>> gentlest_level_;  // that a rule of its own states
  std::vector<const Rule*> winners_;
  std::vector<const Rule*> makers_executable_;  // beside the winner, as a mode is no bytes
  Plan plan_;
};

}  // namespace

Result<Plan> make_plan(const Package& package, const Inspection& inspection, const Options& options,
                       const std::vector<Restored>& restored, const ReadMore& read_more) {
  TRY(UserGlobs globs, user_globs(options));
  TRY(std::vector<Rule> rules, load_rules(options));
  TRY(std::vector<Finding> without_effect, check_wishes(package, inspection, options));
  TRY(Plan plan,
      Planner(package, inspection, options, std::move(rules), std::move(globs), restored, read_more).run());
  std::ranges::move(without_effect, std::back_inserter(plan.findings));
  return plan;
}

}  // namespace slim
