// The bytes of the zips that slim writes, looked at one by one: every field that a tool or a law cares about.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include "../support/zip_builder.h"
#include "archive/container.h"
#include "archive/zip.h"
#include "archive/zip_directory.h"
#include "util/file.h"

namespace slim {
namespace {

using archive::ZipItem;
using test::Workdir;

struct Content {
  std::string name;
  std::uint32_t mode;
  std::string bytes;
};

const std::vector<Content> kTree = {{"app.py", 0100644, std::string(5000, 'p')},
                                    {"bin/tool", 0100755, "#!/bin/sh\n"},
                                    {"caf\xc3\xa9", 0100644, "utf-8"},
                                    {"caf\xe9", 0100644, "latin-1"},
                                    {"empty", 0100644, ""},
                                    {"folder/", 0040755, ""},
                                    {"link", 0120777, "app.py"}};

Result<PackedEntry> packed(const std::string& bytes) {
  PackedEntry data{.size = bytes.size(), .crc = deflate::crc32(as_bytes(bytes)), .packed = {}};
  auto smaller = deflate::compress(as_bytes(bytes), 9);
  data.deflated = smaller.has_value();
  data.packed = smaller ? std::move(*smaller) : Bytes(bytes.begin(), bytes.end());
  return data;
}

Bytes written(const std::vector<Content>& tree, std::vector<std::string>* events = nullptr) {
  const Workdir work;
  const std::string path = work / "out.zip";
  std::vector<ZipItem> items;
  for (const Content& content : tree) items.push_back({content.name, content.mode});
  {
    const Descriptor file(open(path.c_str(), O_RDWR | O_CREAT, 0600));
    const auto size = archive::write_zip(
        file.get(), items,
        [&](std::size_t i) {
          if (events != nullptr) events->push_back("take " + std::to_string(i));
          return packed(tree[i].bytes);
        },
        [&](std::size_t i) {
          if (events != nullptr) events->push_back("done " + std::to_string(i));
        });
    EXPECT_TRUE(size.has_value()) << size.error().what;
  }
  return read_file(path).value();
}

TEST(ZipWriting, EveryFieldOfEveryHeader) {
  const Bytes zip = written(kTree);
  const ByteReader reader(zip);
  std::uint64_t at = 0;
  std::vector<std::uint64_t> offsets;
  constexpr std::uint32_t fixed_date = 0x00210000;  // 1980-01-01 00:00:00
  for (const Content& content : kTree) {
    SCOPED_TRACE(content.name);
    const PackedEntry data = packed(content.bytes).value();
    const bool utf8 = content.name == "caf\xc3\xa9";
    offsets.push_back(at);
    EXPECT_EQ(*reader.read<std::uint32_t>(at), 0x04034b50U);
    const bool needs_2_0 = data.deflated || content.name.ends_with('/');  // APPNOTE 4.4.3.2
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 4), needs_2_0 ? 20 : 10);
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 6), utf8 ? 0x0800 : 0) << "flags: no data descriptor";
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 8), data.deflated ? 8 : 0);
    EXPECT_EQ(*reader.read<std::uint32_t>(at + 10), fixed_date);
    EXPECT_EQ(*reader.read<std::uint32_t>(at + 14), data.crc);
    EXPECT_EQ(*reader.read<std::uint32_t>(at + 18), data.packed.size());
    EXPECT_EQ(*reader.read<std::uint32_t>(at + 22), data.size);
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 26), content.name.size());
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 28), 0) << "no extra fields";
    EXPECT_EQ(as_text(*reader.slice(at + 30, content.name.size())), content.name);
    at += 30 + content.name.size();
    const ByteView bytes = *reader.slice(at, data.packed.size());
    EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), data.packed.begin(), data.packed.end()));
    at += data.packed.size();
  }
  const std::uint64_t directory = at;
  for (std::size_t i = 0; i < kTree.size(); ++i) {
    SCOPED_TRACE(kTree[i].name);
    EXPECT_EQ(*reader.read<std::uint32_t>(at), 0x02014b50U);
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 4), 3 << 8 | 20) << "made by unix, 2.0";
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 6), *reader.read<std::uint16_t>(offsets[i] + 4));
    for (std::uint64_t field = 6; field < 30; field += 2) {  // flags to extra length: as in the local header
      EXPECT_EQ(*reader.read<std::uint16_t>(at + 2 + field), *reader.read<std::uint16_t>(offsets[i] + field));
    }
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 32), 0) << "comment";
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 34), 0) << "disk";
    EXPECT_EQ(*reader.read<std::uint16_t>(at + 36), 0) << "internal attributes";
    EXPECT_EQ(*reader.read<std::uint32_t>(at + 38),
              kTree[i].mode << 16 | (kTree[i].name == "folder/" ? 0x10 : 0));
    EXPECT_EQ(*reader.read<std::uint32_t>(at + 42), offsets[i]);
    at += 46 + kTree[i].name.size();
  }
  EXPECT_EQ(*reader.read<std::uint32_t>(at), 0x06054b50U) << "no zip64 record before the end record";
  EXPECT_EQ(*reader.read<std::uint16_t>(at + 10), kTree.size());
  EXPECT_EQ(*reader.read<std::uint32_t>(at + 12), at - directory);
  EXPECT_EQ(*reader.read<std::uint32_t>(at + 16), directory);
  EXPECT_EQ(*reader.read<std::uint16_t>(at + 20), 0);
  EXPECT_EQ(zip.size(), at + 22);
}

