"""The typical data function: reads a table from S3, computes with it, draws, and answers."""
import base64
import io
import json

import boto3
import numpy
import pandas
import pymysql
import requests
from PIL import Image, ImageDraw, ImageFilter

S3 = boto3.client("s3")
TABLE = boto3.resource("dynamodb").Table("results")


def put(event):
    S3.create_bucket(Bucket=event["bucket"], CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    S3.put_object(Bucket=event["bucket"], Key=event["key"], Body=event["text"].encode(), ContentType="text/csv", Metadata={"by": "a function"})
    found = S3.head_object(Bucket=event["bucket"], Key=event["key"])
    return {"bytes": found["ContentLength"], "tag": found["ETag"], "type": found["ContentType"], "metadata": found["Metadata"]}


def summarise(event):
    body = S3.get_object(Bucket=event["bucket"], Key=event["key"])["Body"]
    table = pandas.read_csv(body, parse_dates=["day"])
    sums = table.groupby("shop").agg(turnover=("sum", "sum"), visits=("sum", "size"))
    weeks = table.set_index("day")["sum"].resample("W").sum()
    return {"sums": json.loads(sums.to_json()), "weeks": {str(day.date()): float(value) for day, value in weeks.items()},
            "described": json.loads(table["sum"].describe().to_json()), "html": len(sums.to_html())}


def pivot(event):
    table = pandas.DataFrame(event["rows"])
    wide = table.pivot_table(index="shop", columns="kind", values="sum", aggfunc="sum", fill_value=0)
    merged = table.merge(pandas.DataFrame({"shop": ["a", "b"], "town": ["Ulm", "Bern"]}), on="shop", how="left")
    return {"wide": json.loads(wide.to_json()), "towns": merged["town"].fillna("?").tolist(), "quantile": float(table["sum"].quantile(0.75))}


def solve(event):
    matrix, right = numpy.array(event["matrix"]), numpy.array(event["right"])
    values = numpy.linalg.eigvalsh(matrix @ matrix.T)
    return {"x": numpy.linalg.solve(matrix, right).round(9).tolist(), "values": values.round(6).tolist(),
            "fft": numpy.abs(numpy.fft.rfft(right)).round(9).tolist(), "rank": int(numpy.linalg.matrix_rank(matrix)),
            "random": numpy.random.default_rng(event["seed"]).integers(0, 100, 5).tolist()}


def draw(event):
    image = Image.new("RGB", (64, 48), event["colour"])
    ImageDraw.Draw(image).ellipse((8, 8, 40, 40), fill="white", outline="black")
    image = image.filter(ImageFilter.GaussianBlur(2)).resize((32, 24), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    image.save(data, event["format"])
    again = Image.open(io.BytesIO(data.getvalue()))
    return {"format": again.format, "size": again.size, "pixel": again.convert("RGB").getpixel((12, 12)), "mode": again.mode}


def remember(event):
    boto3.client("dynamodb").create_table(
        TableName="results", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST")
    TABLE.put_item(Item={"id": event["id"], "numbers": {1, 2, 3}, "nested": {"list": [True, None, "x"]}})
    return repr(sorted(TABLE.get_item(Key={"id": event["id"]})["Item"].items(), key=lambda pair: pair[0]))


def presign(event):
    url = S3.generate_presigned_url("get_object", Params={"Bucket": event["bucket"], "Key": event["key"]}, ExpiresIn=60)
    return requests.Request("GET", url, params={"x": "ä"}).prepare().url.split("?")[0]


def missing(event):
    try:
        S3.get_object(Bucket=event["bucket"], Key="nothing")
    except S3.exceptions.NoSuchKey as error:
        return error.response["Error"]["Code"]


def database(event):
    try:
        pymysql.connect(host="127.0.0.1", port=9, user="x", connect_timeout=1)
    except pymysql.err.OperationalError as error:
        return [error.args[0], pymysql.converters.escape_item(event["text"], "utf8mb4")]


def handler(event, context):
    answer = {"put": put, "summarise": summarise, "pivot": pivot, "solve": solve, "draw": draw, "remember": remember,
              "presign": presign, "missing": missing, "database": database}[event["do"]](event)
    return {"statusCode": 200, "function": context.function_name, "answer": answer, "size": len(base64.b64encode(json.dumps(answer).encode()))}
