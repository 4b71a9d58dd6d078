#!/usr/bin/env python3
"""A value that names something is compared with what is there. Where a typo would take away what is needed it is an error, and
nothing is written; a glob that matches nothing is a warning, as a slim.toml serves several packages; both know what was meant."""
import gzip
import json

import slimtest


def model(title: str) -> bytes:
    return gzip.compress(json.dumps({"version": "2.0", "metadata": {"serviceFullName": f"Amazon {title}", "serviceId": title}}).encode())


SDK = {f"botocore/data/{service}/2020-01-01/service-2.json.gz": "x" * 100
       for service in ("s3", "ec2", "dynamodb", "secretsmanager", "cognito-idp", "sts")}
FILES = {"app.py": "import boto3\nboto3.client('s3')\n", "boto3/__init__.py": "", "botocore/__init__.py": "",
         "pandas/__init__.py": "", "pandas/tests/__init__.py": "", "pandas/tests/test_x.py": "import pytest\n", "pandas/io/data.bin": "x",
         **SDK}


def told(package, *args, cwd=None) -> list:
    """The messages of what has no effect."""
    plan = slimtest.report(package, *args)
    return [f["message"] for f in plan["findings"] if f["id"] in ("matches-nothing", "services-without-effect")
            and f["severity"] == "warning"]


with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)
    plain = slimtest.write_zip(work / "plain.zip", {"app.py": ""})

    # A service that isn't there: the data of the one that was meant would go.
    for wrong, meant in {"s33": "s3", "S3": "s3", "DynamoDB": "dynamodb", "secrets-manager": "secretsmanager", "cognito": "cognito-idp",
                         "s3,ec22": "ec2", "atuo": "auto"}.items():
        for command in ([package, "-o", work / "out.zip"], ["rules", package], ["explain", package, "app.py"]):
            error = slimtest.slim(*command, "--services", wrong, code=2).stderr
            assert f"did you mean '{meant}'?" in error and error.count("\n") == 1, error
    # AWS's own name for a service, which boto3 calls otherwise, stands in botocore's data.
    titled = slimtest.write_zip(work / "titled.zip", {**FILES, "botocore/data/events/1/service-2.json.gz": model("EventBridge"),
                                                      "botocore/data/logs/1/service-2.json": gzip.decompress(model("CloudWatch Logs")),
                                                      "botocore/data/odd/1/service-2.json.gz": b"\x1f\x8b\x08\x08no end"})
    for wrong, meant in {"EventBridge": "events", "cloudwatch-logs": "logs", "aws cloudwatch logs": "logs"}.items():
        error = slimtest.slim(titled, "-n", "--services", wrong, code=2).stderr
        assert f"did you mean '{meant}'?" in error, error
    assert "boto3.client()" in slimtest.slim(package, "-n", "--services", "no-such-thing-at-all", code=2).stderr
    assert "names no service" in slimtest.slim(package, "-n", "--services", ",", code=2).stderr
    assert not (work / "out.zip").exists()
    assert told(package, "--services", "s3, ec2,auto") == []
    assert told(plain, "--services", "s3") == ["--services has no effect: the package holds no data of botocore"]
    wheel = slimtest.write_zip(work / "x-1-py3-none-any.whl", FILES)
    assert told(wheel, "--services", "s33") == ["--services has no effect: a wheel is left whole"]
    # A folder of another name above the data is none of its services.
    deep = slimtest.write_zip(work / "deep.zip", {f"data/python/{name}": text for name, text in FILES.items()})
    kept = {f["path"].split("/")[4] for f in slimtest.report(deep, "--services", "ec2")["files"]
            if "botocore/data/" in f["path"] and f["action"] == "keep"}
    assert kept == {"ec2", "sts"}, kept

    # Globs.
    for wrong, meant in {"panda/tests/**": "pandas/tests/**", "pandas/test": "pandas/tests", "./app.py": "app.py", "/var/task/app.py": "app.py",
                         "tests/test_x.py": "**/tests/test_x.py", "aap.py": "app.py", "Pandas": "pandas"}.items():
        for flag in ("--keep", "--drop"):
            [message] = told(package, flag, wrong)
            assert message == f"{flag} '{wrong}' matches no file of the package: did you mean '{meant}'?", message
    [message] = told(package, "--keep-strip", "**/*.bin")
    assert message == "--keep-strip '**/*.bin' matches no ELF file of the package: check its spelling, or leave it out", message
    assert told(package, "--keep", "*.rs", "--drop", "nowhere/**") == [
        "--keep '*.rs' matches no file of the package: check its spelling, or leave it out",
        "--drop 'nowhere/**' matches no file of the package: check its spelling, or leave it out"]
    # A folder is all that is in it, with its slash or without.
    for name in ("pandas/tests", "pandas/tests/", "tests/", "tests"):
        assert told(package, "--keep", name) == [], name
        plan = slimtest.actions(slimtest.report(package, "--keep", name))
        assert plan["pandas/tests/test_x.py"] == ("keep", None), name
    assert slimtest.actions(slimtest.report(package, "--drop", "pandas/io/"))["pandas/io/data.bin"][0] == "drop"
    empty = slimtest.write_zip(work / "empty.zip", {"app.py": "", "cache/": ""})
    assert told(empty, "--keep", "cache") == [] and len(told(empty, "--drop", "cache")) == 1, "an empty folder always stays"

    # slim.toml says where.
    (work / "slim.toml").write_text('[[keep]]\npath = "panda/**"\nreason = "r"\n')
    plan = slimtest.slim("in.zip", "-n", cwd=work).stdout
    assert "slim.toml: line 2, column 8: keep 'panda/**'" in " ".join(plan.split()), plan
    (work / "slim.toml").write_text('services = ["s3", "s33"]\n')
    error = slimtest.slim("in.zip", "-n", code=2, cwd=work).stderr
    assert error.startswith("slim: slim.toml: line 1, column 19: services s33: ") and "did you mean 's3'?" in error, error
    (work / "slim.toml").unlink()

    # Rules, budgets, and files to explain.
    assert "did you mean 'python-tests'?" in slimtest.slim(package, "-n", "--disable", "python-test", code=2).stderr
    assert "did you mean 'pandas'?" in slimtest.slim("check", package, "--budget", "Pandas=1MB", code=2).stderr
    assert "did you mean 'pandas/io/data.bin'?" in slimtest.slim("explain", package, "panda/io/data.bin", code=2).stderr
