"""An HTTP API behind API Gateway: FastAPI by way of Mangum, with its orders in DynamoDB and a queue."""
import enum
import json

import boto3
from fastapi import Depends, FastAPI, Header, HTTPException, Query
from fastapi.responses import PlainTextResponse
from mangum import Mangum
from pydantic import BaseModel, Field, field_validator

app = FastAPI(title="Shop")


class Kind(enum.StrEnum):
    book = "book"
    game = "game"


class Order(BaseModel):
    name: str = Field(min_length=2, max_length=20)
    kind: Kind
    pieces: int = Field(gt=0)
    tags: list[str] = []

    @field_validator("name")
    @classmethod
    def no_digits(cls, value: str) -> str:
        if any(letter.isdigit() for letter in value):
            raise ValueError("a name has no digits")
        return value.title()


def table():
    resource = boto3.resource("dynamodb")
    found = resource.Table("orders")
    try:
        found.load()
    except resource.meta.client.exceptions.ResourceNotFoundException:
        found = resource.create_table(
            TableName="orders", KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST")
        found.wait_until_exists()
    return found


def user(authorization: str = Header()):
    if not authorization.startswith("Bearer "):
        raise HTTPException(401, "who are you?")
    return authorization.removeprefix("Bearer ")


@app.post("/orders", status_code=201)
def create(order: Order, who: str = Depends(user), orders=Depends(table)):
    orders.put_item(Item=order.model_dump(mode="json") | {"who": who})
    queue = boto3.client("sqs").create_queue(QueueName="orders")["QueueUrl"]
    sent = boto3.client("sqs").send_message(QueueUrl=queue, MessageBody=order.model_dump_json())
    return {"order": order, "md5": sent["MD5OfMessageBody"]}


@app.get("/orders/{name}")
def read(name: str, orders=Depends(table)):
    item = orders.get_item(Key={"name": name}).get("Item")
    if item is None:
        raise HTTPException(404, f"no order for {name}")
    return {key: int(value) if key == "pieces" else value for key, value in sorted(item.items())}


@app.get("/queue", response_class=PlainTextResponse)
def queue(count: int = Query(1, ge=1, le=5)):
    client = boto3.client("sqs")
    url = client.get_queue_url(QueueName="orders")["QueueUrl"]
    messages = client.receive_message(QueueUrl=url, MaxNumberOfMessages=count).get("Messages", [])
    return "\n".join(json.loads(message["Body"])["name"] for message in messages)


handler = Mangum(app, lifespan="off")
