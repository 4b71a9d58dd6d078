#!/usr/bin/env python3
# labels: corpus registry
# timeout: 900
"""ansible's documentation of its tests, and dbt's generic tests, which lie in folders test and tests, still work after slimming."""
import subprocess
import sys

import slimtest

PROJECT = {
    "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\nmodels:\n  shop: {}\n",
    "profiles.yml": "shop:\n  target: dev\n  outputs:\n    dev: {type: postgres, host: localhost, user: u, password: p, port: 5432, dbname: d, schema: s, threads: 1}\n",
    "models/orders.sql": "select 1 as id\n",
    "models/schema.yml": "version: 2\nmodels:\n  - name: orders\n    columns:\n      - name: id\n        data_tests: [unique, not_null]\n",
}


def run(folder, home, *command) -> str:
    code = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code, *command], cwd=home, capture_output=True, text=True, timeout=600,
                          env={"PATH": "/usr/bin:/bin", "HOME": str(home), "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8",
                               "DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "0", "ANSIBLE_LOCAL_TEMP": str(home / "tmp"), "ANSIBLE_HOME": str(home)})
    assert done.returncode == 0, (folder, command, done.stdout[-1500:], done.stderr[-1500:])
    return done.stdout.replace(str(folder), "PLACE")


def dbt(folder, home) -> list:
    for name, text in PROJECT.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    run(folder, home, "dbt.cli.main", "parse", "--profiles-dir", ".", "--no-partial-parse")
    return sorted(line for line in run(folder, home, "dbt.cli.main", "--quiet", "list", "--profiles-dir", ".").splitlines() if line.startswith("shop"))


def ansible(folder, home) -> str:
    return (run(folder, home, "ansible.cli.doc", "-t", "test", "-l") + run(folder, home, "ansible.cli.doc", "-t", "test", "version") +
            run(folder, home, "ansible.cli.adhoc", "localhost", "-c", "local", "-m", "debug", "-a", "msg={{ '2' is version('1', '>') }}"))


for name, packages, use, proof in (("dbt-postgres", ["dbt-core", "dbt-postgres"], dbt, "shop.unique_orders_id"),
                                   ("ansible-core", ["ansible-core"], ansible, "True")):
    package = slimtest.pip_target(name, packages)
    with slimtest.workdir() as work:
        slimtest.slim(slimtest.zip_folder(package), "-o", work / "out.zip")
        after = slimtest.unzip(work / "out.zip", work / "after")
        answers = []
        for number, folder in enumerate((package, after)):
            home = work / f"home{number}"
            (home / "tmp").mkdir(parents=True)
            answers.append(use(folder, home))
        assert answers[0] == answers[1], (name, answers)
        assert proof in answers[0], answers[0]
