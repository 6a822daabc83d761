"""The guard's proxy in front of a server on this machine, and models that say what they are told to."""

import asyncio
import contextlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import openai

from vidocq.core.language import Decoding, Prompt
from vidocq.serve.proxy import application

from openai_server import Abilities, Faults, Serving, running, serving

POLICY = 'schema = 1\nlang = "en"\n[[filters]]\nkind = "personal-data"\n'
BLOCKING = POLICY + 'action = "block"\n'
KEY = "sk-planted-key-0042"
EMAIL = "jeanne.valmorin@exemple.fr"
PHONE = "06 12 34 56 78"
FILLER = "The committee will look at the file and give its opinion in the next few weeks, as it has always done. "


class Says:
    """A model with fixed answers, one after the other where several are asked for."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def write(
        self, prompts: Sequence[Prompt], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[str]]:
        return [[self._texts[i % len(self._texts)] for i in range(times)] for _ in prompts]


@dataclass
class Guarded:
    """url  of the proxy, up to /v1.   served  the server behind it.   policy, log  its files."""

    url: str
    served: Serving
    policy: Path
    log: Path

    @property
    def root(self) -> str:
        return self.url.removesuffix("/v1")

    def client(self, **more: Any) -> openai.OpenAI:
        return openai.OpenAI(base_url=self.url, api_key=KEY, **{"max_retries": 0, "timeout": 30.0, **more})

    def bare(self) -> openai.OpenAI:
        """A client of the server itself."""
        return openai.OpenAI(base_url=self.served.url, api_key=KEY, max_retries=0, timeout=30.0)

    def post(self, path: str, content: Any, **more: Any) -> httpx.Response:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        headers = {"authorization": f"Bearer {KEY}", "content-type": "application/json", **more.pop("headers", {})}
        return httpx.post(f"{self.url}{path}", content=body, headers=headers, timeout=30.0, **more)

    def chat(self, text: str = "Hello", **more: Any) -> httpx.Response:
        return self.post(
            "/chat/completions", {"model": "tiny", "messages": [{"role": "user", "content": text}], **more}
        )


@contextlib.contextmanager
def guarded(
    folder: Path,
    model: Any,
    *,
    policy: str = POLICY,
    serve: str = "",
    abilities: Abilities | None = None,
    faults: Faults = lambda place, asked: None,
) -> Iterator[Guarded]:
    """`serve` are lines of the policy's section of that name."""
    file, log = folder / "policy.toml", folder / "guard.log"
    file.write_text(f'{policy}\n[serve]\nlog = "guard.log"\n{serve}\n')
    with serving(model, abilities=abilities, faults=faults) as served:
        app = application(upstream=served.url, policy=file)
        with running(app, lifespan="on") as address:
            yield Guarded(f"{address}/v1", served, file, log)


def said(events: str) -> str:
    """The text of a streamed chat completion or completion, of its first choice."""
    found = []
    for line in events.splitlines():
        if line.startswith("data: {"):
            for choice in json.loads(line[6:]).get("choices", []):
                if choice["index"] == 0:
                    found.append(choice.get("text") or choice.get("delta", {}).get("content") or "")
    return "".join(found)


def holds(text: str, value: str) -> bool:
    """Whether six letters or digits of a value in a row stand in a text."""
    bare = "".join(c for c in value if c.isalnum())
    inside = "".join(c for c in text if c.isalnum())
    return any(bare[at : at + 6] in inside for at in range(len(bare) - 5))


ASK = {"model": "tiny", "messages": [{"role": "user", "content": "x"}], "stream": True}
HEAD = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "tiny"}


def chunk(text, **more):
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None, **more}
    return f"data: {json.dumps({**HEAD, 'choices': [choice]})}\n\n".encode()


class Raw:
    """An upstream that answers with these pieces; a number is a pause in seconds, None breaks the connection off."""

    def __init__(self, *pieces, status=200, headers=()):
        self.pieces, self.status = pieces, status
        self.headers = [(b"content-type", b"text/event-stream"), *headers]
        self.closed = None

    async def __call__(self, scope, receive, send):
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        watch = asyncio.ensure_future(self._left(receive))
        for piece in self.pieces:
            if piece is None:
                raise ConnectionError
            if isinstance(piece, bytes):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            else:
                await asyncio.wait([watch], timeout=piece)
                if watch.done():
                    return
        watch.cancel()
        await send({"type": "http.response.body", "body": b""})

    async def _left(self, receive):
        while (await receive())["type"] != "http.disconnect":
            pass
        self.closed = time.monotonic()


@contextlib.contextmanager
def before(tmp_path, raw, *, policy=POLICY, timeout=20.0, more=""):
    """The proxy's address, in front of a raw server."""
    file = tmp_path / "policy.toml"
    file.write_text(f'{policy}\n[serve]\nlog = "guard.log"\ntimeout = {timeout}\n{more}\n')
    with running(raw) as server, running(application(upstream=f"{server}/v1", policy=file), lifespan="on") as proxy:
        yield f"{proxy}/v1"


def streamed(url, ask=ASK, path="/chat/completions"):
    return httpx.post(url + path, json=ask, headers={"authorization": f"Bearer {KEY}"}, timeout=30.0)


def last_error(text):
    """The error that ends a stream."""
    assert "[DONE]" not in text
    last = [line for line in text.splitlines() if line.startswith("data: ")][-1]
    return json.loads(last[6:])["error"]["code"]


def error_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


def until(true, seconds=10.0):
    """Waits for what another thread does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
