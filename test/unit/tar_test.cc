// Tars come back as they were written; those of GNU tar are read, links and all; hostile ones are refused.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "../support/zip_builder.h"
#include "archive/container.h"
#include "archive/tar.h"

namespace slim {
namespace {

using test::Workdir;

const std::vector<Entry> kTree = {
    {.path = "a", .type = EntryType::directory, .mode = 0750, .uid = 1000, .gid = 100},
    {.path = "a/empty", .mode = 0600, .size = 0},
    {.path = "a/link", .type = EntryType::symlink, .mode = 0777, .target = "../b/\xc3\xa9", .size = 7},
    {.path = "b", .type = EntryType::directory, .mode = 0755},
    {.path = "b/e\xcc\x81", .mode = 0644, .size = 3},  // the same letter, decomposed: another file
    {.path = "b/latin-\xe9", .mode = 0644, .size = 4},
    {.path = "b/\xc3\xa9", .mode = 04755, .uid = 3000000, .gid = 7, .size = 5000},
    {.path = std::string(120, 'p') + "/" + std::string(180, 'q'), .mode = 0644, .size = 9}};

std::string content_of(std::size_t i) { return std::string(kTree[i].size, static_cast<char>('a' + i)); }

std::string write(const Workdir& work, ContainerFormat format) {
  const std::string path = work / "out.tar";
  const Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600));
  const auto size = archive::write_tar(
      file.get(), format, kTree,
      [](std::size_t i) -> Result<Bytes> {
        const std::string content = content_of(i);
        return Bytes(content.begin(), content.end());
      },
      [](std::size_t) {});
  EXPECT_TRUE(size.has_value()) << size.error().what;
  return path;
}

class TarRoundTrip : public testing::TestWithParam<ContainerFormat> {};

TEST_P(TarRoundTrip, KeepsEverything) {
  const Workdir work;
  const auto contents = archive::open_container(write(work, GetParam()));
  ASSERT_TRUE(contents.has_value()) << contents.error().what;
  EXPECT_EQ(contents->format, GetParam());
  ASSERT_EQ(contents->entries.size(), kTree.size());
  for (std::size_t i = 0; i < kTree.size(); ++i) {
    const Entry& entry = contents->entries[i];
    SCOPED_TRACE(kTree[i].path);
    EXPECT_EQ(entry.path, kTree[i].path);
    EXPECT_EQ(entry.type, kTree[i].type);
    EXPECT_TRUE(entry.type == EntryType::symlink || entry.mode == kTree[i].mode) << entry.mode;
    EXPECT_EQ(entry.uid, kTree[i].uid);
    EXPECT_EQ(entry.gid, kTree[i].gid);
    EXPECT_EQ(entry.mtime, 315532800);
    EXPECT_EQ(entry.target, kTree[i].target);
    EXPECT_EQ(entry.size, kTree[i].size);
    if (entry.type != EntryType::file) continue;
    EXPECT_EQ(as_text(contents->source->load(i).value()), content_of(i));
  }
}

TEST_P(TarRoundTrip, SameContentSameBytes) {
  const Workdir work;
  const auto first = read_file(write(work, GetParam()));
  setenv("TZ", "Asia/Kathmandu", 1);
  setlocale(LC_ALL, "C.UTF-8");
  sleep(1);  // a date of now would show
  EXPECT_EQ(read_file(write(work, GetParam())).value(), first.value());
  setlocale(LC_ALL, "C");
  unsetenv("TZ");
}

TEST_P(TarRoundTrip, CutShort) {
  const Workdir work;
  const std::string whole(as_text(read_file(write(work, GetParam())).value()));
  EXPECT_FALSE(archive::open_container(work.write("cut.tar", whole.substr(0, whole.size() / 2))).has_value());
}

INSTANTIATE_TEST_SUITE_P(Packings, TarRoundTrip,
                         testing::Values(ContainerFormat::tar, ContainerFormat::tar_gz,
                                         ContainerFormat::tar_xz, ContainerFormat::tar_zst));

// Runs a shell script in a folder of the test and reads the t.tar that it makes.
Result<archive::Contents> made_by(const Workdir& work, const std::string& script) {
  const std::string command = "cd '" + (work / "") + "' && " + script;
  if (std::system(command.c_str()) != 0) return fail("the script failed: " + script);
  return archive::open_container(work / "t.tar");
}

