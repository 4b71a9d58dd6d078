"""The typical data function: what it installs, and code that prints "works" where all of it does."""

PACKAGES = ["boto3", "requests", "pandas", "numpy", "Pillow", "pymysql"]
WORK = """
import boto3, requests, pandas, numpy, pymysql, io
from PIL import Image
x = numpy.linalg.solve(numpy.array([[3.0, 1.0], [1.0, 2.0]]), numpy.array([9.0, 8.0]))
assert abs(x - [2.0, 3.0]).max() < 1e-12, x
for kind in ("JPEG", "PNG"):
    data = io.BytesIO()
    Image.new("RGB", (32, 32), (200, 10, 10)).save(data, kind)
    assert Image.open(io.BytesIO(data.getvalue())).convert("RGB").getpixel((5, 5))[0] > 150
sums = pandas.DataFrame({"k": ["a", "b", "a"], "v": [1, 2, 3]}).groupby("k").v.sum()
assert sums.to_dict() == {"a": 4, "b": 2}, sums
client = boto3.client("s3", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="y")
assert client.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}).startswith("https://")
print("works")
"""
