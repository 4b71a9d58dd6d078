// Folders are read without following anything, and what has changed under the reader's hands is an error.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fcntl.h>

#include "../support/zip_builder.h"
#include "archive/container.h"
#include "archive/folder.h"

namespace slim {
namespace {

namespace fs = std::filesystem;
using test::Workdir;

TEST(Folder, ListsEverythingSorted) {
  const Workdir work;
  fs::create_directories(work / "p/b/empty");
  work.write("p/b/f", "data");
  work.write("p/a", "A");
  chmod((work / "p/a").c_str(), 0751);
  fs::create_symlink("/etc/passwd", work / "p/absolute");
  fs::create_symlink("missing", work / "p/broken");
  const auto contents = archive::open_container(work / "p");
  ASSERT_TRUE(contents.has_value()) << contents.error().what;
  std::string paths;
  for (const Entry& entry : contents->entries) paths += entry.path + " ";
  EXPECT_EQ(paths, "a absolute b b/empty b/f broken ");
  EXPECT_EQ(contents->entries[0].mode, 0751U);
  EXPECT_EQ(contents->entries[1].type, EntryType::symlink);
  EXPECT_EQ(contents->entries[1].target, "/etc/passwd");
  EXPECT_EQ(contents->entries[5].target, "missing");
  EXPECT_EQ(as_text(contents->source->load(4).value()), "data");
  EXPECT_EQ(contents->container_bytes, 4 + 1 + 11 + 7U);
}

TEST(Folder, SpecialFilesAreRefused) {
  const Workdir work;
  fs::create_directories(work / "p/sub");
  ASSERT_EQ(mkfifo((work / "p/sub/pipe").c_str(), 0600), 0);
  const auto contents = archive::open_container(work / "p");
  ASSERT_FALSE(contents.has_value());
  EXPECT_NE(contents.error().what.find("'sub/pipe' is a device, pipe or socket"), std::string::npos);
}

TEST(Folder, NamesThatOtherContainersCannotHold) {
  const Workdir work;
  fs::create_directory(work / "p");
  work.write("p/a\\b", "x");
  const auto contents = archive::open_container(work / "p");
  ASSERT_FALSE(contents.has_value());
  EXPECT_NE(contents.error().what.find("has a backslash"), std::string::npos);
}

TEST(Folder, ChangesWhileReadingAreErrors) {
  const Workdir work;
  fs::create_directories(work / "p/d");
  work.write("p/d/grows", "1");
  work.write("p/d/goes", "2");
  work.write("secret", "secret");
  const auto contents = archive::open_container(work / "p");
  ASSERT_TRUE(contents.has_value());
  work.write("p/d/grows", "longer");
  EXPECT_NE(contents->source->load(2).error().what.find("'d/grows' has changed"), std::string::npos);
  fs::remove(work / "p/d/goes");
  EXPECT_NE(contents->source->load(1).error().what.find("'d/goes'"), std::string::npos);
  fs::create_symlink("../../secret", work / "p/d/goes");
  EXPECT_FALSE(contents->source->load(1).has_value()) << "a symlink put there meanwhile is not followed";
  fs::rename(work / "p/d", work / "p/d2");
  fs::create_symlink("d2", work / "p/d");
  EXPECT_FALSE(contents->source->load(2).has_value()) << "nor one on the way";
}

TEST(Folder, WritesOnlyBelowItsRoot) {
  const Workdir work;
  fs::create_directories(work / "root");
  fs::create_directories(work / "elsewhere");
  fs::create_symlink("../elsewhere", work / "root/out");
  const Descriptor root(open((work / "root").c_str(), O_RDONLY | O_DIRECTORY));
  EXPECT_FALSE(archive::write_file(root.get(), "out/f", {}, 0644).has_value());
  EXPECT_FALSE(archive::write_symlink(root.get(), "out/l", "x").has_value());
  EXPECT_TRUE(fs::is_empty(work / "elsewhere"));
  EXPECT_TRUE(archive::write_file(root.get(), "f", as_bytes("x"), 0640).has_value());
  EXPECT_FALSE(archive::write_file(root.get(), "f", as_bytes("y"), 0640).has_value())
      << "never over what is there";
}

}  // namespace
}  // namespace slim
