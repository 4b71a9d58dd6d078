// Every fact of a file survives the cache: one that is forgotten there is gone in the second run, and rules
// then decide by less than in the first.
#include "inspect/facts_cache.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <tuple>

#include "../support/package_in_memory.h"
#include "languages/python/python_facts.h"
#include "util/format.h"

namespace slim::test {
namespace {

// The fields of a record, by structured binding: a new field does not compile until it is named here, and then
// the tests below ask for a value of it that is not the default, and for that value to come back.
auto fields(const python::BytecodeHeader& header) {
  const auto& [magic, flags, source_time, source_size, source_hash] = header;
  return std::tie(magic, flags, source_time, source_size, source_hash);
}
auto fields(const Reference& reference) {
  const auto& [kind, name, at_start] = reference;
  return std::tie(kind, name, at_start);
}
auto fields(const MetadataQuestion& question) {
  const auto& [about, name] = question;
  return std::tie(about, name);
}
auto fields(const ServiceUse& use) {
  const auto& [provider, service, line, from_outside] = use;
  return std::tie(provider, service, line, from_outside);
}
auto fields(const Hash128& hash) {
  const auto& [high, low] = hash;
  return std::tie(high, low);
}
auto fields(const elf::VersionNeed& need) {
  const auto& [library, version] = need;
  return std::tie(library, version);
}
auto fields(const elf::Facts& facts) {
  const auto& [machine, machine_id, type, is_64, little_endian, interpreter, soname, needed, rpath, runpath,
               version_needs, build_id, executable_stack, text_relocations] = facts;
  return std::tie(machine, machine_id, type, is_64, little_endian, interpreter, soname, needed, rpath,
                  runpath, version_needs, build_id, executable_stack, text_relocations);
}
auto fields(const PythonFacts& facts) {
  const auto& [bytecode, reads_source, asks_own_file, asks_module_paths, attaches_stub, is_opaque,
               defines_tests, source_names, decorators, library_lookups, source_mentions, compiler_words] =
      facts;
  return std::tie(bytecode, reads_source, asks_own_file, asks_module_paths, attaches_stub, is_opaque,
                  defines_tests, source_names, decorators, library_lookups, source_mentions, compiler_words);
}
auto fields(const FileFacts& facts) {
  const auto& [is_read, kind, hash, elf, elf_error, strippable, load_fault, references, metadata_questions,
               services, header_end, records] = facts;
  // is_read is true of whatever has facts that can be kept.
  return std::tie(kind, hash, elf, elf_error, strippable, load_fault, references, metadata_questions,
                  services, header_end, records);
}

template <typename T>
concept Record = requires(const T& value) { fields(value); };

template <typename T>
bool same(const T& a, const T& b) {
  return a == b;
}
bool same(const LanguageRecords& a, const LanguageRecords& b);
template <typename T>
  requires Record<T>
bool same(const T& a, const T& b);
template <typename T>
bool same(const std::optional<T>& a, const std::optional<T>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}
template <typename T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::ranges::equal(a, b, [](const T& one, const T& other) { return same(one, other); });
}
// The places of the fields that differ, from 0.
template <typename T>
std::vector<std::size_t> differing(const T& a, const T& b) {
  std::vector<std::size_t> places;
  const auto compare = [&]<std::size_t... I>(const auto& left, const auto& right, std::index_sequence<I...>) {
    ((same(std::get<I>(left), std::get<I>(right)) ? void() : places.push_back(I)), ...);
  };
  const auto left = fields(a);
  const auto right = fields(b);
  compare(left, right, std::make_index_sequence<std::tuple_size_v<decltype(left)>>());
  return places;
}
template <typename T>
  requires Record<T>
bool same(const T& a, const T& b) {
  return differing(a, b).empty();
}

// What each language knows of a file is compared as a record of its own; for a language that gets one, this
// is the place.
bool same(const LanguageRecords& a, const LanguageRecords& b) {
  FileFacts left;
  FileFacts right;
  left.records = a;
  right.records = b;
  return same(python_facts(left), python_facts(right));
}

// Every field differs from that of a record that nobody has filled.
template <typename T>
void expect_full(const T& record, const char* what) {
  const auto size = std::tuple_size_v<decltype(fields(record))>;
  EXPECT_EQ(differing(record, T()).size(), size)
      << what << ": give each field a value that is not its default";
}

FileFacts full_facts() {
  FileFacts facts;
  facts.kind = FileKind::elf;
  facts.hash = {.high = 0x0123456789abcdef, .low = 0xfedcba9876543210};
  facts.elf = elf::Facts{.machine = elf::Machine::aarch64,
                         .machine_id = 183,
                         .type = 3,
                         .is_64 = false,
                         .little_endian = false,
                         .interpreter = "/lib/ld.so",
                         .soname = "libx.so.1",
                         .needed = {"libc.so.6", ""},
                         .rpath = "$ORIGIN",
                         .runpath = "/opt",
                         .version_needs = {{"libc.so.6", "GLIBC_2.34"}},
                         .build_id = "00ff",
                         .executable_stack = true,
                         .text_relocations = true};
  facts.elf_error = "an error";
  facts.strippable = 1ULL << 40;
  facts.load_fault = "a fault";
  facts.references = {{Reference::Kind::suite, "tests", true}, {Reference::Kind::string, "a.b", false}};
  facts.metadata_questions = {{MetadataQuestion::About::entry_points, "zä"}};
  facts.services = {{Provider::google, "drive", 12, "pynamodb"}, {Provider::aws, "s3", 0}};
  PythonFacts python;
  python.bytecode = python::BytecodeHeader{
      .magic = 3495, .flags = 3, .source_time = 7, .source_size = 8, .source_hash = 0xffffffffffffffff};
  python.reads_source = python.asks_own_file = python.asks_module_paths = python.attaches_stub = true;
  python.is_opaque = python.defines_tests = true;
  python.source_names = {".py"};
  python.decorators = {"numba"};
  python.library_lookups = {"magic"};
  python.source_mentions = {"x.pyx", ".h"};
  python.compiler_words = {"cimport numpy"};
  put_python_facts(python, facts);
  facts.header_end = 99;
  return facts;
}

struct CacheFolder {
  std::string path = testing::TempDir() + "slim-facts-cache-" + std::to_string(getpid());
  CacheFolder() { std::filesystem::remove_all(path); }
  ~CacheFolder() { std::filesystem::remove_all(path); }
  CacheFolder(const CacheFolder&) = delete;
  CacheFolder& operator=(const CacheFolder&) = delete;
  cache::Cache open() const {
    auto store = cache::Store::open(path, 1 << 20);
    EXPECT_TRUE(store) << (store ? "" : store.error().what);
    return {std::move(*store), nullptr, {}};
  }
};

constexpr Sha256 kId = {1, 2, 3};
constexpr Sha256 kOther = {1, 2, 4};

void keep(const CacheFolder& folder, const Package& package, std::vector<FileFacts> facts) {
  cache::Cache cache = folder.open();
  Inspection inspection;
  inspection.files = std::move(facts);
  inspection.content_ids.assign(inspection.files.size(), kId);
  FactsCache(cache, package).save(inspection);
}

TEST(FactsCache, TheExampleFillsEveryField) {
  const FileFacts facts = full_facts();
  expect_full(facts, "FileFacts");
  expect_full(facts.hash, "Hash128");
  expect_full(*facts.elf, "elf::Facts");
  expect_full(facts.elf->version_needs.front(), "VersionNeed");
  expect_full(python_facts(facts), "PythonFacts");
  expect_full(*python_facts(facts).bytecode, "BytecodeHeader");
  expect_full(facts.references.front(), "Reference");
  expect_full(facts.metadata_questions.front(), "MetadataQuestion");
  expect_full(facts.services.front(), "ServiceUse");
}

TEST(FactsCache, EveryFieldComesBack) {
  const CacheFolder folder;
  const Package package = package_of({{"a.py", "x"}, {"b.py", "y"}});
  keep(folder, package, {full_facts(), FileFacts()});

  cache::Cache cache = folder.open();
  const FactsCache known(cache, package);
  const auto full = known.find(0, kId);
  ASSERT_TRUE(full);
  EXPECT_TRUE(full->is_read);
  EXPECT_EQ(differing(*full, full_facts()), std::vector<std::size_t>())
      << "places among the fields of FileFacts";
  EXPECT_EQ(differing(python_facts(*full), python_facts(full_facts())), std::vector<std::size_t>())
      << "places among those of PythonFacts";
  EXPECT_EQ(differing(*full->elf, *full_facts().elf), std::vector<std::size_t>())
      << "places among those of elf::Facts";
  const auto empty = known.find(1, kId);
  ASSERT_TRUE(empty);
  EXPECT_EQ(differing(*empty, FileFacts()), std::vector<std::size_t>());
}

TEST(FactsCache, WhatASourceShowsComesBack) {
  const CacheFolder folder;
  const Package package =
      package_of({{"app.py",
                   "import a.b\nfrom importlib.metadata import version\nversion('a')\nimport "
                   "boto3\nboto3.client('s3')\n"},
                  {"a/__init__.py", "import inspect, os\nprint(inspect.getsource(os), __file__)\n"},
                  {"a/b.py", "open('config.py'); open('x.pyx')\n"},
                  {"a/tests/test_b.py", "import unittest\ndef test_b(): pass\n"}});
  const Inspection found = inspected(package);
  keep(folder, package, found.files);
  cache::Cache cache = folder.open();
  const FactsCache known(cache, package);
  std::size_t facts = 0;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const auto file = known.find(i, kId);
    ASSERT_TRUE(file) << package.entries[i].path;
    EXPECT_TRUE(same(*file, found.files[i])) << package.entries[i].path;
    facts += differing(*file, FileFacts()).size();
  }
  EXPECT_GT(facts, 12U) << "the sources show hardly anything: nothing is compared";
}

