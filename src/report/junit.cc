// The gate as a test suite, in the XML that JUnit's Ant task began and every CI reads: a test case for each
// kind of finding. It fails where findings of that kind are grave enough to fail on, passes with what is
// milder as its output, and is skipped where the check was not told what it needs.
#include <algorithm>
#include <map>

#include "languages/finding_kinds.h"
#include "report/check_report.h"
#include "report/finding_groups.h"
#include "util/format.h"

namespace slim {
namespace {

// Text for XML 1.0, in attributes too. It has no way to write U+FFFE and U+FFFF; control characters are gone
// with printable().
std::string xml(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
      out += rest[2] == '\xBE' ? "\\xef\\xbf\\xbe" : "\\xef\\xbf\\xbf";
      i += 2;
    } else if (text[i] == '&') {
      out += "&amp;";
    } else if (text[i] == '<') {
      out += "&lt;";
    } else if (text[i] == '>') {
      out += "&gt;";
    } else if (text[i] == '"') {
      out += "&quot;";
    } else {
      out += text[i];
    }
  }
  return out;
}

// Why nothing of that kind could be found; "" where it could.
std::string missing(const FindingKind& kind, const CheckReport& report) {
  const Runtime* runtime = report.target.runtime;
  switch (kind.needs) {
    case FindingNeeds::nothing:
      return {};
    case FindingNeeds::runtime:
      return runtime == nullptr ? "the runtime is not known: name it with --runtime" : "";
    case FindingNeeds::version:
      return report.target.version_of(kind.language) != nullptr
                 ? ""
                 : format("the runtime is no {}, or not known: name it with --runtime",
                          language_title(kind.language));
    case FindingNeeds::handler:
      return report.request.handler.empty() ? "no handler was named: --handler" : "";
    case FindingNeeds::budget:
      return report.request.budgets.empty() ? "no budget was given: --budget" : "";
    case FindingNeeds::baseline:
      return report.request.baseline.empty() || report.request.update_baseline
                 ? "no baseline was compared with: --baseline"
                 : "";
    case FindingNeeds::ready_for:
      return report.request.ready_for ? "" : "no other architecture was asked for: --ready-for";
  }
  return {};
}

std::string lines_of(const std::vector<const FindingGroup*>& groups) {
  std::string out;
  for (const FindingGroup* group : groups) {
    const Finding& finding = group->first->finding;
    out += format("{}: {}\n", severity_name(finding.severity), printable(finding.message));
    for (const std::string& file : group->files) out += "  " + file + "\n";
  }
  return out;
}

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;
};

class Suite {
 public:
  explicit Suite(const CheckReport& report) : report_(report), groups_(grouped(report)) {
    for (const FindingGroup& group : groups_) by_id_[group.first->finding.id].push_back(&group);
    for (const FindingKind& kind : finding_kinds()) by_id_[std::string(kind.id)];
  }

  std::string cases() {
    std::string out;
    for (const auto& [id, groups] : by_id_) out += test_case(id, groups);
    return out;
  }
  const Counts& counts() const { return counts_; }

 private:
  std::string test_case(const std::string& id, const std::vector<const FindingGroup*>& groups) {
    ++counts_.tests;
    const FindingKind* kind = finding_kind(id);
    std::string inside;
    const bool failed = std::ranges::any_of(groups, [&](const FindingGroup* group) {
      return group->first->finding.severity >= report_.request.fail_on;
    });
    if (failed) {
      ++counts_.failures;
      const std::string title =
          kind == nullptr ? printable(groups.front()->first->finding.message) : std::string(kind->title);
      inside = format("      <failure message=\"{}\" type=\"{}\">{}</failure>\n", xml(title), xml(id),
                      xml(lines_of(groups)));
    } else if (!groups.empty()) {
      inside = format("      <system-out>{}</system-out>\n", xml(lines_of(groups)));
    } else if (const std::string why = kind == nullptr ? "" : missing(*kind, report_); !why.empty()) {
      ++counts_.skipped;
      inside = format("      <skipped message=\"{}\"/>\n", xml(why));
    }
    const std::string open = format("    <testcase classname=\"slim.check\" name=\"{}\" time=\"0\"", xml(id));
    return inside.empty() ? open + "/>\n" : open + ">\n" + inside + "    </testcase>\n";
  }

  const CheckReport& report_;
  std::vector<FindingGroup> groups_;
  std::map<std::string, std::vector<const FindingGroup*>> by_id_;
  Counts counts_;
};

}  // namespace

std::string check_junit_report(const CheckReport& report) {
  std::string names;
  for (const PartSize& part : report.sizes.parts)
    names += (names.empty() ? "" : " + ") + printable(part.path);
  Suite suite(report);
  const std::string cases = suite.cases();
  const Counts& counts = suite.counts();
  const std::string sums = format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\"",
                                  counts.tests, counts.failures, counts.skipped);
  return format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"slim check\" {}>\n"
      "  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n</testsuites>\n",
      sums, xml("slim check " + names), sums, cases);
}

}  // namespace slim