TEST(ZipWriting, TakesOneEntryAtATimeAndFreesItBeforeTheNext) {
  std::vector<std::string> events;
  written(kTree, &events);
  std::vector<std::string> expected;
  for (std::size_t i = 0; i < kTree.size(); ++i) {
    expected.push_back("take " + std::to_string(i));
    expected.push_back("done " + std::to_string(i));
  }
  EXPECT_EQ(events, expected);
}

TEST(ZipWriting, TheTimeZoneDoesNotShow) {
  const Bytes utc = written(kTree);
  // The last one moves its clocks on the very night of the fixed date.
  for (const char* zone :
       {"Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "AAA0BBB-1,0/0,364/23"}) {
    setenv("TZ", zone, 1);
    tzset();
    EXPECT_EQ(written(kTree), utc) << zone;
  }
  unsetenv("TZ");
  tzset();
}

TEST(ZipWriting, BigEntriesGoThroughTheBuffer) {
  std::vector<Content> tree;
  for (int i = 0; i < 40; ++i) {
    std::string noise;
    std::uint32_t state = static_cast<std::uint32_t>(i) + 1;
    for (int n = 0; n < i * 20'011; ++n)
      noise += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    tree.push_back({"f" + std::to_string(100 + i), 0100644, std::move(noise)});
  }
  const Workdir work;
  const Bytes zip = written(tree);
  const auto contents = archive::open_container(work.write("a.zip", std::string(as_text(zip))));
  ASSERT_TRUE(contents.has_value()) << contents.error().what;
  for (std::size_t i = 0; i < tree.size(); ++i)
    EXPECT_EQ(as_text(contents->source->load(i).value()), tree[i].bytes);
}

TEST(ZipWriting, MoreEntriesThan16BitsCount) {
  std::vector<Content> tree;
  for (int i = 0; i < 70'000; ++i) tree.push_back({"f" + std::to_string(100'000 + i), 0100755, ""});
  const Workdir work;
  const Bytes zip = written(tree);
  EXPECT_EQ(*ByteReader(zip).read<std::uint16_t>(zip.size() - 12), 0xffff) << "zip64, as it is needed here";
  const auto contents = archive::open_container(work.write("a.zip", std::string(as_text(zip))));
  ASSERT_TRUE(contents.has_value()) << contents.error().what;
  EXPECT_EQ(contents->entries.size(), tree.size());
  EXPECT_EQ(contents->entries.back().mode, 0755U);
}

TEST(ZipWriting, AnErrorOfAnEntryIsTheErrorOfTheZip) {
  const Workdir work;
  const Descriptor file(open((work / "out.zip").c_str(), O_RDWR | O_CREAT, 0600));
  const std::vector<ZipItem> items{{"a", 0100644}, {"b", 0100644}};
  const auto size = archive::write_zip(
      file.get(), items,
      [&](std::size_t i) -> Result<PackedEntry> {
        if (i == 1) return fail("entry 'b' is broken");
        return packed("fine");
      },
      [](std::size_t) {});
  ASSERT_FALSE(size.has_value());
  EXPECT_EQ(size.error().what, "entry 'b' is broken");
  EXPECT_FALSE(archive::write_zip(file.get(), {}, nullptr, nullptr).has_value()) << "a zip of nothing";
}

TEST(ZipWriting, AFullDiskIsAnError) {
  const Descriptor full(open("/dev/full", O_RDWR));
  const std::vector<ZipItem> items{{"a", 0100644}};
  const auto size =
      archive::write_zip(full.get(), items, [](std::size_t) { return packed("x"); }, [](std::size_t) {});
  ASSERT_FALSE(size.has_value());
  EXPECT_NE(size.error().what.find("No space left"), std::string::npos) << size.error().what;
}

}  // namespace
}  // namespace slim