TEST(FactsCache, FactsAreThoseOfOneContentAmongOnePackagesPaths) {
  const CacheFolder folder;
  const Package package = package_of({{"a.py", "x"}});
  keep(folder, package, {full_facts()});
  cache::Cache cache = folder.open();
  EXPECT_FALSE(FactsCache(cache, package).find(0, kOther)) << "another content";
  EXPECT_FALSE(FactsCache(cache, package).find(1, kId)) << "no such entry";
  // What a file refers to is looked up among the package's paths.
  EXPECT_FALSE(FactsCache(cache, package_of({{"a.py", "x"}, {"b.py", "y"}})).find(0, kId));
  EXPECT_FALSE(FactsCache(cache, package_of({{"a.py", "x", 0644, true}})).find(0, kId)) << "a symlink";
}

// A file that a run leaves unread (bytecode, tests) keeps what an earlier run has found.
TEST(FactsCache, WhatIsNotReadStaysKnown) {
  const CacheFolder folder;
  const Package package = package_of({{"a.py", "x"}, {"b.py", "y"}});
  FileFacts unread;
  unread.is_read = false;
  keep(folder, package, {full_facts(), unread});
  {
    cache::Cache cache = folder.open();
    EXPECT_FALSE(FactsCache(cache, package).find(1, kId)) << "nobody has read it";
    Inspection second;
    second.files = {unread, full_facts()};
    second.content_ids = {Sha256{}, kId};
    FactsCache(cache, package).save(second);
  }
  cache::Cache cache = folder.open();
  EXPECT_TRUE(FactsCache(cache, package).find(0, kId));
  EXPECT_TRUE(FactsCache(cache, package).find(1, kId));
}

}  // namespace
}  // namespace slim::test
