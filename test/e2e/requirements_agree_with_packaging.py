#!/usr/bin/env python3
# labels: registry
# timeout: 900
"""What versions, specifiers and markers mean is what the `packaging` library says, over the METADATA of real packages."""
import email
import itertools
import os
import subprocess

import slimtest

slimtest.importable("packaging")
from packaging.markers import Marker  # noqa: E402
from packaging.requirements import InvalidRequirement, Requirement  # noqa: E402
from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: E402
from packaging.version import InvalidVersion, Version  # noqa: E402

PACKAGES = ["requests[socks,use_chardet_on_py3]", "pandas", "flask[async]", "fastapi", "celery", "django", "sqlalchemy[asyncio]",
            "httpx[http2]", "opentelemetry-sdk", "jaraco.text", "google-cloud-storage", "aws-lambda-powertools", "redis", "pytest"]
folder = slimtest.pip_target("requirements", PACKAGES)
metadata = [email.message_from_bytes(path.read_bytes()) for path in sorted(folder.glob("*.dist-info/METADATA"))]
lines = sorted({line for one in metadata for line in one.get_all("Requires-Dist", [])})
# Versions that are there, and shapes that the specification names and few projects use.
versions = sorted({one["Version"] for one in metadata}) + [
    "0", "1.0.dev1", "1.0a1", "1.0rc1.post2.dev3", "1.0.post1", "1.0-1", "v2.0", "2.0+cpu", "2!1.0", "2024.1.0.0", "3.12", "4.0b2",
    "1.0+local.7", "1.0+5", "no version", "2.0.dev0", "10.0.0rc1"]
clauses = sorted({str(Requirement(line).specifier) for line in lines} | {one["Requires-Python"] for one in metadata if one["Requires-Python"]}
                 | {"==1.0.*", "!=2.0.*", "~=1.0", "~=1.4.5a4", "===1.0", ">1.0", "<1.0", "<=1.0+x", ">=2.0.dev0", "<2.0rc1", ">1.0.post1",
                    "==2.0+cpu", "==2!1.0", "~=1", "==1.0rc1.*", "<4.0", "!=1.0+local.7"})
pythons = ["2.7", "3.6", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14"]
extras = ["", "socks", "async", "dev"]


def marker_verdict(marker: str, python: str, extra: str) -> str:
    environment = {"python_version": python, "python_full_version": python + ".1", "os_name": "posix", "sys_platform": "linux",
                   "platform_system": "Linux", "platform_machine": "x86_64", "platform_python_implementation": "CPython",
                   "implementation_name": "cpython", "extra": extra, "platform_release": "", "platform_version": "",
                   "implementation_version": python + ".1"}
    return "yes" if Marker(marker).evaluate(environment) else "no"


def clause_verdict(clause: str, version: str) -> str:
    try:
        return "yes" if SpecifierSet(clause).contains(Version(version), prereleases=True) else "no"
    except (InvalidVersion, InvalidSpecifier):
        return "unknown"


questions, answers = [], []
for clause, version in itertools.product(clauses, versions):
    questions.append(f"clause\t{clause}\t{version}")
    answers.append(clause_verdict(clause, version))
markers = sorted({str(Requirement(line).marker) for line in lines if Requirement(line).marker}) + [
    "python_full_version < '3.11.3'", "'3.9' <= python_version", "python_version in '3.11 3.12'", "sys_platform not in 'win32 darwin'",
    "(os_name == 'nt' or extra == 'dev') and python_version >= '3.10'", "platform_machine != 'aarch64'", "python_version ~= '3.8'"]
for marker, python, extra in itertools.product(markers, pythons, extras):
    questions.append(f"marker\t{marker}\t{python}\t{extra}")
    answers.append(marker_verdict(marker, python, extra))
for line in lines + ["a b", "six (>=1.5)", "x[a,b]>=1; os_name=='nt'", "y @ https://e.org/y.whl", "", "-x", "z>=", "w ; "]:
    questions.append(f"parts\t{line}")
    try:
        parsed = Requirement(line)
        answers.append(f"{parsed.name}|{','.join(sorted(parsed.extras))}|{','.join(sorted(map(str, parsed.specifier)))}")
    except InvalidRequirement:
        answers.append("unknown")

told = subprocess.run([os.environ["SCAN_DUMP"], "--requirements"], input="\n".join(questions) + "\n", capture_output=True, text=True,
                      check=True).stdout.splitlines()
assert len(told) == len(questions), (len(told), len(questions))
wrong = [(q, a, t) for q, a, t in zip(questions, answers, told) if a != t]
print(f"{len(lines)} requirements, {len(clauses)} clauses, {len(questions)} questions, {len(wrong)} answered otherwise")
assert len(lines) > 150 and not wrong, wrong[:20]
