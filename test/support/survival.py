"""Real packages before and after slimming: nothing that imported stops importing, no distribution goes missing, and slim did
take something: a run that changes nothing, or a trial that tries nothing, would pass for any package."""
import re
import typing

import slimtest


class Floor(typing.NamedTuple):
    """At least that much, in any release that pip may give: somewhat below what is measured today."""
    modules: int        # import in the original
    distributions: int  # whose metadata is asked for
    saved: int          # unpacked bytes


TOLD = re.compile(r": ([\d,]+) modules and ([\d,]+) distributions worked in ")


def check(floors: dict, rules: tuple = ()) -> None:
    """Each key is what pip installs into one folder, "a+b" for two at once."""
    assert floors
    for spec, floor in floors.items():
        package = slimtest.pip_target("survival-" + re.sub(r"[^A-Za-z0-9.]+", "-", spec), spec.split("+"))
        with slimtest.workdir() as work:
            result = slimtest.report(package, "-o", work / "out.zip", *rules)
            told = slimtest.slim("verify", work / "out.zip", "--against", package)
            totals = result["totals"]
            print(f"{spec}: {totals['unpacked_before']:,} -> {totals['unpacked_after']:,} bytes; "
                  f"{told.stdout.splitlines()[0].split(': ', 1)[1]}", flush=True)
            assert "; 0 regressed" in told.stdout, told.stdout
            modules, distributions = (int(number.replace(",", "")) for number in TOLD.search(told.stdout).groups())
            saved = totals["unpacked_before"] - totals["unpacked_after"]
            for what, figure, least in zip(Floor._fields, (modules, distributions, saved), floor):
                assert figure >= least, f"{spec}: {what} {figure:,}, where at least {least:,} were expected"
