"""Makes small pictures of those that arrive in a bucket: one event for each, as S3 sends them."""
import io

import boto3
from PIL import ExifTags, Image, ImageDraw, ImageFont, ImageOps

S3 = boto3.client("s3")


def upload(event):
    S3.create_bucket(Bucket="pictures", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    for name, kind in event["pictures"].items():
        image = Image.effect_mandelbrot((120, 90), (-2, -1.2, 1, 1.2), 50).convert("RGB")
        ImageDraw.Draw(image).text((5, 5), name, font=ImageFont.load_default(), fill="red")
        exif = image.getexif()
        exif[ExifTags.Base.Orientation] = 6
        data = io.BytesIO()
        image.save(data, kind, **({"exif": exif} if kind in ("JPEG", "WEBP") else {}))
        S3.upload_fileobj(io.BytesIO(data.getvalue()), "pictures", name)
    pages = S3.get_paginator("list_objects_v2").paginate(Bucket="pictures", PaginationConfig={"PageSize": 2})
    return sorted(item["Key"] for page in pages for item in page["Contents"])


def shrink(record):
    data = io.BytesIO()
    S3.download_fileobj(record["s3"]["bucket"]["name"], record["s3"]["object"]["key"], data)
    image = ImageOps.exif_transpose(Image.open(data))
    image.thumbnail((32, 32))
    small = io.BytesIO()
    ImageOps.grayscale(image.convert("RGB")).save(small, "PNG", optimize=True)
    S3.put_object(Bucket="pictures", Key="small/" + record["s3"]["object"]["key"], Body=small.getvalue(), Tagging="kind=small")
    tags = S3.get_object_tagging(Bucket="pictures", Key="small/" + record["s3"]["object"]["key"])["TagSet"]
    return {"size": image.size, "colours": len(image.convert("RGB").getcolors(4096)), "tags": tags}


def handler(event, context):
    return upload(event) if "pictures" in event else [shrink(record) for record in event["Records"]]
