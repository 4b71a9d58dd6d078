"""Chains of prompts, models and parsers. The model is langchain-core's own for tests, which says what it is told to say."""
import json

from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, trim_messages
from langchain_core.output_parsers import CommaSeparatedListOutputParser, JsonOutputParser, PydanticOutputParser, StrOutputParser
from langchain_core.prompts import ChatPromptTemplate, FewShotPromptTemplate, MessagesPlaceholder, PromptTemplate
from langchain_core.runnables import RunnableLambda, RunnableParallel, RunnablePassthrough
from langchain_core.tools import tool
from langchain_core.vectorstores import InMemoryVectorStore
from pydantic import BaseModel


class Town(BaseModel):
    name: str
    people: int


@tool
def add(a: int, b: int) -> int:
    """Adds two numbers."""
    return a + b


def chain(event):
    prompt = ChatPromptTemplate.from_messages([("system", "Be {mood}."), MessagesPlaceholder("history"), ("human", "{text}")])
    model = FakeListChatModel(responses=event["says"])
    made = RunnablePassthrough() | prompt | model | StrOutputParser()
    given = {"mood": "kind", "text": event["text"], "history": [HumanMessage("hi"), AIMessage("hello")]}
    return {"answer": made.invoke(given), "stream": list(made.stream(given)), "prompt": prompt.format(**given)}


def parse(event):
    model = FakeListChatModel(responses=event["says"])
    return {"json": (model | JsonOutputParser()).invoke("x"), "town": (model | PydanticOutputParser(pydantic_object=Town)).invoke("x").model_dump(),
            "list": CommaSeparatedListOutputParser().parse("a, b,c"), "schema": PydanticOutputParser(pydantic_object=Town).get_format_instructions()[:80]}


def tools(event):
    return {"result": add.invoke({"a": event["a"], "b": event["b"]}), "schema": add.args, "description": add.description}


def parallel(event):
    made = RunnableParallel(twice=RunnableLambda(lambda n: n * 2), text=RunnableLambda(str)).with_retry(stop_after_attempt=2)
    return {"batch": made.batch(event["numbers"]), "graph": made.get_graph().draw_mermaid().count("\n") > 3}


def few(event):
    example = PromptTemplate.from_template("{question}: {answer}")
    return FewShotPromptTemplate(examples=event["examples"], example_prompt=example, suffix="{text}?", input_variables=["text"]).format(text="Bern")


def search(event):
    from langchain_core.embeddings import DeterministicFakeEmbedding
    store = InMemoryVectorStore(DeterministicFakeEmbedding(size=16))
    store.add_documents([Document(text, metadata={"n": n}) for n, text in enumerate(event["texts"])])
    return [found.page_content for found in store.similarity_search(event["texts"][1], k=1)]


def trim(event):
    messages = [SystemMessage("s"), *(HumanMessage(text) for text in event["texts"])]
    kept = trim_messages(messages, max_tokens=2, token_counter=len, strategy="last", include_system=True)
    return [message.model_dump(mode="json", include={"type", "content"}) for message in kept]


def handler(event, context):
    answer = {"chain": chain, "parse": parse, "tools": tools, "parallel": parallel, "few": few, "search": search, "trim": trim}[event["do"]](event)
    return json.loads(json.dumps(answer, default=repr))
