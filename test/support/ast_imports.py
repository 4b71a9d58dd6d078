"""For each file named on standard input, a JSON line with its imports as CPython's own ast sees them:
[[line, level, "module", "name", nesting], ...], or null where this Python doesn't parse it. Runs under any Python 3.
"""
import ast
import json
import re
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)
IN_FUNCTION, IN_CLASS, IN_TRY, IN_TYPE_CHECKING = 1, 2, 4, 8


def guards_types(test):
    if isinstance(test, ast.Name):
        return test.id == "TYPE_CHECKING"
    base = test
    while isinstance(base, ast.Attribute):
        base = base.value
    return isinstance(test, ast.Attribute) and isinstance(base, ast.Name) and test.attr == "TYPE_CHECKING"


def nesting_of_body(node):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return IN_FUNCTION
    if isinstance(node, ast.ClassDef):
        return IN_CLASS
    if type(node).__name__ in ("Try", "TryStar"):
        return IN_TRY
    if isinstance(node, ast.If) and guards_types(node.test):
        return IN_TYPE_CHECKING
    return 0


def shown(text):
    return re.sub("[^\x00-\x7f]+", "?", text) if text else ""


def walk(body, nesting, out):
    for node in body:
        if isinstance(node, ast.Import):
            out.extend([node.lineno, 0, shown(alias.name), "", nesting] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            out.extend([node.lineno, node.level, shown(node.module), shown(alias.name), nesting] for alias in node.names)
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            below = getattr(node, field, None)
            if isinstance(below, list):
                walk(below, nesting | (nesting_of_body(node) if field == "body" else 0), out)


def imports_of(path):
    out = []
    try:
        with open(path, "rb") as source:
            walk(ast.parse(source.read()).body, 0, out)
    except (SyntaxError, ValueError, RecursionError, MemoryError, LookupError):
        return None
    return out


for line in sys.stdin.buffer:
    print(json.dumps(imports_of(line.rstrip(b"\n"))))
