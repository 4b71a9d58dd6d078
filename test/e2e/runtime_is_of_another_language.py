#!/usr/bin/env python3
"""A runtime of another language than the package's is an error, in slim and in slim check; where it is not plain, nothing is
said."""
import slimtest
from check_support import check, findings, library, message

PYTHON = {"app.py": "import flask\n", "flask/__init__.py": "", "flask/static/app.js": "", "flask-3.0.dist-info/METADATA": "Name: flask\nVersion: 3.0\n"}
NODE = {"index.js": "", "package.json": "{}", "node_modules/node-gyp/gyp/gyp_main.py": "", "node_modules/x/y.jar": ""}
JAVA = {"com/example/Handler.class": b"\xca\xfe\xba\xbe\0\0\0\x41", "lib/x.jar": ""}
RUBY = {"lambda_function.rb": "", "vendor/x.rb": ""}
DOTNET = {"Function.dll": "MZ", "Function.deps.json": "{}", "Function.runtimeconfig.json": "{}"}
GO = {"main": (0o100755, library())}
PACKAGES = {"python3.12": PYTHON, "nodejs22.x": NODE, "java21": JAVA, "ruby3.4": RUBY, "dotnet8": DOTNET}


def wrong(result: dict) -> bool:
    return ("error", "wrong-language", "") in findings(result)


with slimtest.workdir() as work:
    paths = {runtime: slimtest.write_zip(work / f"{runtime}.zip", files) for runtime, files in PACKAGES.items()}
    for runtime, path in paths.items():
        for other in PACKAGES:
            if other == runtime:
                assert not wrong(check(path, "--runtime", other)), (runtime, other)
                assert "wrong-language" not in slimtest.slim(path, "-n", "--runtime", other).stdout
                continue
            result = check(path, "--runtime", other, code=1)
            assert wrong(result), (runtime, other, findings(result))
            # As where --arch contradicts: slim says it too, and fails, though what it makes is whole.
            assert "wrong-language" in slimtest.slim(path, "-o", work / "out.zip", "--runtime", other, code=1).stdout
            assert (work / "out.zip").exists()
        if runtime != "dotnet8":
            assert wrong(check(path, "--runtime", "go1.x", code=1)), runtime
    said = message(check(paths["python3.12"], "--runtime", "nodejs22.x", code=1), "wrong-language")
    assert "nodejs22.x is for Node.js" in said and "app.py is Python" in said and "python3." in said, said

    # Layers count with the function; only one of the parts has to be of the language.
    node_layer = slimtest.write_zip(work / "layer.zip", {"nodejs/node_modules/x/index.js": ""})
    assert wrong(check(node_layer, "--runtime", "python3.12", code=1))
    assert not wrong(check(paths["python3.12"], "--layer", node_layer, "--runtime", "python3.12"))
    # What may be of any language, or is started by a program of its own, or lies in an image.
    for files, runtime in (({"data.json": "{}"}, "nodejs22.x"), ({"lib/libx.so": library()}, "python3.12"),
                           ({"bootstrap": (0o100755, "#!/bin/sh\n"), **PYTHON}, "provided.al2023"), (GO, "go1.x"),
                           ({**PYTHON, "static/app.js": ""}, "nodejs22.x"), ({"__init__.py": "", **NODE}, "nodejs22.x"),
                           ({"app.cpython-312-x86_64-linux-gnu.so": library()}, "python3.12"), (PYTHON, "custom")):
        package = slimtest.write_zip(work / "any.zip", files)
        assert not wrong(check(package, "--runtime", runtime)), (files.keys(), runtime)
    # Nobody named a runtime: what the files tell contradicts nothing.
    assert not wrong(check(paths["nodejs22.x"]))
