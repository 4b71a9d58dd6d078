#!/usr/bin/env python3
"""--bytecode sourceless: whoever finds, lists, opens or loads sources by their names answers as before."""
import sys

import slimtest

RUNTIME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
HERE = "import os\nhere = os.path.dirname(os.path.abspath(__file__))\n"
# Each is a distribution of its own: its __init__, its further modules, and what it answers. All further modules are
# imported by name too, so that it is not for want of imports that they stay.
CASES = {
    "globbing": ("import glob\n" + HERE + "answer = sorted(map(os.path.basename, glob.glob(os.path.join(here, 'plug', '*.py'))))\n",
                 ["plug/a", "plug/b"]),
    "suffixes": (HERE + "answer = sorted(n[:-3] for n in os.listdir(os.path.join(here, 'plug')) if n.endswith('.py'))\n", ["plug/a", "plug/b"]),
    "splitting": (HERE + "answer = sorted(n for n, e in map(os.path.splitext, os.listdir(os.path.join(here, 'plug'))) if e == '.py')\n", ["plug/a"]),
    "pathlike": ("import pathlib\nanswer = sorted(p.stem for p in (pathlib.Path(__file__).parent / 'plug').iterdir() if p.suffix == '.py')\n", ["plug/a"]),
    "matching": ("import re\n" + HERE + "answer = sorted(n for n in os.listdir(os.path.join(here, 'plug')) if re.match(r'[a-z]+\\.py$', n))\n", ["plug/a"]),
    "executing": (HERE + "exec(open(os.path.join(here, 'config.py')).read())\nanswer = value\n", ["config"]),
    "formatting": (HERE + "answer = [open(os.path.join(here, '%s.py' % n)).read() for n in ('a', 'b')]\n", ["a", "b"]),
    "putting": (HERE + "name = 'a'\nanswer = open(f'{here}/{name}.py').read()\n", ["a"]),
    "loading": ("import importlib.util\n" + HERE +
                "spec = importlib.util.spec_from_file_location('x', os.path.join(here, 'conf' + '.p' + 'y'))\n"
                "module = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(module)\nanswer = module.value\n", ["conf"]),
    "running": ("import runpy\n" + HERE + "answer = runpy.run_path(os.path.join(here, 'conf' + '.p' + 'y'))['value']\n", ["conf"]),
    "resource": ("import importlib.resources\nanswer = importlib.resources.files('resource').joinpath('data.py').read_text()\n", ["data"]),
    "packaged": ("import pkgutil\nanswer = pkgutil.get_data('packaged', 'data.py').decode()\n", ["data"]),
    "showing": ("import inspect\ndef f():\n    return 1\nanswer = inspect.getsource(f)\n", []),
    "lines": ("import linecache\nfrom lines import a\nanswer = linecache.getline(a.__file__, 1)\n", ["a"]),
    "opening": ("from opening import a\nanswer = open(a.__file__).read()\n", ["a"]),
    "itself": ("answer = (__file__[-6:], len(open(__file__).read()))\n", []),
    "renaming": ("import os\nanswer = os.path.exists(__file__[:-3] + '.txt')\n", []),
}
FILES = {}
CODE = "import sys\nanswers = {}\n"
for name, (init, modules) in CASES.items():
    FILES[f"{name}/__init__.py"] = init
    FILES[f"{name}-1.dist-info/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"
    for module in modules:
        FILES[f"{name}/{module}.py"] = f"value = {module!r}\n"
        FILES["app.py"] = FILES.get("app.py", "") + f"import {name}.{module.replace('/', '.')}\n"
    CODE += f"import {name}\nanswers[{name!r}] = {name}.answer\n"
FILES["renaming/__init__.txt"] = "data"
# Nobody says .py, and nobody imports by name: listed, as migrations and commands are.
FILES |= {
    "listing/__init__.py": "import importlib, os\nfolder = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'steps')\n"
                           "names = sorted(n[:-3] for n in os.listdir(folder) if n[0] == 's')\n"
                           "answer = [importlib.import_module('listing.steps.' + n).value for n in names]\n",
    "listing/steps/s0001.py": "value = 1\n", "listing/steps/s0002.py": "value = 2\n",
    "listing-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: listing\nVersion: 1\n",
    # The function's own code reads another distribution's sources.
    "app.py": FILES["app.py"] + "import glob, os, listed\n"
              "found = sorted(map(os.path.basename, glob.glob(os.path.join(os.path.dirname(listed.__file__), '*.py'))))\n",
    "reads.py": "import os, named\ntext = open(os.path.join(os.path.dirname(named.__file__), 'env.py')).read()\n",
    "listed/__init__.py": "from listed import a, b\n", "listed/a.py": "", "listed/b.py": "",
    "listed-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: listed\nVersion: 1\n",
    "named/__init__.py": "from named import env, other\n", "named/env.py": "x = 1\n", "named/other.py": "x = 2\n",
    "named-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: named\nVersion: 1\n",
    # A decorator of a distribution that reads code reads what it decorates, wherever that is.
    "jitlike/__init__.py": "import inspect\ndef jit(f):\n    f.text = inspect.getsource(f)\n    return f\n",
    "jitlike-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: jitlike\nVersion: 1\n",
    "decorated/__init__.py": "from decorated import kernels, plain\nanswer = kernels.add.text\n",
    "decorated/kernels.py": "import jitlike as j\n\n\n@j.jit\ndef add(a, b):\n    return a + b\n",
    "decorated/plain.py": "x = 1\n",
    "decorated-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: decorated\nVersion: 1\n",
    # What nobody reads.
    "plain/__init__.py": "from plain import sub\n", "plain/sub.py": "'''Not config.py nor *.py.'''\nvalue = 1\n",
    "plain-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: plain\nVersion: 1\n",
}
CODE += ("import listing, decorated, plain, app, reads\nanswers |= {'listing': listing.answer, 'decorated': decorated.answer, 'app': (app.found, reads.text), 'plain': plain.sub.value}\n"
         "for name in answers: print(name, repr(answers[name]))\n")

with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    slimtest.slim(package, "-o", work / "out.zip", "--bytecode", "sourceless", "--runtime", RUNTIME)
    # Run at the same place, as tracebacks and readers of lines go by the path in the bytecode.
    answers = []
    for archive in (package, work / "out.zip"):
        folder = slimtest.unzip(archive, work / archive.stem)
        done = slimtest.python_in(folder, CODE)
        assert done.returncode == 0, done.stderr
        answers.append(done.stdout.splitlines())
    assert len(answers[0]) == len(CASES) + 4
    for was, now in zip(*answers):
        assert was == now, (was, now)
    done = set(slimtest.read_zip(work / "out.zip"))
    gone = {"plain/__init__.py", "plain/sub.py", "named/other.py", "decorated/plain.py"}
    assert not gone & done, gone & done
    # Another run finds the same, though some readers are bytecode now.
    slimtest.slim(work / "out.zip", "-o", work / "again.zip", "--bytecode", "sourceless", "--runtime", RUNTIME)
    assert slimtest.sha256(work / "out.zip") == slimtest.sha256(work / "again.zip")
