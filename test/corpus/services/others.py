"""Other services: plugins and transports by name, discovery documents, keys, tokens, traces."""


def builds_google_clients():
    from googleapiclient.discovery import build
    drive = build("drive", "v3", developerKey="x", static_discovery=True)
    return drive.files().list(pageSize=3).uri, build("sheets", "v4", developerKey="x").spreadsheets().get(spreadsheetId="s").uri


def runs_a_celery_task():
    from celery import Celery
    app = Celery("t", broker="memory://", backend="rpc://")
    app.conf.task_always_eager = True

    @app.task(name="add")
    def add(x, y):
        return x + y

    return add.delay(2, 3).get(), app.conf.broker_url, sorted(n for n in app.tasks if n.startswith("celery."))[:3]


def passes_messages():
    from kombu import Connection
    from kombu.transport import TRANSPORT_ALIASES
    with Connection("memory://") as connection:
        queue = connection.SimpleQueue("q")
        queue.put({"a": [1]}, serializer="json", compression="zlib")
        return queue.get(timeout=1).payload, sorted(TRANSPORT_ALIASES)


def asks_openai():
    import httpx
    import openai
    answer = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hi", "refusal": None}}]}
    client = openai.OpenAI(api_key="k", http_client=httpx.Client(transport=httpx.MockTransport(lambda r: httpx.Response(200, json=answer))))
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": "x"}]).choices[0].message.content, sorted(
        n for n in dir(client) if not n.startswith("_"))[:30]


def traces():
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
    memory = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(memory))
    with provider.get_tracer("t").start_as_current_span("a"):
        with trace.use_span(trace.get_current_span()):
            pass
    return [s.name for s in memory.get_finished_spans()], type(OTLPSpanExporter()).__name__


def finds_telemetry_plugins():
    from opentelemetry.util._importlib_metadata import entry_points
    return sorted({e.name for group in ("opentelemetry_propagator", "opentelemetry_traces_exporter", "opentelemetry_id_generator", "opentelemetry_context")
                   for e in entry_points(group=group)})


def makes_tokens_and_keys():
    import jwt
    from cryptography import x509
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519
    key = ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    token = jwt.encode({"a": 1}, key, algorithm="EdDSA")
    digest = hashes.Hash(hashes.SHA256())
    digest.update(b"x")
    return jwt.decode(token, key.public_key(), algorithms=["EdDSA"]), Fernet(Fernet.generate_key()).__class__.__name__, digest.finalize().hex(), key.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode(), str(x509.Name.from_rfc4514_string("CN=a,O=b"))


def speaks_ssh():
    import io

    import paramiko
    key = paramiko.RSAKey.generate(1024)
    out = io.StringIO()
    key.write_private_key(out)
    return paramiko.RSAKey(file_obj=io.StringIO(out.getvalue())) == key, sorted(paramiko.Transport._preferred_ciphers)[:3]


def fails_to_reach_databases():
    import pymysql
    import redis
    answers = []
    try:
        pymysql.connect(host="127.0.0.1", port=1, connect_timeout=1)
    except pymysql.err.OperationalError as error:
        answers.append(error.args[0])
    try:
        redis.Redis(port=1).ping()
    except redis.exceptions.ConnectionError as error:
        answers.append(type(error).__name__)
    return answers, pymysql.charset.charset_by_name("utf8mb4").id


def talks_to_stripe():
    import stripe
    return stripe.Event.construct_from({"type": "x", "data": {"object": {"object": "charge", "amount": 3}}}, "k").data.object.amount, len(stripe.Charge.class_url())
