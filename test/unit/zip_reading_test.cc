// What a zip says about its entries reaches the package exactly.
#include <gtest/gtest.h>

#include "../support/zip_builder.h"
#include "archive/container.h"
#include "hash/hash.h"
#include "parallel/parallel.h"

namespace slim {
namespace {

using test::Workdir;
using test::ZipBuilder;
using test::ZipEntry;

archive::Contents read(const std::string& zip) {
  const Workdir work;
  auto contents = archive::open_container(work.write("in.zip", zip));
  if (!contents) throw std::runtime_error(contents.error().what);
  return std::move(*contents);
}

Entry only(ZipEntry entry) { return read(ZipBuilder().add(std::move(entry)).build()).entries.at(0); }

TEST(ZipReading, SortsByBytesAndLoadsTheRightContent) {
  const auto contents =
      read(ZipBuilder().file("b", "B").file("a/x", "AX").file("B", "upper").file("\xc3\xa4", "ae").build());
  const std::vector<std::pair<std::string, std::string>> expected{
      {"B", "upper"}, {"a/x", "AX"}, {"b", "B"}, {"\xc3\xa4", "ae"}};
  ASSERT_EQ(contents.entries.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(contents.entries[i].path, expected[i].first);
    EXPECT_EQ(as_text(contents.source->load(i).value()), expected[i].second);
  }
}

TEST(ZipReading, Modes) {
  EXPECT_EQ(only({.name = "f", .content = "x", .mode = 0100755}).mode, 0755U);
  EXPECT_EQ(only({.name = "f", .content = "x", .mode = 0104711}).mode, 04711U);
  EXPECT_EQ(only({.name = "f", .content = "x", .mode = 0600}).mode, 0600U);
  EXPECT_EQ(only({.name = "f", .content = "x", .mode = 0}).mode, 0644U);
  EXPECT_EQ(only({.name = "f", .content = "x", .made_by = 19 << 8 | 20, .mode = 0100755}).mode, 0755U);
  EXPECT_EQ(only({.name = "f", .content = "x", .made_by = 20, .mode = 0100755}).mode, 0644U)
      << "made on DOS: no modes";
  EXPECT_EQ(only({.name = "d/", .content = "", .mode = 0}).mode, 0755U);
  EXPECT_EQ(only({.name = "d/", .content = "", .mode = 0040700}).mode, 0700U);
}

TEST(ZipReading, TypesAndTargets) {
  EXPECT_EQ(only({.name = "d/", .content = "", .mode = 0040755}).type, EntryType::directory);
  EXPECT_EQ(only({.name = "d/", .content = "", .mode = 0040755}).path, "d");
  for (const std::string target : {"lib.so.1", "../up", "/opt/lib/x", "../../../etc/passwd"}) {
    const Entry link = only({.name = "l", .content = target, .mode = 0120777});
    EXPECT_EQ(link.type, EntryType::symlink);
    EXPECT_EQ(link.target, target) << "kept as it is";
    EXPECT_EQ(link.size, target.size());
  }
}

TEST(ZipReading, Times) {
  const std::string ut = std::string("UT") + ZipBuilder::le16(5) + "\x01" + ZipBuilder::le32(1700000001);
  const Entry entry = only({.name = "f", .content = "x", .extra = ut});
  EXPECT_EQ(entry.mtime, 1700000001);
  EXPECT_EQ(entry.dos_time, 0x58A638E5U);
  EXPECT_EQ(only({.name = "f", .content = "x"}).mtime, std::nullopt);
  const std::string atime_only =
      std::string("UT") + ZipBuilder::le16(5) + "\x02" + ZipBuilder::le32(1700000001);
  EXPECT_EQ(only({.name = "f", .content = "x", .extra = atime_only}).mtime, std::nullopt);
}

TEST(ZipReading, NamesAreBytes) {
  EXPECT_EQ(only({.name = "caf\xe9", .content = "x"}).path, "caf\xe9") << "not UTF-8: kept";
  EXPECT_EQ(only({.name = "a\nb", .content = "x"}).path, "a\nb");
  EXPECT_EQ(only({.name = "./a", .content = "x"}).path, "a");
}

TEST(ZipReading, AnyThreadMayLoad) {
  ZipBuilder builder;
  std::vector<std::string> texts;
  for (int i = 0; i < 200; ++i) {
    texts.push_back(std::string(static_cast<std::size_t>(1000 + i), static_cast<char>('a' + i % 26)));
    const auto packed = deflate::compress(as_bytes(texts.back()), 6).value();
    builder.add({.name = "f" + std::to_string(1000 + i),
                 .content = std::string(as_text(packed)),
                 .method = 8,
                 .crc = deflate::crc32(as_bytes(texts.back())),
                 .size = static_cast<std::uint32_t>(texts.back().size())});
  }
  const auto contents = read(builder.build());
  std::vector<int> right(texts.size());
  parallel_for(texts.size(), 8, [&](std::size_t i) {
    const auto bytes = contents.source->load(i);
    right[i] = bytes && as_text(*bytes) == texts[i] ? 1 : 0;
  });
  EXPECT_EQ(std::count(right.begin(), right.end(), 1), static_cast<std::ptrdiff_t>(texts.size()));
}

}  // namespace
}  // namespace slim
