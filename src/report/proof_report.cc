#include "report/proof_report.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "report/markdown.h"
#include "report/text_table.h"
#include "util/format.h"

namespace slim {
namespace {

using json::Json;

std::string imports_sentence(const Proof& proof) {
  if (proof.language == Language::none) return "there is no module whose import could be tried";
  return format("{} of {} modules import as before, and {} distributions are known, under {} {}",
                with_commas(proof.imported), with_commas(proof.modules), with_commas(proof.distributions),
                language_title(proof.language), proof.version);
}

constexpr std::string_view kAnswers = "ends and prints as before: ";
constexpr std::string_view kLeft = "left alone for that: ";

// A command may be a page long.
std::string one_line(const std::string& command) {
  constexpr std::size_t longest = 120;
  const std::string text = command.substr(0, command.find('\n'));
  if (text.size() <= longest && text.size() == command.size()) return text;
  return text.substr(0, longest) + "…";
}

std::vector<std::string> left_alone(const Proof& proof) {
  std::vector<std::string> out;
  for (const Restored& item : proof.restored)
    out.push_back(item.owner.empty() ? item.rule : format("{} in {}", item.rule, item.owner));
  return out;
}

}  // namespace

std::vector<std::string> proof_sentences(const Proof& proof) {
  std::vector<std::string> out;
  if (proof.has_imports) out.push_back(imports_sentence(proof));
  for (const ProvenCommand& command : proof.commands)
    out.push_back(std::string(kAnswers) + one_line(command.command));
  if (!proof.restored.empty()) out.push_back(format("{}{}", kLeft, fmt::join(left_alone(proof), ", ")));
  return out;
}

std::string terminal_proof(const Proof& proof, const Painter& paint, std::size_t width) {
  std::string out;
  for (const std::string& sentence : proof_sentences(proof))
    out += format("  {} {}\n", paint.green("proven"), hanging(printable(sentence), 9, 2, width));
  return out;
}

std::string markdown_proof(const Proof& proof) {
  std::string out;
  if (proof.has_imports) out += format("- {}\n", markdown::text(imports_sentence(proof)));
  for (const ProvenCommand& command : proof.commands)
    out += format("- {}{}\n", kAnswers, markdown::code(one_line(command.command)));
  for (const std::string& item : left_alone(proof)) out += format("- {}{}\n", kLeft, markdown::text(item));
  return out.empty() ? "" : "Proven:\n\n" + out + "\n";
}

void add_proof(Json& report, const Proof& proof) {
  if (!proof.has_imports && proof.commands.empty()) return;
  Json json = Json::object();
  if (proof.has_imports) {
    if (proof.language != Language::none) json[language_name(proof.language)] = proof.version;
    json["modules"] = std::uint64_t{proof.modules};
    json["imported"] = std::uint64_t{proof.imported};
    json["distributions"] = std::uint64_t{proof.distributions};
  }
  Json commands = Json::array();
  for (const ProvenCommand& command : proof.commands)
    commands.push_back({{"command", printable(command.command)},
                        {"from", command.from},
                        {"output_bytes", command.output_bytes},
                        {"agrees", true}});
  json["commands"] = std::move(commands);
  Json restored = Json::array();
  for (const Restored& item : proof.restored)
    restored.push_back({{"rule", item.rule},
                        {"package", printable(item.owner)},
                        {"by", item.by},
                        {"reason", printable(item.reason)}});
  json["restored"] = std::move(restored);
  report["proof"] = std::move(json);
}

}  // namespace slim
