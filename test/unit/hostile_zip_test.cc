// Zips that are damaged, or made to harm: each is refused by one sentence that names what is wrong, and none
// crashes, hangs or takes memory that its size doesn't warrant.
#include <gtest/gtest.h>

#include "../support/zip_builder.h"
#include "archive/container.h"

namespace slim {
namespace {

using test::Workdir;
using test::ZipBuilder;
using test::ZipEntry;

// The error of reading the zip, loading every file; empty when there is none.
std::string error_of(const std::string& zip) {
  const Workdir work;
  const auto contents = archive::open_container(work.write("in.zip", zip));
  if (!contents) return contents.error().what;
  for (std::size_t i = 0; i < contents->entries.size(); ++i) {
    if (contents->entries[i].type != EntryType::file) continue;
    const auto bytes = contents->source->load(i);
    if (!bytes) return bytes.error().what;
  }
  return "";
}

void expect_refused(const std::string& zip, const std::vector<std::string>& parts) {
  const std::string error = error_of(zip);
  for (const std::string& part : parts) {
    EXPECT_NE(error.find(part), std::string::npos) << "'" << part << "' is not in: " << error;
  }
  EXPECT_EQ(error.find('\n'), std::string::npos) << "one sentence, not: " << error;
}

void expect_name_refused(const std::string& name, const std::string& reason) {
  SCOPED_TRACE(name);
  expect_refused(ZipBuilder().file("app.py").file(name).build(), {reason});
}

TEST(HostileZip, TheHonestOneIsRead) {
  EXPECT_EQ(error_of(ZipBuilder().file("app.py", "import os\n").file("lib/a.so").build()), "");
}

TEST(HostileZip, NamesThatLeaveThePackage) {
  expect_name_refused("/etc/passwd", "'/etc/passwd' has an absolute name");
  expect_name_refused("../up", "'../up' has '..'");
  expect_name_refused("a/../../up", "has '..'");
  expect_name_refused("a/..", "has '..'");
  expect_name_refused("a\\b", "has a backslash");
  expect_name_refused(std::string("a\0b", 3), "'a\\x00b' has a NUL byte");
  expect_name_refused("", "empty name");
  expect_name_refused("a//b", "has '//'");
  expect_name_refused("a/./b", "has a '.' inside");
  expect_name_refused("./../b", "has '..'");
  expect_name_refused(".//b", "has '//'");
  expect_name_refused(std::string(256, 'n'), "component of 256 bytes");
  std::string deep;
  for (int i = 0; i < 2100; ++i) deep += "d/";
  expect_name_refused(deep + "f", "has a name of 4201 bytes");
}

TEST(HostileZip, NamesAreShownWithoutControlCharacters) {
  expect_refused(ZipBuilder().file("../\x1b[2Jx").build(), {"'../\\x1b[2Jx'"});
}

TEST(HostileZip, EntriesThatCollide) {
  expect_refused(ZipBuilder().file("a").file("a").build(), {"'a' is there twice"});
  expect_refused(ZipBuilder().file("a").file("./a").build(), {"'a' is there twice"});
  expect_refused(ZipBuilder().file("a").file("a/b").build(), {"'a/b' lies below 'a', which is a file"});
  expect_refused(ZipBuilder().file("a").file("a/b/c/d").build(), {"'a/b/c/d' lies below 'a'"});
  expect_refused(ZipBuilder().file("a").add({.name = "a/", .content = "", .mode = 0040755}).build(),
                 {"'a' is there twice"});
  expect_refused(ZipBuilder().add({.name = "l", .content = "/etc", .mode = 0120777}).file("l/passwd").build(),
                 {"'l/passwd' lies below 'l', which is a symlink"});
}

TEST(HostileZip, AFolderListedTwiceIsOneFolder) {
  const ZipEntry folder{.name = "d/", .content = "", .mode = 0040755};
  EXPECT_EQ(error_of(ZipBuilder().add(folder).add(folder).file("d/f").build()), "");
}

TEST(HostileZip, Links) {
  const auto link = [](std::string target) {
    return ZipBuilder().add({.name = "l", .content = std::move(target), .mode = 0120777}).build();
  };
  expect_refused(link(""), {"'l'", "without a target"});
  expect_refused(link(std::string("a\0b", 3)), {"'l'", "NUL"});
  expect_refused(link(std::string(5000, 't')), {"'l'", "longer than 4095"});
}

TEST(HostileZip, SpecialFiles) {
  for (const std::uint32_t type : {0010000U, 0020000U, 0060000U, 0140000U}) {
    expect_refused(ZipBuilder().add({.name = "dev", .content = "", .mode = type | 0644}).build(),
                   {"'dev' is a device, pipe or socket"});
  }
  expect_refused(ZipBuilder().add({.name = "d/", .content = "x", .mode = 0040755}).build(),
                 {"folder with content"});
}

TEST(HostileZip, Encryption) {
  for (const std::uint16_t flag : std::initializer_list<std::uint16_t>{0x0001, 0x0041, 0x2000}) {
    expect_refused(ZipBuilder().add({.name = "secret.py", .content = "x", .flags = flag}).build(),
                   {"'secret.py' is encrypted"});
  }
}

TEST(HostileZip, MethodsThatLambdaDoesNotTake) {
  for (const std::uint16_t method : std::initializer_list<std::uint16_t>{1, 6, 9, 12, 14, 93, 95, 99}) {
    expect_refused(ZipBuilder().add({.name = "a", .content = "x", .method = method}).build(),
                   {"'a' is packed by method " + std::to_string(method)});
  }
}

TEST(HostileZip, DamagedContent) {
  expect_refused(ZipBuilder().add({.name = "a", .content = "hello", .crc = 1}).build(), {"'a'", "CRC"});
  expect_refused(ZipBuilder().add({.name = "a", .content = "\xff\xff\xff", .method = 8, .size = 9}).build(),
                 {"'a'", "deflated data is damaged"});
  const auto deflated = deflate::compress(as_bytes(std::string(1000, 'z')), 6);
  const std::string stream(as_text(*deflated));
  expect_refused(ZipBuilder().add({.name = "a", .content = stream, .method = 8, .size = 999}).build(),
                 {"'a'", "more than"});
  expect_refused(ZipBuilder().add({.name = "a", .content = stream, .method = 8, .size = 1001}).build(),
                 {"'a'", "fewer than"});
  expect_refused(
      ZipBuilder().add({.name = "a", .content = stream + "tail", .method = 8, .size = 1000}).build(),
      {"'a'", "4 bytes follow the end"});
  expect_refused(ZipBuilder().add({.name = "a", .content = "xyz", .size = 4}).build(),
                 {"'a'", "sizes differ"});
}

TEST(HostileZip, SizesThatDeflateCannotGive) {
  expect_refused(
      ZipBuilder().add({.name = "bomb", .content = "\x03", .method = 8, .size = 0xfffffff0}).build(),
      {"'bomb'", "more than deflate can give"});
  const std::string zip64 = ZipBuilder::le16(1) + ZipBuilder::le16(8) + std::string(8, '\x7f');
  expect_refused(
      ZipBuilder()
          .add({.name = "bomb", .content = "\x03", .method = 8, .extra = zip64, .size = 0xffffffff})
          .build(),
      {"'bomb'", "more than deflate can give"});
}

TEST(HostileZip, OverlappingEntries) {
  const std::string content(100, 'c');
  expect_refused(ZipBuilder().file("a", content).add({.name = "a", .content = content, .offset = 0}).build(),
                 {"overlaps"});
  // The local header of "b" lies inside of the stored bytes of "a".
  std::string inner = "PK\x03\x04";
  inner += std::string(22, '\0') + ZipBuilder::le16(1) + ZipBuilder::le16(0) + "b";
  expect_refused(
      ZipBuilder().file("a", inner + "tail").add({.name = "b", .content = "", .offset = 31}).build(),
      {"'b' overlaps entry 'a'"});
}

TEST(HostileZip, HeadersThatContradictEachOther) {
  expect_refused(ZipBuilder().add({.name = "a.py", .content = "x", .local_name = "b.py"}).build(),
                 {"'a.py' has another name in its local header"});
  expect_refused(ZipBuilder().add({.name = "a.py", .content = "x", .local_method = 8}).build(),
                 {"'a.py' has another method in its local header"});
  expect_refused(ZipBuilder().add({.name = "a.py", .content = "x", .offset = 100000}).build(),
                 {"'a.py' is said to lie outside"});
  expect_refused(
      ZipBuilder().file("a", std::string(99, 'a')).add({.name = "b", .content = "x", .offset = 3}).build(),
      {"'b' has no local header"});
}

TEST(HostileZip, WhatSurroundsTheArchive) {
  ZipBuilder garbage;
  garbage.file("a").suffix = "garbage";
  expect_refused(garbage.build(), {"7 bytes follow the end"});

  ZipBuilder adjusted;
  adjusted.file("a").prefix = "no program at all";
  expect_refused(adjusted.build(), {"17 bytes that are no program stand before the first entry"});

  ZipBuilder shifted;
  shifted.file("a");
  expect_refused("a word\n" + shifted.build(), {"7 bytes that are no program"});
  shifted.prefix = "#!/bin/sh\n";
  expect_refused("#!/bin/sh\n" + shifted.build(), {"20 bytes stand where the zip doesn't account for them"});

  ZipBuilder commented;
  commented.file("a").comment = "built by us";
  EXPECT_EQ(error_of(commented.build()), "");
}

// Its offsets count from the file's start or from its own, as all readers of zips allow.
TEST(HostileZip, AProgramBeforeTheArchive) {
  for (const std::string program : {"#!/usr/bin/env python3\n", "\x7f\x45LF and so on", "MZ and so on"}) {
    ZipBuilder adjusted;
    adjusted.file("a", "content").file("b").prefix = program;
    ZipBuilder shifted;
    shifted.file("a", "content").file("b");
    for (const std::string& bytes : {adjusted.build(), program + shifted.build()}) {
      const Workdir work;
      const auto contents = archive::open_container(work.write("a.zip", bytes));
      ASSERT_TRUE(contents.has_value()) << contents.error().what;
      EXPECT_EQ(contents->frame.prefix, program.size());
      EXPECT_EQ(as_text(contents->source->load(0).value()), "content");
    }
  }
}

TEST(HostileZip, TwoEndRecords) {
  ZipBuilder outer;
  outer.file("a").comment = ZipBuilder().build();  // an empty zip as the comment
  expect_refused(outer.build(), {"two end records"});
}

TEST(HostileZip, Volumes) {
  ZipBuilder spanned;
  spanned.file("a").disk = 1;
  expect_refused(spanned.build(), {"one volume of several"});
}

TEST(HostileZip, DirectoriesThatLie) {
  ZipBuilder more;
  more.file("a").count = 2;
  expect_refused(more.build(), {"central directory", "offset"});
  ZipBuilder fewer;
  fewer.file("a").file("b").count = 1;
  expect_refused(fewer.build(), {"more than its entries"});
  ZipBuilder outside;
  outside.file("a").directory_offset = 0xfffffff0;
  expect_refused(outside.build(), {"outside of the file"});
  ZipBuilder wide;
  wide.file("a").directory_size = 0xfffffff0;
  expect_refused(wide.build(), {"outside of the file"});
}

TEST(HostileZip, CutAnywhere) {
  const std::string zip = ZipBuilder().file("app.py", "import os\n").file("b", "data").build();
  for (std::size_t length = 0; length < zip.size(); ++length) {
    EXPECT_NE(error_of(zip.substr(0, length)), "") << "cut to " << length << " bytes";
  }
}

TEST(HostileZip, OneByteChangedAnywhere) {
  // Whatever a single wrong byte does, it is an error or a package of the same number of entries.
  const std::string zip = ZipBuilder().file("app.py", "import os\n").file("b/c", "data").build();
  for (std::size_t at = 0; at < zip.size(); ++at) {
    for (const int flip : {0x01, 0x80, 0xff}) {
      std::string damaged = zip;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      const Workdir work;
      const auto contents = archive::open_container(work.write("in.zip", damaged));
      if (!contents) continue;
      EXPECT_EQ(contents->entries.size(), 2U);
    }
  }
}

TEST(HostileZip, WhatIsNoZipAtAll) {
  expect_refused("", {"no zip"});
  expect_refused("hello", {"no zip"});
  expect_refused(std::string(100000, 'x'), {"no zip"});
  const Workdir work;
  EXPECT_NE(archive::open_container(work / "missing.zip").error().what.find("No such file"),
            std::string::npos);
  EXPECT_NE(archive::open_container("/dev/null").error().what.find("neither a file nor a folder"),
            std::string::npos);
}

}  // namespace
}  // namespace slim
