// What goes into a zip, and what of it comes from earlier runs: never anything but what this run would have made.
#include "pack/packer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <random>

#include "../support/package_in_memory.h"
#include "deflate/deflate.h"

namespace slim::test {
namespace {

Bytes text_of(std::size_t size) {
  constexpr std::string_view words = "slim makes packages small. ";
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(words[i * i % words.size()]);
  return bytes;
}

Bytes noise_of(std::size_t size) {
  std::mt19937 random(7);
  Bytes bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

std::string as_string(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

// What an entry unpacks to.
Bytes content_of(const PackedEntry& entry) {
  if (!entry.deflated) return entry.packed;
  const auto bytes = deflate::decompress(entry.packed, entry.size);
  EXPECT_TRUE(bytes);
  return bytes ? *bytes : Bytes();
}

class Folder {
 public:
  Folder() { std::filesystem::remove_all(path_); }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::unique_ptr<cache::Store> open() const {
    auto store = cache::Store::open(path_, 10 << 20);
    EXPECT_TRUE(store) << (store ? "" : store.error().what);
    return store ? std::move(*store) : nullptr;
  }
  // From then on anybody may have written what is in it.
  void share() const { std::filesystem::permissions(path_, std::filesystem::perms::all); }

 private:
  std::string path_ = testing::TempDir() + "slim-packer-test-" + std::to_string(getpid());
};

constexpr std::size_t kLarge = 0;  // has a value of its own in the cache
constexpr std::size_t kSmall = 1;  // shares one with other small files

// One run over a package of two files, whose contents are known by the ids 1 and 2 whatever they are.
struct OneRun {
  Package package;
  Inspection inspection;
  Options options;
  cache::Cache cache;
  Packer packer;
  std::size_t loads = 0;

  explicit OneRun(std::unique_ptr<cache::Store> store = nullptr, const Options& with = {},
                  const Bytes& large = text_of(40'000), const Bytes& small = text_of(300))
      : package(package_of({{"large", as_string(large)}, {"small", as_string(small)}})),
        inspection(two_files()),
        options(with),
        cache(std::move(store), nullptr, {}),
        packer(package, inspection, options, cache) {}

  static Inspection two_files() {
    Inspection inspection;
    inspection.files.resize(2);
    inspection.content_ids = {Sha256{1}, Sha256{2}};
    return inspection;
  }
  PackedEntry unchanged(std::size_t index) {
    const auto entry = packer.pack_unchanged(index, [&]() -> Result<Bytes> {
      ++loads;
      return package.load(index);
    });
    EXPECT_TRUE(entry);
    return entry ? *entry : PackedEntry();
  }
};

TEST(Packer, DeflatesWhatGetsSmallerAndStoresTheRest) {
  const OneRun run;
  struct Case {
    const char* what;
    Bytes bytes;
    bool deflated;
  };
  for (const Case& one :
       {Case{"text", text_of(5000), true}, Case{"noise", noise_of(5000), false}, Case{"nothing", {}, false},
        Case{"one byte", {7}, false}, Case{"zeros", Bytes(100'000), true}}) {
    const PackedEntry entry = run.packer.pack(one.bytes);
    EXPECT_EQ(entry.deflated, one.deflated) << one.what;
    EXPECT_EQ(entry.size, one.bytes.size()) << one.what;
    EXPECT_EQ(entry.crc, deflate::crc32(one.bytes)) << one.what;
    EXPECT_EQ(content_of(entry), one.bytes) << one.what;
    EXPECT_EQ(entry.packed.size() < one.bytes.size(), one.deflated) << one.what;
    const PackedEntry stored = Packer::store(one.bytes);
    EXPECT_TRUE(!stored.deflated && stored.packed == one.bytes && stored.crc == entry.crc &&
                stored.size == entry.size)
        << one.what;
  }
}

TEST(Packer, TheLevelCountsAndTheThreadsDoNot) {
  Options options;
  options.level = 1;
  const OneRun fast(nullptr, options);
  options.threads = 3;
  const OneRun threads(nullptr, options);
  options.level = 9;
  const OneRun small(nullptr, options);
  const Bytes bytes = text_of(200'000);
  EXPECT_EQ(fast.packer.pack(bytes).packed, threads.packer.pack(bytes).packed);
  EXPECT_NE(fast.packer.pack(bytes).packed, small.packer.pack(bytes).packed);
}

TEST(Packer, WithoutACacheAllIsMade) {
  OneRun run;
  for (const std::size_t index : {kLarge, kSmall, kLarge})
    EXPECT_EQ(content_of(run.unchanged(index)), *run.package.load(index));
  EXPECT_EQ(run.loads, 3U);
}

TEST(Packer, ASecondRunMakesNothing) {
  const Folder folder;
  OneRun first(folder.open());
  std::vector<PackedEntry> made = {first.unchanged(kLarge), first.unchanged(kSmall)};
  EXPECT_EQ(first.loads, 2U);
  first.packer.finish();

  OneRun second(folder.open());
  for (const std::size_t index : {kLarge, kSmall}) {
    const PackedEntry entry = second.unchanged(index);
    EXPECT_TRUE(entry.packed == made[index].packed && entry.crc == made[index].crc &&
                entry.deflated == made[index].deflated);
  }
  EXPECT_EQ(second.loads, 0U) << "the user's own folder is taken at its word";
  EXPECT_EQ(second.cache.use().missed, 0U);
}

TEST(Packer, AnotherLevelOrContentIsMadeAnew) {
  const Folder folder;
  OneRun first(folder.open());
  first.unchanged(kLarge);
  first.unchanged(kSmall);
  first.packer.finish();
  Options options;
  options.level = 1;
  OneRun level(folder.open(), options);
  level.unchanged(kLarge);
  level.unchanged(kSmall);
  EXPECT_EQ(level.loads, 2U);
  OneRun content(folder.open());
  content.inspection.content_ids = {Sha256{8}, Sha256{9}};
  content.unchanged(kLarge);
  content.unchanged(kSmall);
  EXPECT_EQ(content.loads, 2U);
}

// What anybody may have written is taken only where it unpacks to the very bytes.
TEST(Packer, AForeignResultIsProven) {
  const Folder folder;
  OneRun first(folder.open());
  first.unchanged(kLarge);
  first.unchanged(kSmall);
  first.packer.finish();
  folder.share();

  OneRun honest(folder.open());
  EXPECT_EQ(content_of(honest.unchanged(kLarge)), text_of(40'000));
  EXPECT_EQ(content_of(honest.unchanged(kSmall)), text_of(300));
  EXPECT_EQ(honest.loads, 2U) << "to hold them against it";
  EXPECT_EQ(honest.cache.use().refused, 0U);

  // The same ids, and other bytes: of the same size, longer, and empty.
  for (const std::size_t size : {40'000U, 50'000U}) {
    Bytes other = text_of(size);
    other[size / 2] ^= 1;
    Bytes little = text_of(size == 40'000 ? 300 : 200);
    little[100] ^= 1;
    OneRun lied(folder.open(), {}, other, little);
    EXPECT_EQ(content_of(lied.unchanged(kLarge)), other);
    EXPECT_EQ(content_of(lied.unchanged(kSmall)), little);
    EXPECT_EQ(lied.cache.use().refused, 2U);
  }
}

StripOutcome outcome_of(const Bytes& bytes) { return {true, "", bytes.size(), hash_bytes(bytes)}; }

TEST(Packer, AStripWaitsForTheWriteStageOnce) {
  OneRun run;
  const Bytes stripped = text_of(9'000);
  EXPECT_FALSE(run.packer.find_strip(kLarge, elf::StripLevel::symbols));
  EXPECT_FALSE(run.packer.take(kLarge));
  run.packer.keep_strip(kLarge, elf::StripLevel::symbols, outcome_of(stripped), stripped);
  const auto entry = run.packer.take(kLarge);
  ASSERT_TRUE(entry);
  EXPECT_EQ(content_of(*entry), stripped);
  EXPECT_FALSE(run.packer.take(kLarge));

  run.packer.keep_strip(kLarge, elf::StripLevel::symbols, outcome_of(stripped), stripped);
  run.packer.start_over();
  EXPECT_FALSE(run.packer.take(kLarge)) << "the plan is made anew";
  run.packer.keep_strip(kLarge, elf::StripLevel::symbols, {false, "it has a signature", 0, {}}, {});
  EXPECT_FALSE(run.packer.take(kLarge)) << "it was not stripped";
}

TEST(Packer, WhatFindsNoRoomIsMadeAnewLater) {
  Options options;
  options.max_memory = 40'000;  // a quarter of it may wait
  OneRun run(nullptr, options);
  const Bytes much = noise_of(30'000);
  run.packer.keep_strip(kLarge, elf::StripLevel::symbols, outcome_of(much), much);
  EXPECT_FALSE(run.packer.take(kLarge));
  const Bytes little = noise_of(3'000);
  run.packer.keep_strip(kSmall, elf::StripLevel::symbols, outcome_of(little), little);
  EXPECT_TRUE(run.packer.take(kSmall));
  // What was taken makes room again.
  for (int i = 0; i < 10; ++i) {
    run.packer.keep_strip(kLarge, elf::StripLevel::symbols, outcome_of(little), little);
    EXPECT_TRUE(run.packer.take(kLarge)) << i;
  }
}

TEST(Packer, WhereNoZipIsWrittenNothingWaitsAndNothingIsKept) {
  const Folder folder;
  Options dry;
  dry.dry_run = true;
  Options in_place;
  in_place.in_place = true;
  Options tar;
  tar.output_format = ContainerFormat::tar;
  for (const Options& options : {dry, in_place, tar}) {
    OneRun run(folder.open(), options);
    run.packer.keep_strip(kLarge, elf::StripLevel::symbols, outcome_of(text_of(90)), text_of(90));
    EXPECT_FALSE(run.packer.take(kLarge));
    EXPECT_FALSE(run.packer.find_strip(kLarge, elf::StripLevel::symbols));
  }
  OneRun zip(folder.open());
  EXPECT_FALSE(zip.packer.find_strip(kLarge, elf::StripLevel::symbols));
}

TEST(Packer, AStripOfAnEarlierRunIsFoundByItsLevel) {
  const Folder folder;
  const Bytes stripped = text_of(9'000);
  const StripOutcome refused = {false, "it has a signature", 0, {}};
  {
    OneRun first(folder.open());
    first.packer.keep_strip(kLarge, elf::StripLevel::symbols, outcome_of(stripped), stripped);
    first.packer.keep_strip(kSmall, elf::StripLevel::symbols, refused, {});
  }
  OneRun second(folder.open());
  EXPECT_FALSE(second.packer.find_strip(kLarge, elf::StripLevel::debug));
  EXPECT_EQ(second.packer.find_strip(kLarge, elf::StripLevel::symbols), outcome_of(stripped));
  const auto entry = second.packer.take(kLarge);
  ASSERT_TRUE(entry);
  EXPECT_EQ(content_of(*entry), stripped);
  EXPECT_EQ(second.packer.find_strip(kSmall, elf::StripLevel::symbols), refused) << "with the reason";
  EXPECT_FALSE(second.packer.take(kSmall));
}

TEST(Packer, AForeignStripIsMadeAllTheSame) {
  const Folder folder;
  const Bytes lie = text_of(9'000);
  {
    OneRun first(folder.open());
    first.packer.keep_strip(kLarge, elf::StripLevel::symbols, outcome_of(lie), lie);
  }
  folder.share();
  OneRun second(folder.open());
  EXPECT_FALSE(second.packer.find_strip(kLarge, elf::StripLevel::symbols)) << "somebody's word";
  Bytes right = lie;
  right[1] ^= 1;
  second.packer.keep_strip(kLarge, elf::StripLevel::symbols, outcome_of(right), right);
  const auto entry = second.packer.take(kLarge);
  ASSERT_TRUE(entry);
  EXPECT_EQ(content_of(*entry), right);
  EXPECT_EQ(second.cache.use().refused, 1U);
}

// --fast: as the input has it packed, whatever that is.
TEST(Packer, FastCopiesWhatTheZipHolds) {
  class Zip final : public ContentSource {
   public:
    Result<Bytes> load(std::size_t) const override { return fail("this must not be asked for"); }
    Result<std::optional<PackedEntry>> load_packed(std::size_t) const override {
      return std::optional(PackedEntry{true, 5, 77, {1, 2, 3}});
    }
  };
  Options options;
  options.fast = true;
  OneRun run(nullptr, options);
  run.package.source = std::make_shared<Zip>();
  const PackedEntry entry = run.unchanged(kLarge);
  EXPECT_EQ(run.loads, 0U);
  EXPECT_TRUE(entry.deflated && entry.size == 5 && entry.crc == 77 && entry.packed == (Bytes{1, 2, 3}));
}

TEST(Packer, ErrorsOfLoadingComeThrough) {
  OneRun run;
  const auto entry =
      run.packer.pack_unchanged(kLarge, []() -> Result<Bytes> { return fail("the data is damaged"); });
  ASSERT_FALSE(entry);
  EXPECT_EQ(entry.error().what, "the data is damaged");
}

}  // namespace
}  // namespace slim::test
