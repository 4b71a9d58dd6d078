#include "commands/init_text.h"

#include <algorithm>

#include "cli/flags.h"
#include "toml/toml.h"
#include "util/format.h"

namespace slim {
namespace {

std::string assignment(std::string_view key, const std::string& value) {
  return format("{} = {}\n", key, toml::quoted(value));
}

std::string comment(const std::string& text) {
  return format("# {}\n", fmt::join(wrapped(text, 98), "\n# "));
}

// A setting of the table as a comment: what it does, and how it would be written.
std::string commented(const FlagRow& flag) {
  std::string out = "\n" + comment(std::string(flag.help));
  const std::string value = toml::quoted(std::string(flag.fallback.empty() ? flag.example : flag.fallback));
  switch (flag.config) {
    case InConfig::wishes:
      return out + format("# [[{}]]\n# path = {}\n# reason = \"say why\"\n", flag.name, value);
    case InConfig::sizes:
      return out + format("# [{}]\n# unpacked = {}\n", flag.name, value);
    case InConfig::texts:
    case InConfig::paths:
      return out + format("# {} = [{}]\n", flag.name, value);
    case InConfig::number_or_word:
      return out + format("# {} = {}\n", flag.name, flag.fallback);
    default:
      return out + format("# {} = {}\n", flag.name, value);
  }
}

bool is_table(const FlagRow& flag) {
  return flag.config == InConfig::wishes || flag.config == InConfig::sizes;
}

std::string head(const InitFacts& facts) {
  std::string out =
      "# What slim does to this project's packages, and what slim check holds them to.\n"
      "# Keys are named as flags are (slim --help). A flag beats what stands here, and lists add up.\n";
  if (!facts.package.empty()) out += format("# Written by slim init from {}.\n", printable(facts.package));
  return out;
}

std::string target(const InitFacts& facts) {
  std::string out;
  if (!facts.runtime.empty()) out += "\n# Told by the files.\n" + assignment("runtime", facts.runtime);
  if (!facts.arch.empty())
    out += "\n# Of all native files; one of another architecture is an error.\n" +
           assignment("arch", facts.arch);
  return out;
}

std::string offers(const InitFacts& facts) {
  std::string out;
  if (facts.unused_services != 0) {
    out += format(
        "\n# Takes {} here: data of AWS services that the code doesn't name.\n# services = [\"auto\"]\n",
        human_bytes(facts.unused_services));
  }
  if (facts.offers.empty()) return out;
  out +=
      "\n# Rules that are off unless asked for, and would take away more here. Each has a risk.\n# enable = "
      "[\n";
  for (const Offer& offer : facts.offers) {
    out += format("#   {},  # {}\n", toml::quoted(offer.rule), human_bytes(offer.bytes));
    for (const std::string& line : wrapped(printable(offer.risk), 94)) out += "#     # " + line + "\n";
  }
  return out + "# ]\n";
}

std::string budgets(const InitFacts& facts) {
  if (facts.package.empty()) return {};
  std::string out = "\n# More than this fails slim check: what the package is now, and a tenth.\n";
  if (facts.slimmed < facts.unpacked)
    out += format("# Slimmed, it is {} unpacked.\n", human_bytes(facts.slimmed));
  out += "[budget]\n";
  if (facts.zipped) out += assignment("zip", budget_for(*facts.zipped));
  return out + assignment("unpacked", budget_for(facts.unpacked));
}

}  // namespace

std::string budget_for(std::uint64_t bytes) {
  constexpr std::uint64_t unit = 1000;
  const std::uint64_t aired = bytes + bytes / 10;
  std::uint64_t step = 1;
  while (aired / step >= 100) step *= 10;
  const std::uint64_t rounded = (aired + step - 1) / step * step;
  const std::uint64_t divisor = rounded % (unit * unit) == 0 ? unit * unit : rounded % unit == 0 ? unit : 1;
  if (rounded == 0) return "0";
  return format("{}{}", rounded / divisor, divisor == 1 ? "" : divisor == unit ? "kB" : "MB");
}

std::string init_text(const InitFacts& facts) {
  std::string out = head(facts) + target(facts) + offers(facts);
  const auto is_set = [&](const FlagRow& flag) {
    return (flag.name == "runtime" && !facts.runtime.empty()) ||
           (flag.name == "arch" && !facts.arch.empty()) ||
           (flag.name == "services" && facts.unused_services != 0) ||
           (flag.name == "enable" && !facts.offers.empty()) ||
           (flag.name == "budget" && !facts.package.empty());
  };
  out += "\n# What else can be set, with its default where there is one.\n";
  for (const bool tables : {false, true}) {
    if (tables) out += budgets(facts);
    for (const FlagRow& flag : flags()) {
      if (flag.config != InConfig::no && is_table(flag) == tables && !is_set(flag)) out += commented(flag);
    }
  }
  return out +
         "\n# Settings of its own for slim --profile layer; they override those above.\n"
         "# [profile.layer]\n# dist-info = \"drop\"\n";
}

}  // namespace slim
