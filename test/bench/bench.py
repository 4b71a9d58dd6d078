#!/usr/bin/env python3
"""Before, after the recipe, after slim: sizes, whether it still works, and how much faster slim is.

    SLIM=build/release/slim test/bench/bench.py            prints a Markdown table
    SLIM=build/release/slim test/bench/bench.py --readme   and puts it into README.md
    --rounds N   paired runs of each, of which the median ratio is given (default 3)

Times are never compared across machines: each ratio is of two runs one after the other on this one.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
os.environ.setdefault("SLIM", str(SOURCE / "build/release/slim"))
os.environ.setdefault("SLIM_SOURCE_DIR", str(SOURCE))
sys.path.insert(0, str(HERE.parent / "support"))
import slimtest  # noqa: E402

# name -> (packages, code that prints "works")
CASES = {
    "boto3 requests pandas numpy Pillow pymysql": (
        ["boto3", "requests", "pandas", "numpy", "Pillow", "pymysql"],
        "import boto3, requests, pymysql, numpy, pandas; from PIL import Image\n"
        "assert numpy.linalg.solve([[2.0]], [4.0])[0] == 2 and pandas.DataFrame({'a': [1]}).a.sum() == 1\n"
        "Image.new('RGB', (8, 8)); boto3.client('s3', region_name='eu-west-1')\nprint('works')"),
    "numpy scipy": (
        ["numpy", "scipy"],
        "import scipy.linalg, scipy.optimize, scipy.stats\n"
        "assert abs(scipy.optimize.brentq(lambda x: x * x - 4, 0, 5) - 2) < 1e-9\nprint('works')"),
    "openai": (["openai"], "import openai; openai.OpenAI(api_key='x')\nprint('works')"),
    "cryptography pydantic psycopg2-binary": (
        ["cryptography", "pydantic[email]", "psycopg2-binary"],
        "import psycopg2; from cryptography.fernet import Fernet; from pydantic import BaseModel, EmailStr\n"
        "class User(BaseModel):\n    mail: EmailStr\n"
        "User(mail='a@example.com'); Fernet(Fernet.generate_key()).encrypt(b'x')\nprint('works')"),
}


def unpacked_size(folder: pathlib.Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())


def timed(*command) -> float:
    start = time.monotonic()
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def outcome(package: pathlib.Path, work: pathlib.Path, code: str) -> dict:
    folder = slimtest.unzip(package, work / (package.stem + "-unpacked"))
    return {"zipped": package.stat().st_size, "unpacked": unpacked_size(folder),
            "works": slimtest.python_in(folder, code).stdout.strip() == "works"}


def measure(name: str, rounds: int) -> dict:
    packages, code = CASES[name]
    package = slimtest.zip_folder(slimtest.pip_target("bench-" + "-".join(packages).replace("[", "-").replace("]", ""), packages))
    ratios = []
    with slimtest.workdir() as work:
        for _ in range(rounds):
            recipe = timed(HERE / "recipe.sh", package, work / "recipe.zip")
            ratios.append(recipe / timed(slimtest.SLIM, package, "-o", work / "slim.zip", "-q"))
        return {"before": outcome(package, work, code), "recipe": outcome(work / "recipe.zip", work, code),
                "slim": outcome(work / "slim.zip", work, code), "speed": statistics.median(ratios)}


def cell(result: dict) -> str:
    sizes = f"{result['unpacked'] / 1e6:.1f} / {result['zipped'] / 1e6:.1f} MB"
    return sizes if result["works"] else f"{sizes}, **broken**"


def table(rounds: int) -> str:
    lines = ["| package (unpacked / zipped) | before | the shell recipe | slim | slim is faster by |", "|---|---|---|---|---|"]
    for name in CASES:
        figures = measure(name, rounds)
        print(name, figures, file=sys.stderr)
        lines.append(f"| {name} | {cell(figures['before'])} | {cell(figures['recipe'])} | {cell(figures['slim'])} | "
                     f"{figures['speed']:.1f}× |")
    return "\n".join(lines)


def put_into_readme(text: str, place: str) -> None:
    """Between the comments of that name."""
    readme = SOURCE / "README.md"
    head, rest = readme.read_text().split(f"<!-- {place} -->\n", 1)
    _, tail = rest.split(f"<!-- /{place} -->", 1)
    readme.write_text(f"{head}<!-- {place} -->\n{text}\n<!-- /{place} -->{tail}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--readme", action="store_true")
    asked = arguments.parse_args()
    text = table(asked.rounds)
    print(text)
    if asked.readme:
        put_into_readme(text, "bench")


if __name__ == "__main__":
    main()
