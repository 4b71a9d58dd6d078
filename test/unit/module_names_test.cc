// Which names a module has, told by its text; what could make more of them leaves the answer open.
#include "python/module_names.h"

#include <gtest/gtest.h>

using slim::python::module_names;

namespace {

bool has(const char* source, const char* name) {
  const auto found = module_names(source);
  EXPECT_FALSE(found.is_open) << source;
  return found.names.contains(std::string_view(name));
}

}  // namespace

TEST(ModuleNames, EveryWayToBindANameIsSeen) {
  for (const char* source : {"def handler(event, context):\n    pass\n",
                             "@wrap\nasync def handler(e, c): pass\n",
                             "class handler: pass\n",
                             "handler = make()\n",
                             "x = handler = 1\n",
                             "a, (handler, b) = f()\n",
                             "handler: object = make()\n",
                             "if x:\n    handler = 1\nelse:\n    pass\n",
                             "try:\n    from m import handler\nexcept ImportError:\n    pass\n",
                             "from m import other as handler\n",
                             "from m import (\n    a,\n    handler,\n)\n",
                             "import handler.sub\n",
                             "import a.b as handler\n",
                             "if (handler := f()): pass\n",
                             "for handler in x: pass\n",
                             "with open(x) as handler: pass\n",
                             "with a as (b, handler): pass\n",
                             "x = 1; handler = 2\n",
                             "def f():\n    global handler\n    handler = 1\n",
                             "if x: handler = 1\n",
                             "lazy from m import handler\n",
                             "try: import handler\nexcept E: pass\n",
                             "x = {\n'a': 1}\nhandler = x\n",
                             "*handler, b = x\n"}) {
    EXPECT_TRUE(has(source, "handler")) << source;
  }
}

TEST(ModuleNames, WhatIsMereUseBindsNothing) {
  for (const char* source :
       {"def other(handler):\n    handler = 1\n", "class A:\n    def handler(self): pass\n", "x = handler\n",
        "x == handler\n", "x <= handler\n", "print(handler)\n", "import a.handler\n",
        "from handler import x\n", "from m import handler as x\n", "x.handler = 1\n", "# handler = 1\n",
        "'''\nhandler = 1\n'''\n", "def f():\n    def handler(): pass\n", "f(handler=1)\n",
        "def f(\n    handler=1,\n): pass\n"}) {
    EXPECT_FALSE(has(source, "handler")) << source;
  }
}

TEST(ModuleNames, WhatMayMakeNamesIsOpen) {
  for (const char* source : {"from m import *\n", "exec(x)\n", "globals()['handler'] = 1\n",
                             "def f():\n    globals()[x] = 1\n", "def __getattr__(name): ...\n",
                             "sys.modules[__name__] = X()\n", "x = (\n", "# -*- coding: utf-7 -*-\n"}) {
    EXPECT_TRUE(module_names(source).is_open) << source;
  }
}
