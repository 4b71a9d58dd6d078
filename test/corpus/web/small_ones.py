"""Small libraries of the web: bottle, httpx, marshmallow, email-validator, starlette."""


def validates_mail():
    from email_validator import EmailNotValidError, validate_email
    answers = []
    for mail in ("someone@example.org", "Ünï@exämple.org", "no one@x", "a@localhost"):
        try:
            answers.append(validate_email(mail, check_deliverability=False).normalized)
        except EmailNotValidError as error:
            answers.append(str(error))
    return answers


def loads_with_marshmallow():
    from marshmallow import Schema, ValidationError, fields, validate

    class Person(Schema):
        name = fields.Str(required=True, validate=validate.Length(min=2))
        mail = fields.Email()
        born = fields.Date()

    try:
        Person().load({"name": "x", "mail": "?"})
    except ValidationError as error:
        return error.messages, Person().dump({"name": "Ada", "mail": "a@b.c"})


def asks_with_httpx():
    import httpx
    client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, json={"path": request.url.path})))
    answer = client.get("https://example.org/a?b=1")
    return answer.json(), answer.headers["content-type"], httpx.URL("https://münchen.de/ü").raw_host.decode()


def makes_a_tls_context():
    import httpx
    return type(httpx.create_ssl_context()).__name__


def renders_with_bottle():
    import bottle
    return bottle.template("% for x in xs:\n{{x}};\n% end\n", xs=["<a>", "b"]), len(bottle.server_names)


def streams_with_starlette():
    import asyncio

    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route
    app = Starlette(routes=[Route("/x", lambda request: PlainTextResponse("hello"))])
    sent = []

    async def run():
        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            sent.append((message["type"], message.get("status"), message.get("body", b"").decode()))
        await app({"type": "http", "method": "GET", "path": "/x", "headers": [], "query_string": b"", "root_path": ""}, receive, send)
    asyncio.run(run())
    return sent
