"""FastAPI behind Mangum: requests as Lambda sends them, validation errors, the OpenAPI document."""
from fastapi import Depends, FastAPI, HTTPException
from mangum import Mangum
from pydantic import BaseModel, EmailStr, Field


class Order(BaseModel):
    name: str = Field(min_length=2)
    count: int = 1
    mail: EmailStr | None = None


app = FastAPI(title="orders")


def limit(q: int = 10) -> int:
    return q


@app.get("/orders/{number}")
async def one(number: int, q: int = Depends(limit)):
    if number > 100:
        raise HTTPException(404, "no such order")
    return {"number": number, "q": q}


@app.post("/orders", status_code=201)
async def make(order: Order) -> Order:
    return order


def asks(method: str, path: str, body: str | None = None):
    event = {"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "q=3", "cookies": [],
             "headers": {"content-type": "application/json", "host": "x"}, "isBase64Encoded": False, "body": body,
             "requestContext": {"http": {"method": method, "path": path, "sourceIp": "127.0.0.1", "protocol": "HTTP/1.1"},
                                "stage": "$default"}}
    answer = Mangum(app, lifespan="off")(event, {})
    return answer["statusCode"], answer["body"]


def gives_an_order():
    return asks("GET", "/orders/7")


def has_no_such_order():
    return asks("GET", "/orders/700")


def makes_an_order():
    return asks("POST", "/orders", '{"name": "tea", "count": 3, "mail": "a@example.com"}')


def refuses_a_bad_order():
    return asks("POST", "/orders", '{"name": "t", "count": "x", "mail": "nobody"}')


def describes_itself():
    return asks("GET", "/openapi.json")


def shows_its_documentation():
    return asks("GET", "/docs")


def makes_models_by_name():
    from pydantic import TypeAdapter, create_model
    made = create_model("Made", x=(int, 3), y=(list[str], ...))
    return made(y=["a"]).model_dump(), TypeAdapter(dict[str, Order]).json_schema()
