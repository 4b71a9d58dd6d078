#!/usr/bin/env python3
# labels: lambda corpus registry
# timeout: 900
"""Under Lambda's real runtime client and emulator the six-package function answers the same before and after slimming,
as a function and as a layer under a stand-in /opt."""
import shutil

import lambda_runtime
import slimtest

PACKAGES = ["boto3", "requests", "pandas", "numpy", "Pillow", "pymysql"]
HANDLER = '''
import boto3, io, numpy, pandas, pymysql, requests
from PIL import Image

def handler(event, context):
    data = io.BytesIO()
    Image.new("RGB", (8, 8), (1, 2, 3)).save(data, "PNG")
    return {
        "sum": int(pandas.DataFrame({"v": event["values"]}).v.sum()),
        "solved": numpy.linalg.solve(numpy.eye(2) * 2, numpy.array([2.0, 4.0])).tolist(),
        "png": data.getvalue()[:4].hex(),
        "host": boto3.client("s3").meta.endpoint_url,
    }
'''
EVENT = {"values": [1, 2, 3]}

libraries = slimtest.pip_target("six", PACKAGES)
with slimtest.workdir() as work:
    task = work / "task"
    shutil.copytree(libraries, task, symlinks=True)
    (task / "app.py").write_text(HANDLER)
    before, cold_before = lambda_runtime.invoke(task, "app.handler", EVENT)
    assert before["sum"] == 6 and before["solved"] == [1.0, 2.0], before

    slimtest.slim(task, "-o", work / "function.zip")
    after, cold_after = lambda_runtime.invoke(slimtest.unzip(work / "function.zip", work / "slim"), "app.handler", EVENT)
    assert after == before, after
    print(f"function: first answer after {cold_before:.2f} s before slimming, {cold_after:.2f} s after")

    opt = work / "layer"
    shutil.copytree(libraries, opt / "python", symlinks=True)
    slimtest.slim(opt, "-o", work / "layer.zip")
    handler_only = work / "handler"
    handler_only.mkdir()
    (handler_only / "app.py").write_text(HANDLER)
    unslimmed, _ = lambda_runtime.invoke(handler_only, "app.handler", EVENT, opt)
    assert unslimmed == before, unslimmed
    layered, _ = lambda_runtime.invoke(handler_only, "app.handler", EVENT, slimtest.unzip(work / "layer.zip", work / "opt"))
    assert layered == before, layered
