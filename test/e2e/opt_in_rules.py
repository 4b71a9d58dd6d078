#!/usr/bin/env python3
"""Rules that carry a risk do nothing until they are enabled, and then take all that belongs together."""
import slimtest

FILES = {
    "app.py": "import boto3\n",
    **{f"{name}/__init__.py": "" for name in ("boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil", "requests")},
    "six.py": "", "requests/vendor/urllib3/__init__.py": "",
    **{f"{name}.dist-info/METADATA": f"Name: {name.split('-')[0]}\nVersion: 1\n" for name in
       ("boto3-1", "botocore-1", "s3transfer-1", "jmespath-1", "urllib3-2", "python_dateutil-2", "six-1", "requests-2")},
    "nvidia/cublas/lib/libcublas.so.12": "not really",
    "triton/__init__.py": "",
}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)

    def left(*arguments) -> set:
        slimtest.slim(package, "-o", work / "out.zip", *arguments)
        return set(slimtest.read_zip(work / "out.zip"))

    assert left() == set(FILES)
    without = left("--enable", "aws-runtime-packages")
    assert without == {"app.py", "requests/__init__.py", "requests/vendor/urllib3/__init__.py", "requests-2.dist-info/METADATA",
                       "nvidia/cublas/lib/libcublas.so.12", "triton/__init__.py"}, sorted(without)
    assert not [n for n in left("--enable", "gpu-libraries") if n.startswith(("nvidia/", "triton/"))]

    layer = slimtest.write_zip(work / "layer.zip", {"python/" + name: text for name, text in FILES.items()})
    slimtest.slim(layer, "-o", work / "layer-out.zip", "--enable", "aws-runtime-packages")
    assert "python/boto3/__init__.py" not in slimtest.read_zip(work / "layer-out.zip")
    assert "python/requests/vendor/urllib3/__init__.py" in slimtest.read_zip(work / "layer-out.zip")
