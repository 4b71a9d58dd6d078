#!/usr/bin/env python3
"""Rules that carry a risk do nothing until they are enabled, and then take all that belongs together."""
import slimtest

FILES = {
    "app.py": "import boto3\n",
    **{f"{name}/__init__.py": "" for name in ("boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil", "requests")},
    "six.py": "", "requests/vendor/urllib3/__init__.py": "",
    **{f"{name}.dist-info/METADATA": f"Name: {name.split('-')[0]}\nVersion: 1\n" for name in
       ("boto3-1", "botocore-1", "s3transfer-1", "jmespath-1", "urllib3-2", "python_dateutil-2", "six-1", "requests-2")},
    "nvidia/cublas/lib/libcublas.so.12": "not really", "nvidia/other/data.txt": "no library of a GPU",
    "nvidia_cublas_cu12-1.dist-info/METADATA": "Name: nvidia-cublas-cu12\nVersion: 1\n",
    "triton/__init__.py": "", "triton-3.dist-info/METADATA": "Name: triton\nVersion: 3\n",
}
GPU = {"nvidia/cublas/lib/libcublas.so.12", "nvidia_cublas_cu12-1.dist-info/METADATA", "triton/__init__.py", "triton-3.dist-info/METADATA"}
with slimtest.workdir() as work:
    package = slimtest.write_zip(work / "in.zip", FILES)

    def left(*arguments) -> set:
        slimtest.slim(package, "-o", work / "out.zip", *arguments)
        return set(slimtest.read_zip(work / "out.zip"))

    assert left() == set(FILES)
    without = left("--enable", "aws-runtime-packages")
    assert without == {"app.py", "requests/__init__.py", "requests/vendor/urllib3/__init__.py", "requests-2.dist-info/METADATA",
                       "nvidia/other/data.txt"} | GPU, sorted(without)
    without = left("--enable", "gpu-libraries")
    assert without == set(FILES) - GPU, sorted(without ^ (set(FILES) - GPU))
    # What kept code imports stays, with the reason; libraries that nothing imports by name go all the same.
    using = slimtest.write_zip(work / "using.zip", {**FILES, "app.py": "import triton\n"})
    held = {file["path"]: file for file in slimtest.report(using, "--enable", "gpu-libraries")["files"]}
    assert held["triton/__init__.py"]["action"] == "keep", held["triton/__init__.py"]
    assert {"by": "gpu-libraries", "reason": "app.py imports triton"} in held["triton/__init__.py"]["holds"], held["triton/__init__.py"]
    assert held["nvidia/cublas/lib/libcublas.so.12"]["rule"] == "gpu-libraries"

    layer = slimtest.write_zip(work / "layer.zip", {"python/" + name: text for name, text in FILES.items()})
    slimtest.slim(layer, "-o", work / "layer-out.zip", "--enable", "aws-runtime-packages")
    assert "python/boto3/__init__.py" not in slimtest.read_zip(work / "layer-out.zip")
    assert "python/requests/vendor/urllib3/__init__.py" in slimtest.read_zip(work / "layer-out.zip")
