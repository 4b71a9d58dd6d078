#!/usr/bin/env python3
"""What configurations and templates of the kept files name in a test suite stays: by folder, path, module or asset."""
import slimtest

# name -> the configuration of that package, what it says, and what of tests/ stays.
DATA, MODULE = ["data.sql", "more/x.json"], ["__init__.py", "data.sql", "hook.py", "more/x.json"]
WAYS = {
    "folder_yaml": ("include/project.yml", "test-paths: tests\n", DATA),
    "folder_list": ("include/project.yml", "test-paths: [\"tests\"]\n", DATA),
    "folder_json": ("conf.json", '{"test-paths": ["tests"]}', DATA),
    "folder_toml": ("conf.toml", 'paths = ["tests"]\n', DATA),
    "folder_ini": ("conf.ini", "[paths]\nchecks = tests\n", DATA),
    "folder_cfg": ("app.cfg", "checks=tests\n", DATA),
    "path_yaml": ("conf.yaml", "sql: path_yaml/tests/data.sql\n", ["data.sql"]),
    "path_near": ("conf.yaml", "sql: tests/data.sql\n", ["data.sql"]),
    "path_folder": ("conf.xml", "<dir>path_folder/tests/more</dir>\n", ["more/x.json"]),
    "path_jinja": ("page.j2", "{{ root }}/tests/data.sql\n", ["data.sql"]),
    "include": ("page.html", '{% include "tests/more/x.json" %}\n', ["more/x.json"]),
    "asset": ("conf.yml", "sql: asset:tests/data.sql\n", ["data.sql"]),
    "module": ("conf.yml", "load: module.tests.hook\n", MODULE),
    "function": ("conf.toml", 'load = "function.tests.hook:run"\n', MODULE),
    "klass": ("conf.json", '{"class": "klass.tests.hook.Hook"}', MODULE),
    # What says nothing about the folder.
    "key_yaml": ("conf.yml", "tests:\n  - unique\n", []),
    "key_json": ("conf.json", '{"tests": 1}', []),
    "word": ("conf.yml", "a: contests latest\n", []),
    "address": ("conf.yml", "a: https://x.example/tests/data.sql\n", []),
    "project": ("pyproject.toml", 'testpaths = ["tests"]\n', []),
    "prose": ("notes.md", "see tests/data.sql\n", []),
}
files = {}
for name, (path, text, _) in WAYS.items():
    files |= {f"{name}/__init__.py": "", f"{name}/{path}": text, f"{name}/tests/__init__.py": "", f"{name}/tests/test_it.py": "",
              f"{name}/tests/hook.py": "x = 1\n", f"{name}/tests/data.sql": "select 1", f"{name}/tests/more/x.json": "{}"}
files |= {"project.yml": "data: outer/tests/data.sql\n", "outer/__init__.py": "", "outer/tests/test_it.py": "", "outer/tests/data.sql": "select 1"}
with slimtest.workdir() as work:
    result = slimtest.report(slimtest.write_zip(work / "in.zip", files))
stays = lambda folder: sorted(file["path"].removeprefix(folder) for file in result["files"] if file["path"].startswith(folder) and file["action"] != "drop")
wrong = {name: stays(f"{name}/tests/") for name, (_, _, want) in WAYS.items() if stays(f"{name}/tests/") != want}
assert not wrong, wrong
assert stays("outer/tests/") == ["data.sql"]
