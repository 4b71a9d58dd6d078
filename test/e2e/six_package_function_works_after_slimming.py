#!/usr/bin/env python3
# labels: corpus registry
# timeout: 900
"""The typical function (boto3 requests pandas numpy Pillow pymysql) imports and computes after slimming, where the
shell recipe leaves one that does not start."""
import slimtest
from six_packages import PACKAGES, WORK

package = slimtest.zip_folder(slimtest.pip_target("six", PACKAGES))
with slimtest.workdir() as work:
    done = slimtest.slim(package, "-o", work / "out.zip")
    print(done.stdout)
    folder = slimtest.unzip(work / "out.zip", work / "out")
    ran = slimtest.python_in(folder, WORK)
    assert ran.stdout.strip() == "works", ran.stderr
    assert (work / "out.zip").stat().st_size < 0.7 * package.stat().st_size

    # Slimming what is slim already changes no byte.
    slimtest.slim(work / "out.zip", "-o", work / "again.zip")
    assert slimtest.sha256(work / "out.zip") == slimtest.sha256(work / "again.zip")
