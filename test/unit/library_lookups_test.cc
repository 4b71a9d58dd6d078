// find_library("x") is seen where the code would miss the library, and only there.
#include "python/library_lookups.h"

#include <gtest/gtest.h>

using slim::python::library_lookups;

TEST(LibraryLookups, LiteralNamesAreSeen) {
  for (const char* source :
       {"import ctypes.util\nx = ctypes.util.find_library('magic')\n", "x = find_library(\"magic\")\n",
        "def f():\n    yield find_library('magic')\n", "x = _find_library('magic')\n",
        "lib = CDLL(find_library('magic'), use_errno=True)\n",
        "if sys.platform == 'win32':\n    pass\nx = find_library('magic')\n",
        "if version > 3:\n    x = find_library('magic')\n"}) {
    const auto found = library_lookups(source);
    ASSERT_EQ(found.size(), 1U) << source;
    EXPECT_EQ(found[0].name, "magic");
  }
}

TEST(LibraryLookups, WhereOthersWillDoNothingIsSaid) {
  for (const char* source :
       {"x = find_library(name)\n", "x = find_library('magic') or 'libmagic.so.1'\n",
        "x = y or find_library('magic')\n", "for x in [a, find_library('magic')]: pass\n",
        "if sys.platform == 'darwin':\n    x = find_library('magic')\n",
        "if os.name == 'nt':\n    pass\nelse:\n    x = find_library('magic')\n",
        "if WINDOWS:\n    if a:\n        x = find_library('magic')\n", "if find_library('magic'): pass\n",
        "x = '''find_library('magic')'''\n"}) {
    EXPECT_TRUE(library_lookups(source).empty()) << source;
  }
}
