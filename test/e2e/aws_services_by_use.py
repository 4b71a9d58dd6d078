#!/usr/bin/env python3
"""--services keeps the data of named services, and with auto of those that the code names; a name that only the running
code knows keeps all, and the report says where."""
import pathlib
import py_compile

import slimtest

DATA = {f"botocore/data/{service}/2020-01-01/service-2.json.gz": "x" * 100
        for service in ("s3", "dynamodb", "ec2", "sts", "sso", "sso-oidc", "signin")}
SDK = {
    "boto3/__init__.py": "", "boto3/session.py": "class Session:\n    def client(self, service_name):\n        return self._session.create_client(service_name)\n",
    "botocore/__init__.py": "", "botocore/data/endpoints.json": "{}", "botocore/data/partitions.json": "{}",
    "botocore/data/_retry.json": "{}",
    "boto3/data/ec2/2016-11-15/resources-1.json": "{}",
    **DATA,
}
ALWAYS = {"endpoints.json", "partitions.json", "_retry.json", "sts", "sso", "sso-oidc", "signin"}


def kept_services(code: str, *arguments, extra: dict | None = None) -> tuple[set, dict]:
    with slimtest.workdir() as work:
        package = slimtest.write_zip(work / "in.zip", {"app.py": code, **SDK, **(extra or {})} if code else extra)
        result = slimtest.report(package, *arguments)
        kept = {f["path"].split("/data/")[1].split("/")[0] for f in result["files"] if "/data/" in f["path"] and f["action"] == "keep"}
        return kept, result


assert kept_services("import boto3\n")[0] == ALWAYS | {"s3", "dynamodb", "ec2"}, "nothing goes without being asked"
assert kept_services("import boto3\n", "--services", "s3")[0] == ALWAYS | {"s3"}
assert kept_services("import boto3\n", "--services", "s3,ec2")[0] == ALWAYS | {"s3", "ec2"}
auto, _ = kept_services("import boto3\nboto3.client('s3')\nboto3.session.Session().resource(service_name='dynamodb')\n", "--services", "auto")
assert auto == ALWAYS | {"s3", "dynamodb"}, auto
everything, result = kept_services("import boto3, os\nboto3.client('s3')\n\nboto3.client(os.environ['SERVICE'])\n", "--services", "auto")
assert everything == ALWAYS | {"s3", "dynamodb", "ec2"}, everything
holds = next(f["holds"] for f in result["files"] if "/ec2/" in f["path"])
assert any("app.py line 4" in hold["reason"] for hold in holds), holds
both, _ = kept_services("import boto3\nboto3.client('s3')\n", "--services", "auto,ec2")
assert both == ALWAYS | {"s3", "ec2"}, both

# A call whose name is not seen, however it is made, keeps all; one under another name is seen.
CALL = "import boto3\nboto3.client('s3')\n"
for unseen in ("make = boto3.client\nmake('ec2')\n", "import functools\nf = functools.partial(boto3.client, 'ec2')\n",
               "import boto3 as aws\nclients = list(map(aws.client, ['ec2']))\n", "for name in ('ec2',):\n    boto3.client(name)\n",
               "session = boto3.Session()\nmake = session.client\n", "boto3.client(*['ec2'])\n", "boto3.client(**{'service_name': 'ec2'})\n",
               "getattr(boto3, 'client')('ec2')\n", "session = boto3.Session()\ngetattr(session, 'client')('ec2')\n",
               "import helper\nhelper.start(boto3, 'ec2')\n", "aws = boto3\nname = 'client'\nvars(aws)[name]('ec2')\n"):
    assert "ec2" in kept_services(CALL + unseen, "--services", "auto", extra={"helper.py": ""})[0], unseen
renamed, _ = kept_services(CALL + "from boto3 import client as make\nmake('ec2')\n", "--services", "auto")
assert renamed == ALWAYS | {"s3", "ec2"}, renamed

# A layer's module makes clients that nobody sees; the runtime's modules, and what only a type checker imports, make none.
for outside in ("import pynamodb.models\n", "try:\n    from aws_lambda_powertools import Logger\nexcept ImportError:\n    pass\n",
                "import importlib\nimportlib.import_module('company.clients')\n"):
    kept, result = kept_services(CALL + outside, "--services", "auto")
    assert "ec2" in kept, outside
    assert any("not in the package" in hold["reason"] for f in result["files"] if "/ec2/" in f["path"] for hold in f["holds"]), outside
inside = "import json, urllib3, helper\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from mypy_boto3_s3 import S3Client\n"
assert kept_services(CALL + inside, "--services", "auto", extra={"helper.py": ""})[0] == ALWAYS | {"s3"}

# Nor does a layer know who uses it, and what an installed package imports where it can is no word of the user's code.
in_layer, _ = kept_services("", "--services", "auto", extra={"python/app.py": CALL, **{"python/" + path: text for path, text in SDK.items()}})
assert "ec2" in in_layer, in_layer
ORM = {"orm/__init__.py": "try:\n    import psycopg\nexcept ImportError:\n    psycopg = None\n",
       "orm-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: orm\nVersion: 1.0\n", "orm-1.0.dist-info/top_level.txt": "orm\n"}
assert kept_services(CALL + "import orm\n", "--services", "auto", extra=ORM)[0] == ALWAYS | {"s3"}

# Compiled code shows that it deals with AWS, and no more.
with slimtest.workdir() as work:
    (work / "hidden.py").write_text("import boto3\nboto3.client('ec2')\n")
    compiled = pathlib.Path(py_compile.compile(str(work / "hidden.py"), cfile=str(work / "hidden.pyc"))).read_bytes()
    package = slimtest.write_zip(work / "in.zip", {"app.py": CALL, "hidden.pyc": compiled, **SDK})
    plan = slimtest.report(package, "--services", "auto")
    ec2 = next(f for f in plan["files"] if f["path"].startswith("botocore/data/ec2/"))
    assert ec2["action"] == "keep" and "hidden.pyc is compiled" in ec2["holds"][0]["reason"], ec2
