"""Prints the import statements of every .py file below the given folders, as CPython's own ast sees them.

One line "F <path>" a file, then "<line> <level> <module> <name> <nesting>" for each name, with "-" for nothing;
"X <path>" for a file that this Python does not parse. Runs under any Python 3.
"""
import ast
import os
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


def shown(text):
    return re.sub("[^\x00-\x7f]+", "?", text) if text else "-"


def walk(body, nesting, out):
    for node in body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                out.append("%d 0 %s - %d" % (node.lineno, shown(alias.name), nesting))
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                out.append("%d %d %s %s %d" % (node.lineno, node.level, shown(node.module), shown(alias.name), nesting))
        for field, value in ast.iter_fields(node):
            if not isinstance(value, list):
                continue
            added = 0
            if field == "body":
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    added = IN_FUNCTION
                elif isinstance(node, ast.ClassDef):
                    added = IN_CLASS
                elif type(node).__name__ in ("Try", "TryStar"):
                    added = IN_TRY
                elif isinstance(node, ast.If) and guards_types(node.test):
                    added = IN_TYPE_CHECKING
            if field in ("body", "orelse", "finalbody", "handlers", "cases"):
                walk(value, nesting | added, out)


def main():
    write = lambda text: sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape") + b"\n")
    for tree in sys.argv[1:]:
        for folder, _, files in os.walk(tree):
            for file in sorted(files):
                if not file.endswith(".py"):
                    continue
                path = os.path.join(folder, file)
                out = []
                try:
                    with open(path, "rb") as source:
                        walk(ast.parse(source.read()).body, 0, out)
                except (SyntaxError, ValueError, RecursionError, MemoryError, LookupError):
                    write("X " + path)
                    continue
                write("F " + path)
                for line in out:
                    write(line)


main()