TEST(Tar, OfGnuTarWithDotsAndHardLinks) {
  const Workdir work;
  const auto contents =
      made_by(work,
              "mkdir in && cd in && echo hello >a && ln a z && ln -s a s && mkdir -p d/e && "
              "chmod 700 d && tar -cf ../t.tar .");
  ASSERT_TRUE(contents.has_value()) << contents.error().what;
  std::string paths;
  for (const Entry& entry : contents->entries) paths += entry.path + " ";
  EXPECT_EQ(paths, "a d d/e s z ");
  EXPECT_EQ(contents->entries[4].type, EntryType::file) << "a hard link is a file";
  EXPECT_EQ(contents->entries[4].size, 6U);
  EXPECT_EQ(as_text(contents->source->load(0).value()), "hello\n");
  EXPECT_EQ(as_text(contents->source->load(4).value()), "hello\n");
  EXPECT_EQ(contents->entries[1].mode, 0700U);
}

TEST(Tar, PackedByOthers) {
  for (const char* option : {"-czf", "-cJf", "--zstd -cf"}) {
    const Workdir work;
    const auto contents = made_by(work, "echo x >a && tar " + std::string(option) + " t.tar a");
    if (!contents && contents.error().what.find("script failed") != std::string::npos)
      continue;  // no such packer
    ASSERT_TRUE(contents.has_value()) << contents.error().what;
    EXPECT_EQ(as_text(contents->source->load(0).value()), "x\n");
  }
}

TEST(Tar, SparseFilesHaveTheirHoles) {
  const Workdir work;
  const auto contents = made_by(work, "truncate -s 300000 a && echo end >>a && tar -cSf t.tar a");
  ASSERT_TRUE(contents.has_value()) << contents.error().what;
  const Bytes bytes = contents->source->load(0).value();
  EXPECT_EQ(bytes.size(), 300004U);
  EXPECT_EQ(as_text(bytes).substr(299999), std::string("\0end\n", 5));
}

TEST(Tar, ALaterMemberReplacesAnEarlierOne) {
  const Workdir work;
  const auto contents = made_by(work,
                                "echo old >a && ln a b && tar -cf t.tar a b && rm a b && echo newer >a && "
                                "chmod 755 a && tar -rf t.tar a");
  ASSERT_TRUE(contents.has_value()) << contents.error().what;
  ASSERT_EQ(contents->entries.size(), 2U);
  EXPECT_EQ(contents->replaced, 1U);
  EXPECT_EQ(as_text(contents->source->load(0).value()), "newer\n");
  EXPECT_EQ(contents->entries[0].mode, 0755U);
  EXPECT_EQ(as_text(contents->source->load(1).value()), "old\n") << "the link keeps what it was made of";
}

void expect_refused(const std::string& script, const std::string& part) {
  SCOPED_TRACE(script);
  const Workdir work;
  const auto contents = made_by(work, script);
  ASSERT_FALSE(contents.has_value());
  EXPECT_NE(contents.error().what.find(part), std::string::npos) << contents.error().what;
}

TEST(Tar, Hostile) {
  expect_refused("echo x >a && tar -cPf t.tar --transform s,a,/etc/x, a", "'/etc/x' has an absolute name");
  expect_refused("echo x >a && tar -cPf t.tar --transform s,a,../x, a", "'../x' has '..'");
  expect_refused("mkdir d && echo x >d/f && tar -cf t.tar d/f && rm -r d && ln -s /etc d && tar -rf t.tar d",
                 "'d' is a folder with content first");
  expect_refused("mkfifo a && tar -cf t.tar a", "'a' is a device, pipe or socket");
  expect_refused(
      "ln -s /etc l && tar -cf t.tar l && mkdir m && echo x >m/f && tar -rf t.tar --transform s,m,l, m/f",
      "'l/f' lies below 'l', which is a symlink");
  expect_refused("echo x >a && ln a b && tar -cf t.tar a b && tar --delete -f t.tar a",
                 "'b' is a hard link to 'a'");
  expect_refused("echo x >a && gzip -c a >t.tar", "no tar that slim can read");
  expect_refused("truncate -s 8G a && tar -cSf t.tar a", "brings the unpacked size over");
  expect_refused("head -c 2000 /dev/zero | tr '\\0' 'x' >a && tar -cf t.tar a && truncate -s 1500 t.tar",
                 "can't be read");
}

}  // namespace
}  // namespace slim
