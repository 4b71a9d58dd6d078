"""Asks a language model and hands on what it says. The service is a transport of httpx's own, which answers without a network."""
import json

import httpx
import openai


def service(request: httpx.Request) -> httpx.Response:
    asked = json.loads(request.content or b"{}")
    if request.url.path.endswith("/models"):
        return httpx.Response(200, json={"object": "list", "data": [{"id": "small", "object": "model", "created": 1, "owned_by": "x"}]})
    if request.url.path.endswith("/embeddings"):
        return httpx.Response(200, json={"object": "list", "model": "small", "usage": {"prompt_tokens": 1, "total_tokens": 1},
                                         "data": [{"object": "embedding", "index": 0, "embedding": [0.5, 0.25]}]})
    if asked.get("model") == "none":
        return httpx.Response(404, json={"error": {"message": "no such model", "type": "invalid_request_error", "code": "model_not_found"}})
    text = "You said " + asked["messages"][-1]["content"]
    base = {"id": "1", "created": 1, "model": asked["model"]}
    if asked.get("stream"):
        parts = [{"delta": {"role": "assistant", "content": word + " "}, "index": 0, "finish_reason": None} for word in text.split()]
        lines = [json.dumps({**base, "object": "chat.completion.chunk", "choices": [part]}) for part in parts] + ["[DONE]"]
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, content="".join(f"data: {line}\n\n" for line in lines))
    if asked.get("response_format"):
        text = json.dumps({"title": text, "stars": 4})
    return httpx.Response(200, json={**base, "object": "chat.completion", "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
                                     "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}]})


CLIENT = openai.OpenAI(api_key="x", base_url="http://model.invalid/v1", max_retries=0, http_client=httpx.Client(transport=httpx.MockTransport(service)))


def handler(event, context):
    messages = [{"role": "user", "content": event.get("text", "")}]
    match event["do"]:
        case "chat":
            done = CLIENT.chat.completions.create(model="small", messages=messages)
            return json.loads(done.model_dump_json())
        case "stream":
            return "".join(part.choices[0].delta.content or "" for part in CLIENT.chat.completions.create(model="small", messages=messages, stream=True))
        case "parse":
            from pydantic import create_model
            review = create_model("Review", title=(str, ...), stars=(int, ...))
            return CLIENT.chat.completions.parse(model="small", messages=messages, response_format=review).choices[0].message.parsed.model_dump()
        case "embed":
            return CLIENT.embeddings.create(model="small", input=event["text"], encoding_format="float").data[0].embedding
        case "models":
            return [model.id for model in CLIENT.models.list()]
        case "fail":
            try:
                CLIENT.chat.completions.create(model="none", messages=messages)
            except openai.NotFoundError as error:
                return [type(error).__name__, error.status_code, error.code]
        case "async":
            import asyncio
            client = openai.AsyncOpenAI(api_key="x", base_url="http://model.invalid/v1",
                                        http_client=httpx.AsyncClient(transport=httpx.MockTransport(service)))
            return asyncio.run(client.chat.completions.create(model="small", messages=messages)).choices[0].message.content
