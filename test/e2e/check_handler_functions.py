#!/usr/bin/env python3
"""The handler's function must be in its file, however it gets there; a name that may be made in other ways passes."""
import py_compile

import slimtest
from check_support import EXTENSION, RUNTIME, check, library, message

NODE = ["--runtime", "nodejs22.x"]
RUBY = ["--runtime", "ruby3.3"]
JAVA = ["--runtime", "java21"]

with slimtest.workdir() as work:
    def outcome(files: dict, handler: str, runtime: list, *layers) -> list:
        package = slimtest.write_zip(work / "in.zip", {"readme.txt": "x", **files})
        result = slimtest.subprocess.run([slimtest.SLIM, "check", package, *layers, *runtime, "--handler", handler, "--json", "-"],
                                         capture_output=True, text=True)
        told = [f for f in slimtest.json.loads(result.stdout)["findings"] if f["id"] == "missing-handler"]
        assert result.returncode == (1 if told else 0), result
        return told

    def passes(files: dict, handler: str, runtime: list, *layers) -> None:
        assert outcome(files, handler, runtime, *layers) == [], (files, handler)

    def fails(files: dict, handler: str, runtime: list, *words) -> None:
        told = outcome(files, handler, runtime)
        assert len(told) == 1 and told[0]["severity"] == "error" and all(word in told[0]["message"] for word in words), (files, handler, told)

    app = {"app.py": "import json\n\ndef handler(event, context):\n    return json.dumps(event)\n"}
    passes(app, "app.handler", RUNTIME)
    fails(app, "app.handlr", RUNTIME, "defines no handlr", "did you mean 'handler'")
    fails(app, "app.event", RUNTIME)
    fails(app, "app.dumps", RUNTIME)
    fails(app, "handler", RUNTIME, "no dot")
    fails(app, "ap.handler", RUNTIME, "ap.py")
    for source in ("from powertools import handler\n", "import impl as handler\n", "handler = wrap(main)\n", "from impl import *\n",
                   "try:\n    from fast import handler\nexcept ImportError:\n    from slow import handler\n",
                   "a, handler = make()\n", "handler: object = Mangum(app)\n", "globals()['handler'] = 1\n",
                   "def __getattr__(name): ...\n", "if (handler := f()): pass\n", "class handler: ...\n"):
        passes({"app.py": source}, "app.handler", RUNTIME)
    for source in ("class App:\n    def handler(self, e, c): ...\n", "def main():\n    def handler(): ...\n", "# handler\nx = 'handler'\n",
                   "from impl import handler as main\n"):
        fails({"app.py": source}, "app.handler", RUNTIME)
    passes({"src/api/app.py": app["app.py"]}, "src.api.app.handler", RUNTIME)
    passes({"src/api/__init__.py": app["app.py"]}, "src/api.handler", RUNTIME)
    fails({"src/api/__init__.py": app["app.py"]}, "src/api.main", RUNTIME)
    layer = slimtest.write_zip(work / "layer.zip", {"python/wrapper/handler.py": "def handler(e, c): ...\n"})
    passes(app, "wrapper.handler.handler", RUNTIME, layer)
    package = slimtest.write_zip(work / "in.zip", app)
    assert message(check(package, layer, *RUNTIME, "--handler", "wrapper.handler.hndler", code=1), "missing-handler")
    # What has no text to read: compiled modules, also under their full suffix.
    (work / "m.py").write_text("handler = 1\n")
    bytecode = open(py_compile.compile(work / "m.py", work / "m.pyc", invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH), "rb").read()
    passes({"app.pyc": bytecode}, "app.main", RUNTIME)
    passes({f"app.{EXTENSION}": library()}, "app.main", RUNTIME)

    for source in ("exports.handler = async () => 1;", "module.exports = { handler, other };", "module.exports.handler = h;",
                   "export const handler = () => 1;", "export async function handler() {}", "export { main as handler };",
                   "module.exports = require('./impl');", "export * from './impl.mjs';", "__exportStar(require('./impl'), exports);",
                   "exports[name] = f;", "module.exports = { ...impl };", "Object.assign(exports, impl);",
                   "0 && (module.exports = { handler });"):
        passes({"src/index.js": source}, "src/index.handler", NODE)
    fails({"index.mjs": "export const handler = () => 1;\n"}, "index.handlr", NODE, "did you mean 'handler'")
    fails({"index.js": "exports.handler = 1; exports.other = 2;"}, "index.oter", NODE, "did you mean 'other'")
    passes({"index.js": "exports.api = { get() {} };"}, "index.api.get", NODE)
    wrapper = slimtest.write_zip(work / "node.zip", {"nodejs/node_modules/wrapper/handler.js": "exports.handler = 1;"})
    passes({"index.js": ""}, "/opt/nodejs/node_modules/wrapper/handler.handler", NODE, wrapper)

    ruby = {"lambda_function.rb": "require 'json'\n\ndef lambda_handler(event:, context:)\n  1\nend\n"}
    passes(ruby, "lambda_function.lambda_handler", RUBY)
    fails(ruby, "lambda_function.lambda_handlr", RUBY, "did you mean 'lambda_handler'")
    fails(ruby, "function.lambda_handler", RUBY, "function.rb")
    passes({"app.rb": "require_relative 'lib/app'\n"}, "app.lambda_handler", RUBY)
    passes({"app.rb": "require 'app_lib'\n"}, "app.App::Handler.process", RUBY)

    (work / "com").mkdir()
    (work / "com/Handler.java").write_text("package com; public class Handler { public Object handle(Object in) { return in; } }")
    (work / "com/Child.java").write_text("package com; public class Child extends Handler { }")
    if slimtest.shutil.which("javac"):
        slimtest.subprocess.run(["javac", "com/Handler.java", "com/Child.java"], cwd=work, check=True)
        java = {f"com/{name}.class": (work / f"com/{name}.class").read_bytes() for name in ("Handler", "Child")}
        passes(java, "com.Handler::handle", JAVA)
        passes(java, "com.Handler", JAVA)
        passes(java, "com.Child::anything", JAVA)  # may be inherited
        fails(java, "com.Handler::handl", JAVA, "did you mean 'handle'")
    else:
        slimtest.leave_out("compiled Java classes, as javac is not installed")
    fails({"x.class": b"\xca\xfe\xba\xbe"}, "com.Gone::handle", JAVA)
    passes({"com/Odd.class": b"\xca\xfe\xba\xbe\0\0\0\x41\xff\xff\x01"}, "com.Odd::handle", JAVA)
