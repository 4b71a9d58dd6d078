#include "util/file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/zip_builder.h"
#include "util/path.h"

namespace slim {
namespace {

namespace fs = std::filesystem;
using test::Workdir;

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& item : fs::directory_iterator(folder)) names.push_back(item.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(AtomicFile, AppearsWhenCommitted) {
  const Workdir work;
  const mode_t before = umask(027);
  {
    auto file = AtomicFile::create(work / "out").value();
    ASSERT_TRUE(file.write(as_bytes("hello")).has_value());
    EXPECT_FALSE(fs::exists(work / "out"));
    EXPECT_TRUE(file.temporary_path().starts_with(work / "out.slim-"));
    ASSERT_TRUE(file.commit().has_value());
  }
  umask(before);
  EXPECT_EQ(names_in(work / ""), std::vector<std::string>{"out"});
  EXPECT_EQ(as_text(read_file(work / "out").value()), "hello");
  struct stat status;
  ASSERT_EQ(stat((work / "out").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
}

TEST(AtomicFile, LeavesNothingUncommitted) {
  const Workdir work;
  work.write("out", "old");
  {
    ASSERT_TRUE(AtomicFile::create(work / "out").value().write(as_bytes("new")).has_value());
  }
  EXPECT_EQ(names_in(work / ""), std::vector<std::string>{"out"});
  EXPECT_EQ(as_text(read_file(work / "out").value()), "old");
}

TEST(AtomicFile, WritesThroughASymlink) {
  const Workdir work;
  fs::create_directory(work / "store");
  work.write("store/real", "old");
  fs::create_symlink("store/real", work / "out");
  auto file = AtomicFile::create(work / "out").value();
  ASSERT_TRUE(file.write(as_bytes("new")).has_value());
  ASSERT_TRUE(file.commit().has_value());
  EXPECT_TRUE(fs::is_symlink(work / "out"));
  EXPECT_EQ(as_text(read_file(work / "store/real").value()), "new");
}

TEST(AtomicFile, RefusesWhatIsNoPlaceForAFile) {
  const Workdir work;
  EXPECT_NE(AtomicFile::create(work / "missing/out").error().what.find("folder for it doesn't exist"),
            std::string::npos);
  EXPECT_NE(AtomicFile::create(work / "").error().what.find("is a folder"), std::string::npos);
  EXPECT_NE(AtomicFile::create("/dev/null").error().what.find("no regular file"), std::string::npos);
}

TEST(Signals, RemoveTemporariesAndEndTheProgram) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    const Workdir work;
    work.write("out", "old");
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
      remove_temporaries_on_signals();
      auto file = AtomicFile::create(work / "out");
      auto folder = TemporaryPath::create_folder(work / "folder", 0700);
      if (!file || !folder || !file->write(as_bytes("half"))) _exit(1);
      fs::create_directories(folder->path() + "/a/b");
      static_cast<void>(!::write(ready[1], "x", 1));
      for (;;) pause();
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    EXPECT_EQ(names_in(work / "").size(), 3U);
    kill(child, number);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), number);
    EXPECT_EQ(names_in(work / ""), std::vector<std::string>{"out"});
    EXPECT_EQ(as_text(read_file(work / "out").value()), "old");
  }
}

TEST(Paths, RelativeTargets) {
  EXPECT_EQ(relative_target("a/b", "a/d"), "d");
  EXPECT_EQ(relative_target("a/b", "c/d"), "../c/d");
  EXPECT_EQ(relative_target("b", "c/d"), "c/d");
  EXPECT_EQ(relative_target("x/y/z", "f"), "../../f");
  EXPECT_EQ(relative_target("numpy.libs/l.so", "numpy/l.so"), "../numpy/l.so")
      << "a common text is no common folder";
  EXPECT_EQ(relative_target("a/b/c/f", "a/b/d/e/f"), "../d/e/f");
}

}  // namespace
}  // namespace slim
