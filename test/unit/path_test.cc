// The arithmetic of package paths.
#include "util/path.h"

#include <gtest/gtest.h>

namespace slim {
namespace {

TEST(Path, RelativeTargetsLeadFromTheLinkToTheFile) {
  EXPECT_EQ(relative_target("a/b/x", "a/c/y"), "../c/y");
  EXPECT_EQ(relative_target("x", "a/y"), "a/y");
  EXPECT_EQ(relative_target("a/x", "a/y"), "y");
  EXPECT_EQ(relative_target("a/b/c/x", "y"), "../../../y");
  EXPECT_EQ(relative_target("aa/x", "a/y"), "../a/y");
}

TEST(Path, FolderAndName) {
  EXPECT_EQ(folder_of("a/b/c"), "a/b/");
  EXPECT_EQ(folder_of("c"), "");
  EXPECT_EQ(base_name("a/b/c"), "c");
  EXPECT_EQ(base_name("c"), "c");
}

}  // namespace
}  // namespace slim
