"""Real packages before and after slimming: nothing that imported stops importing, no distribution goes missing."""
import re

import slimtest


def check(specs: list[str], rules: tuple = ()) -> None:
    """Each spec is what pip installs into one folder, "a+b" for two at once."""
    for spec in specs:
        package = slimtest.pip_target("survival-" + re.sub(r"[^A-Za-z0-9.]+", "-", spec), spec.split("+"))
        with slimtest.workdir() as work:
            result = slimtest.report(package, "-o", work / "out.zip", *rules)
            told = slimtest.slim("verify", work / "out.zip", "--against", package)
            totals = result["totals"]
            print(f"{spec}: {totals['unpacked_before']:,} -> {totals['unpacked_after']:,} bytes; "
                  f"{told.stdout.splitlines()[0].split(': ', 1)[1]}", flush=True)
            assert "; 0 regressed" in told.stdout, told.stdout
