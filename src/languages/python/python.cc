#include "languages/python/python.h"

#include <set>

#include "languages/python/check_services.h"
#include "languages/python/checks.h"
#include "languages/python/components.h"
#include "languages/python/distributions.h"
#include "languages/python/finding_kinds.h"
#include "languages/python/follow_references.h"
#include "languages/python/guards.h"
#include "languages/python/importable_modules.h"
#include "languages/python/lambda_runtime.h"
#include "languages/python/owners.h"
#include "languages/python/package_forms.h"
#include "languages/python/package_names.h"
#include "languages/python/python_facts.h"
#include "languages/python/python_kind.h"
#include "languages/python/python_version.h"
#include "languages/python/read_facts.h"
#include "languages/python/settle_bytecode.h"
#include "languages/python/settle_comments.h"
#include "languages/python/settle_licences.h"
#include "languages/python/settle_wheel_record.h"
#include "languages/python/source_evidence.h"
#include "languages/python/suites_of_tests.h"
#include "languages/python/try_imports.h"
#include "languages/python/unread.h"

namespace slim {
namespace {

void find_places(const Package& package, Inspection& inspection) {
  find_python_roots(package, inspection);  // reading imports needs them
  inspection.test_suites = find_test_suites(package, python_roots(inspection), inspection.files);
}

bool is_main_language(const Package&, const Inspection& inspection) {
  return !python_roots(inspection).empty();
}

class PythonReader final : public FactsReader {
 public:
  PythonReader(const Package& package, const Inspection& inspection)
      : names_(package, python_roots(inspection)) {}

  void read(ByteView bytes, const std::string& path, Depth depth, FileFacts& facts) const override {
    find_python_facts(bytes, path, names_, depth, facts);
  }

 private:
  const PackageNames names_;
};

std::unique_ptr<FactsReader> reader(const Package& package, const Inspection& inspection) {
  return std::make_unique<PythonReader>(package, inspection);
}

std::optional<FileFacts> name_facts(const Package& package, std::size_t index, const Inspection& inspection,
                                    const Options& options) {
  if (!may_stay_unread(package, index, options, inspection.test_suites)) return std::nullopt;
  return facts_of_name(package.entries[index]);
}

Status find_package_facts(const Package& package, const Options& options, Inspection& inspection) {
  inspection.test_suites = find_test_suites(package, python_roots(inspection), inspection.files);
  CHECK_OK(find_distributions(package, inspection));
  find_python_version(package, options, inspection);
  return {};
}

bool is_asked_for(const Options& options, const std::string& rule) {
  return options.python.dist_info == DistInfoMode::drop && rule == "python-dist-info";
}

std::unique_ptr<KeptEvidence> evidence(const Package& package, const Inspection& inspection, const Options&,
                                       const std::vector<bool>& kept) {
  return std::make_unique<SourceEvidenceOnDemand>(package, inspection, kept);
}

// Few do, and guards ask them about each interface file of the package.
bool mentions_sources(const FileFacts& facts) {
  const PythonFacts& own = python_facts(facts);
  return !own.source_mentions.empty() || !own.compiler_words.empty();
}

Status settle_file(const Package& package, const Inspection& inspection, std::size_t index, Action& action) {
  CHECK_OK(settle_bytecode_header(package, inspection, index, action));
  return settle_comments(package, inspection, index, action);
}

Status settle(const Package& package, const Inspection& inspection, const Options& options, Plan& plan) {
  CHECK_OK(collect_licences(package, inspection, plan));
  CHECK_OK(add_bytecode(package, inspection, options, plan));
  return renew_wheel_record(package, plan);
}

void check_all(check::Deployment& deployment) {
  check::check_python(deployment);
  check::check_bytecode(deployment);
  check::check_editable(deployment);
  check::check_requirements(deployment);
  check::check_lookups(deployment);
}

}  // namespace

const LanguageRoom& python_room() {
  static const LanguageRoom room = {
      .language = Language::python,
      .layer_folders = {"python/"},
      .find_shape = find_python_shape,
      .is_main_language = is_main_language,
      .find_kind = find_python_kind,
      .find_places = find_places,
      .facts_reader = reader,
      .notes = mentions_sources,
      .write_facts = write_python_facts,
      .read_facts = read_python_facts,
      .facts_of_name = name_facts,
      .find_package_facts = find_package_facts,
      .find_owners = find_python_owners,
      .find_components = find_python_components,
      .guards = python_guards,
      .is_asked_for = is_asked_for,
      .follower = python_follower,
      .evidence_of_what_stays = evidence,
      .check_wishes = check_services,
      .find_seal = find_python_seal,
      .may_open_zip = python_may_open,
      .is_plugin = is_python_extension,
      .settle_action = settle_file,
      .settle_plan = settle,
      .try_against = try_imports_against,
      .try_alone = try_imports_alone,
      .set_up_commands = set_up_python_commands,
      .signs = {.plain = {".py", ".pyc"}, .may_be_too = {".so", ".pyz"}},
      .its_own_files = files_in_python_packages,
      .runtime_id = python_runtime_id,
      .finding_kinds = python_finding_kinds,
      .check = check_all,
      .check_handler = check::check_python_handler,
      .find_unsearched = find_folder_of_other_python,
      .is_extension_module = is_import_only,
      .build_for = python_build_for,
      .build_for_arch = python_build_for_arch,
  };
  return room;
}

}  // namespace slim
