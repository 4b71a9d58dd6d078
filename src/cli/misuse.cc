#include "cli/misuse.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "util/format.h"
#include "util/suggest.h"

namespace slim {
namespace {

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandRow& row : commands()) {
    if (row.id != CommandId::slim) names.emplace_back(row.name);
  }
  return names;
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

// Reads the words one after the other, as a parser would, and stops at the first that it can't make sense of.
class Reader {
 public:
  Reader(CommandId id, const std::vector<std::string>& words) : id_(id), words_(words) {}

  Status read() {
    for (; at_ < words_.size(); ++at_) {
      const std::string& word = words_[at_];
      if (word == "--") {
        arguments_.insert(arguments_.end(), words_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                          words_.end());
        break;
      }
      if (word.starts_with("--")) {
        CHECK_OK(read_name(word));
      } else if (word.starts_with('-') && word.size() > 1) {
        CHECK_OK(read_letters(word));
      } else {
        arguments_.push_back(word);
      }
    }
    return check_arguments();
  }

 private:
  tl::unexpected<Error> no_flag(const std::string& name, const std::string& hint) const {
    return fail(format("{}: is no flag of {}{}", printable(name), called(id_),
                       hint.empty() ? ": see " + called(id_) + " --help" : hint));
  }

  Status read_name(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    std::vector<std::string> known;
    for (const FlagRow* flag : flags_of(id_)) {
      if (flag->positional) continue;
      known.push_back("--" + std::string(flag->name));
      if (known.back() != name) continue;
      if (equals != std::string::npos && flag->takes == Takes::nothing)
        return fail(format("{}: takes no value: leave out {}", name, printable(word.substr(equals))));
      return read_value(*flag, equals == std::string::npos ? "" : word.substr(equals + 1));
    }
    return no_flag(name, did_you_mean(name, known));
  }

  // "-n", "-qn", "-j4", "-oout.zip"; "-output" lacks a dash.
  Status read_letters(const std::string& word) {
    const std::vector<const FlagRow*> rows = flags_of(id_);
    const std::string as_name = "-" + word.substr(0, word.find('='));
    for (const FlagRow* row : rows) {
      if (!row->positional && "--" + std::string(row->name) == as_name)
        return no_flag(word, ": did you mean '" + as_name + "'?");
    }
    for (std::size_t i = 1; i < word.size(); ++i) {
      const auto flag = std::ranges::find_if(
          rows, [&](const FlagRow* row) { return row->letter != 0 && row->letter == word[i]; });
      if (flag == rows.end()) return no_flag(i == 1 ? word : std::string("-") + word[i], "");
      if (word.compare(i + 1, 1, "=") == 0 && (*flag)->takes != Takes::nothing)
        return fail(format("{}: takes its value without '=': write -{} {}", printable(word), word[i],
                           printable(word.substr(i + 2))));
      if ((*flag)->takes != Takes::nothing) return read_value(**flag, word.substr(i + 1));
    }
    return {};
  }

  Status read_value(const FlagRow& flag, const std::string& with_it) {
    if (flag.takes == Takes::nothing) return {};
    const std::string name = "--" + std::string(flag.name);
    std::string value = with_it;
    const bool follows =
        at_ + 1 < words_.size() && (words_[at_ + 1] == "-" || !words_[at_ + 1].starts_with('-'));
    if (value.empty() && words_[at_].find('=') == std::string::npos && follows) value = words_[++at_];
    if (value.empty()) {
      const bool bare = at_ + 1 < words_.size() && words_[at_].find('=') == std::string::npos;
      return fail(format("{}: needs a value, {}{}", name, flag.value,
                         bare ? format(", and {} follows: write {}={} where that is meant",
                                       printable(words_[at_ + 1]), name, printable(words_[at_ + 1]))
                              : ": see " + called(id_) + " --help"));
    }
    const auto [first, is_new] = given_.try_emplace(name, value);
    if (is_new || flag.many) return {};
    return fail(format("{}: is given twice, as {} and as {}: leave out one", name, printable(first->second),
                       printable(value)));
  }

  Status check_arguments() const {
    std::size_t taken = 0;
    for (const FlagRow* flag : flags_of(id_)) {
      if (!flag->positional) continue;
      if (flag->required && taken == arguments_.size())
        return fail(format("{}: {} is missing: slim {}", called(id_), flag->name, command_row(id_).usage));
      if (flag->many) return {};
      ++taken;
    }
    if (arguments_.size() <= taken) return {};
    const std::string& extra = arguments_[taken];
    if (id_ == CommandId::slim) return second_package(extra);
    return fail(
        format("{}: is more than {} takes: slim {}", printable(extra), called(id_), command_row(id_).usage));
  }

  // "slim -q check x.zip", "slim in.zip out.zip"
  Status second_package(const std::string& extra) const {
    const std::vector<std::string> names = command_names();
    for (const std::string& word : arguments_) {
      if (std::ranges::find(names, word) == names.end() || is_there(word)) continue;
      return fail(format("{}: a command comes first: slim {} …", word, word));
    }
    return fail(
        format("{0}: slim takes one package at a time: write -o {0} if it is the output; slim check takes "
               "a function with its layers",
               printable(extra)));
  }

  CommandId id_;
  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  std::vector<std::string> arguments_;
  std::map<std::string, std::string> given_;
};

}  // namespace

std::string called(CommandId id) {
  return id == CommandId::slim ? "slim" : format("slim {}", command_row(id).name);
}

CommandId command_of(const std::vector<std::string>& words) {
  for (const CommandRow& row : commands()) {
    if (row.id != CommandId::slim && !words.empty() && words.front() == row.name) return row.id;
  }
  return CommandId::slim;
}

Status check_first_word(const std::vector<std::string>& words) {
  if (words.empty() || command_of(words) != CommandId::slim) return {};
  const std::string& word = words.front();
  if (word.empty() || word.find_first_of("-./") != std::string::npos || is_there(word)) return {};
  const std::string nearest = nearest_name(word, command_names());
  constexpr std::size_t short_word = 3;  // "dir" is a folder that isn't there rather than diff; "dif" is not
  if (nearest.empty() || (word.size() <= short_word && !nearest.starts_with(word))) return {};
  return fail(format("{}: is no command of slim, and no package of that name is there: did you mean '{}'?",
                     printable(word), nearest));
}

Status find_misuse(CommandId id, const std::vector<std::string>& words) { return Reader(id, words).read(); }

}  // namespace slim
