#!/usr/bin/env python3
"""--dist-info drop takes a whole dist-info folder, but for its licences, only where no kept code can ask for it."""
import slimtest


def dist_info(name: str, **files: str) -> dict:
    folder = f"{name}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    files = {"METADATA": metadata, "top_level.txt": name.lower() + "\n", **{key.replace("_txt", ".txt"): text for key, text in files.items()}}
    return {f"{folder}/{key}": text for key, text in files.items()}


FILES = {
    "app.py": "from importlib.metadata import entry_points, version\nversion('Asked.For')\nentry_points(group='app.plugins')\n",
    "own/__init__.py": "from importlib import metadata\n__version__ = metadata.version(__package__)\n",
    "silent/__init__.py": "", "silent/tests/__init__.py": "", "silent/tests/test_it.py": "import pkg_resources as p\np.require('tested')\n",
    "typed/__init__.py": "if TYPE_CHECKING:\n    from importlib.metadata import version\n",
    **dist_info("asked_for"), **dist_info("own"), **dist_info("silent"), **dist_info("tested"), **dist_info("typed"),
    **dist_info("plugin", entry_points_txt="[app.plugins]\nx = plugin:main\n"),
    **dist_info("program", entry_points_txt="[console_scripts]\nx = program:main\n"),
    "silent-1.0.dist-info/licenses/COPYING": "MIT\n", "silent-1.0.dist-info/LICENSE.txt": "MIT\n",
    "old.egg-info/PKG-INFO": "Name: old\nVersion: 1.0\n",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    slimtest.slim(package, "--dist-info", "drop", "-o", work / "out.zip")
    left = {path for path in slimtest.read_zip(work / "out.zip") if "-info/" in path}
    whole = {path for path in FILES if path.startswith(("asked_for-", "own-", "plugin-"))}
    assert left == whole | {"silent-1.0.dist-info/licenses/COPYING", "silent-1.0.dist-info/LICENSE.txt"}, sorted(left)

    # By default all of them stay.
    assert not any(action == "drop" for path, (action, _) in slimtest.actions(slimtest.report(package)).items() if "-info/" in path)

    # A name that is made at run time keeps all of them, and the report says where.
    package = slimtest.write_zip(work / "any.zip", {**FILES, "any.py": "import pkg_resources\npkg_resources.get_distribution(name)\n"})
    result = slimtest.report(package, "--dist-info", "drop")
    infos = [file for file in result["files"] if "-info/" in file["path"] and not file["path"].endswith(("COPYING", "LICENSE.txt"))]
    assert all(file["action"] != "drop" for file in infos), infos
    reasons = {hold["reason"] for file in infos if file["path"].startswith("tested-") for hold in file["holds"]}
    assert reasons == {"any.py may ask for any distribution: the name is only known when it runs"}, reasons

    # So does what asks by another way: then it works as before.
    for source in ("import importlib\nversion = importlib.import_module('importlib.metadata').version\n",
                   "version = __import__('importlib.metadata', fromlist=['x']).version\n",
                   "import importlib.metadata, sys\nversion = sys.modules['importlib.metadata'].version\n",
                   "from importlib.metadata import Distribution as D\n\n\ndef version(name):\n    return D.from_name(name).version\n",
                   "exec('from importlib.metadata import version')\n", "from importlib.metadata import version\n",
                   "import glob, os\n\n\ndef version(name):\n    return glob.glob(os.path.join(os.path.dirname(__file__), f'{name}-*.dist-info'))[0]\n"):
        files = {"ways.py": source, "main.py": "import ways\nassert ways.version('silent')\n", "silent/__init__.py": "", **dist_info("silent")}
        package = slimtest.write_zip(work / "ways.zip", files)
        slimtest.slim(package, "--dist-info", "drop", "-o", work / "less.zip")
        with slimtest.workdir() as folder:
            done = slimtest.python_in(slimtest.unzip(work / "less.zip", folder), "import main")
            assert done.returncode == 0, (source, done.stderr)

    assert "--dist-info all: is no mode" in slimtest.slim(package, "--dist-info", "all", "--dry-run", code=2).stderr
