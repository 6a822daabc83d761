"""An OpenAI-compatible server on this machine, in front of any object that writes text, with ways to misbehave.

    with serving(model) as served:
        openai.OpenAI(base_url=served.url, api_key="any").completions.create(model=served.name, prompt="...")

`model` has `write` (vidocq.core.language.LanguageModel). Where it also has `tell(text)`, a list of objects with a token,
its log-probability and those of the likeliest tokens, log-probabilities are served.
"""

import asyncio
import base64
import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from vidocq.core.language import Decoding, Prompt

JSON = "application/json"
EVENTS = "text/event-stream"
DIMENSIONS = 16
CREATED = 1_700_000_000
MIB = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What the server can do; servers differ in all of it.

    echo        completions give the prompt back. Without, the wish is ignored.
    logprobs    are served.   top: with the likeliest token's.   objects: one for each token, not lists side by side.
    nothing     no token at all may be asked for (`max_tokens` 0).
    several     more than one answer at once: "yes", "refused", or "one" whatever is asked.
    usage       is told.
    first       a token that the server puts before each text.
    context     tokens of a prompt that are too many; None for no end.
    withheld    prompts that hold this are refused by a filter.
    tool        arguments with which the first tool offered is called.
    key         that has to be given.
    """

    echo: bool = True
    logprobs: bool = True
    top: bool = True
    objects: bool = False
    nothing: bool = True
    several: str = "yes"
    usage: bool = True
    first: str | None = None
    context: int | None = None
    withheld: str | None = None
    tool: dict[str, Any] | None = None
    key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How one request is answered amiss.

    status, headers, kind, body  are sent instead of what is right, each if given; change: of the right content.
    drop   bytes of the body after which the connection breaks.
    drip   seconds between its bytes, or its events.   stall: seconds before anything is sent.   endless: the body is 1 GiB long.
    """

    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    body: bytes | None = None
    change: Callable[[dict[str, Any]], Any] | None = None
    drop: int | None = None
    drip: float = 0.0
    stall: float = 0.0
    endless: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]
    at: float


@dataclass
class Serving:
    """The running server: its address up to /v1, and all that it was asked."""

    url: str
    name: str
    asked: list[Asked] = field(default_factory=list)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [one.body for one in self.asked]


Faults = Callable[[int, Asked], Fault | None]


@dataclass(frozen=True)
class _Answer:
    """A text, the tokens that are told of it, and why it ends."""

    text: str
    told: list[Any] | None
    finish: str


class _Refused(Exception):
    """A request that is answered by an error."""

    def __init__(self, status: int, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.content = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


class OpenAiServer:
    """The application; `asked` grows with each request."""

    def __init__(self, model: Any, *, name: str, abilities: Abilities, faults: Faults) -> None:
        self._model, self._name, self._can, self._faults = model, name, abilities, faults
        self.asked: list[Asked] = []
        self._lock = threading.Lock()
        posts = {
            "completions": self._completions,
            "chat/completions": self._chat,
            "embeddings": self._embeddings,
            "responses": self._responses,
        }
        self.app = Starlette(
            routes=[
                Route("/v1/models", self._models),
                Route("/v1/models/{name:path}", self._models),
                *(Route(f"/v1/{path}", self._posted(make), methods=["POST"]) for path, make in posts.items()),
            ]
        )

    async def _models(self, request: Request) -> Response:
        card = {"id": self._name, "object": "model", "created": CREATED, "owned_by": "tests"}
        one = request.path_params.get("name")
        if one is None:
            return JSONResponse({"object": "list", "data": [card]})
        if one != self._name:
            return JSONResponse(_unknown(one).content, 404)
        return JSONResponse(card)

    def _posted(self, make: Callable[[dict[str, Any]], Any]) -> Callable[[Request], Any]:
        async def handle(request: Request) -> Response:
            body = await request.json()
            asked = Asked(request.url.path, body, dict(request.headers), time.perf_counter())
            with self._lock:
                place = len(self.asked)
                self.asked.append(asked)
            fault = self._faults(place, asked) or Fault()
            if fault.stall:
                await asyncio.sleep(fault.stall)
            if fault.status is not None or fault.body is not None or fault.endless:
                return _sent([b"" if fault.body is None else fault.body], JSON, fault)
            try:
                self._require_key(request)
                if body.get("model") != self._name:
                    raise _unknown(str(body.get("model")))
                made = await run_in_threadpool(make, body)
            except _Refused as error:
                return JSONResponse(error.content, error.status)
            if isinstance(made, list):
                return _sent(_events(made), EVENTS, fault)
            changed = made if fault.change is None else fault.change(made)
            return _sent([json.dumps(changed).encode()], JSON, fault)

        return handle

    def _require_key(self, request: Request) -> None:
        if self._can.key is not None and request.headers.get("authorization") != f"Bearer {self._can.key}":
            raise _Refused(401, "Incorrect API key provided", "invalid_api_key")

    def _completions(self, body: dict[str, Any]) -> Any:
        given = body["prompt"] if isinstance(body["prompt"], list) else [body["prompt"]]
        wish = body.get("logprobs")
        choices = [
            {
                "index": 0,
                "text": answer.text,
                "finish_reason": answer.finish,
                "logprobs": None if answer.told is None else self._told(answer.told),
            }
            for text in given
            for answer in self._answers(Prompt(text=text), text, body, tells=wish is not None, default=16)
        ]
        for i, choice in enumerate(choices):
            choice["index"] = i
        head = self._head("cmpl", "text_completion")
        usage = self._usage(given, [c["text"] for c in choices], body)
        if body.get("stream"):
            chunks = [
                {
                    **choice,
                    "text": piece,
                    "finish_reason": choice["finish_reason"] if last else None,
                    "logprobs": None,
                }
                for choice in choices
                for piece, last in _pieces(choice["text"])
            ]
            return _stream(head, chunks, usage, body)
        return {**head, "choices": choices, **usage}

    def _chat(self, body: dict[str, Any]) -> Any:
        system = " ".join(_content(m) for m in body["messages"] if m["role"] in {"system", "developer"}) or None
        text = "\n".join(_content(m) for m in body["messages"] if m["role"] not in {"system", "developer"})
        head = self._head("chatcmpl", "chat.completion.chunk" if body.get("stream") else "chat.completion")
        usage = self._usage([text], [], body)
        if self._can.tool is not None and body.get("tools"):
            return self._tool(head, usage, body)
        prompt = Prompt(text=text, form="chat", system=system)
        answers = self._answers(prompt, text, body, tells=bool(body.get("logprobs")), default=64)
        usage = self._usage([text], [answer.text for answer in answers], body)
        if body.get("stream"):
            chunks = [
                {"index": i, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}
                for i in range(len(answers))
            ]
            chunks += [
                {"index": i, "delta": {"content": piece}, "finish_reason": answer.finish if last else None}
                for i, answer in enumerate(answers)
                for piece, last in _pieces(answer.text)
            ]
            return _stream(head, chunks, usage, body)
        choices = [
            {
                "index": i,
                "message": {"role": "assistant", "content": answer.text, "refusal": None},
                "finish_reason": answer.finish,
                "logprobs": None if answer.told is None else {"content": _objects(answer.told), "refusal": None},
            }
            for i, answer in enumerate(answers)
        ]
        return {**head, "choices": choices, **usage}

    def _tool(self, head: dict[str, Any], usage: dict[str, Any], body: dict[str, Any]) -> Any:
        """Calls the first tool offered."""
        name, arguments = body["tools"][0]["function"]["name"], json.dumps(self._can.tool)
        call = {"id": "call_0", "type": "function", "function": {"name": name, "arguments": arguments}}
        if not body.get("stream"):
            message = {"role": "assistant", "content": None, "tool_calls": [call]}
            return {**head, "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}], **usage}
        begun = {"index": 0, **call, "function": {"name": name, "arguments": ""}}
        parts = [{"index": 0, "function": {"arguments": arguments[i : i + 5]}} for i in range(0, len(arguments), 5)]
        deltas = [{"role": "assistant", "tool_calls": [begun]}, *({"tool_calls": [part]} for part in parts), {}]
        chunks = [
            {"index": 0, "delta": delta, "finish_reason": "tool_calls" if not delta else None} for delta in deltas
        ]
        return _stream(head, chunks, usage, body)

    def _responses(self, body: dict[str, Any]) -> Any:
        given = body["input"]
        text = given if isinstance(given, str) else "\n".join(_content(m) for m in given)
        answer = self._answers(Prompt(text=text, form="chat"), text, body, tells=False, default=64)[0]
        if self._can.tool is not None and body.get("tools"):
            item: dict[str, Any] = {
                "type": "function_call",
                "id": "fc_0",
                "call_id": "call_0",
                "name": body["tools"][0]["name"],
                "arguments": json.dumps(self._can.tool),
                "status": "completed",
            }
        else:
            part = {"type": "output_text", "text": answer.text, "annotations": [], "logprobs": []}
            item = {
                "type": "message",
                "id": "msg_0",
                "role": "assistant",
                "status": "completed",
                "content": [part],
            }
        usage = self._usage([text], [answer.text], body).get("usage", {})
        response = {
            "id": "resp_0",
            "object": "response",
            "created_at": CREATED,
            "model": self._name,
            "status": "completed",
            "error": None,
            "incomplete_details": None,
            "instructions": body.get("instructions"),
            "metadata": {},
            "output": [item],
            "parallel_tool_calls": True,
            "temperature": 1.0,
            "tool_choice": "auto",
            "tools": [],
            "top_p": 1.0,
            "usage": {
                "input_tokens": usage.get("prompt_tokens", 0),
                "input_tokens_details": {"cached_tokens": 0},
                "output_tokens": usage.get("completion_tokens", 0),
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": usage.get("total_tokens", 0),
            },
        }
        return _response_events(response) if body.get("stream") else response

    def _embeddings(self, body: dict[str, Any]) -> Any:
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        vectors = [_vector(text) for text in texts]
        if body.get("encoding_format") == "base64":
            coded: list[Any] = [base64.b64encode(struct.pack(f"<{DIMENSIONS}f", *v)).decode() for v in vectors]
        else:
            coded = vectors
        data = [{"object": "embedding", "index": i, "embedding": one} for i, one in enumerate(coded)]
        tokens = sum(map(self._count, texts))
        return {
            "object": "list",
            "model": self._name,
            "data": data,
            "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
        }

    def _answers(
        self, prompt: Prompt, text: str, body: dict[str, Any], *, tells: bool, default: int
    ) -> list[_Answer]:
        most = body.get("max_completion_tokens", body.get("max_tokens"))
        most = default if most is None else most
        n = self._several(body.get("n") or 1)
        self._require_fitting(text, most)
        decoding = Decoding(
            temperature=_or(body.get("temperature"), 1.0), top_k=body.get("top_k"), top_p=_or(body.get("top_p"), 1.0)
        )
        written = self._model.write(
            [prompt], decoding=decoding, times=n, most_tokens=most, seed=body.get("seed") or 0
        )
        return [
            self._finished(
                text, one, body, most=most, tells=tells and self._can.logprobs and hasattr(self._model, "tell")
            )
            for one in written[0]
        ]

    def _several(self, n: int) -> int:
        if n > 1 and self._can.several == "refused":
            raise _Refused(400, "only one completion choice is allowed")
        return 1 if self._can.several == "one" else n

    def _require_fitting(self, text: str, most: int) -> None:
        if most == 0 and not self._can.nothing:
            raise _Refused(400, "max_tokens must be at least 1, got 0.")
        if self._can.context is not None and self._count(text) > self._can.context:
            raise _Refused(
                400, f"This model's maximum context length is {self._can.context} tokens.", "context_length_exceeded"
            )
        if self._can.withheld is not None and self._can.withheld in text:
            raise _Refused(400, "The response was filtered.", "content_filter")

    def _finished(self, prompt: str, answer: str, body: dict[str, Any], *, most: int, tells: bool) -> _Answer:
        """Cut at the first stop, and with the prompt before it if that is asked."""
        stops = body.get("stop") or []
        cuts = [answer.find(stop) for stop in ([stops] if isinstance(stops, str) else stops) if stop in answer]
        said = answer[: min(cuts)] if cuts else answer
        before = prompt if body.get("echo") and self._can.echo else ""
        told = None
        if tells:
            every = self._model.tell(prompt + said)
            told = every if before else every[len(self._model.tell(prompt)) :]
        count = self._count(prompt + said) - self._count(prompt)
        finish = "stop" if cuts or count < most else "length"
        return _Answer(before + said, told, finish)

    def _told(self, told: list[Any]) -> dict[str, Any]:
        """Log-probabilities as completions have them."""
        if self._can.objects:
            return {"content": _objects(told)}
        tokens, values = [one.token for one in told], [one.logprob for one in told]
        tops = [None if one.logprob is None else {**one.top, one.token: one.logprob} for one in told]
        if self._can.first is not None and values and values[0] is None:
            tokens, values, tops = (
                [self._can.first, *tokens],
                [None, -1.5, *values[1:]],
                [None, {"x": -0.5}, *tops[1:]],
            )
        offsets = [sum(map(len, tokens[:i])) for i in range(len(tokens))]
        return {
            "tokens": tokens,
            "token_logprobs": values,
            "top_logprobs": tops if self._can.top else None,
            "text_offset": offsets,
        }

    def _head(self, prefix: str, kind: str) -> dict[str, Any]:
        return {"id": f"{prefix}-0", "object": kind, "created": CREATED, "model": self._name}

    def _count(self, text: str) -> int:
        return int(self._model.count(text)) if hasattr(self._model, "count") else len(text.split())

    def _usage(self, given: Sequence[str], said: Sequence[str], body: dict[str, Any]) -> dict[str, Any]:
        if not self._can.usage:
            return {}
        prompt = sum(map(self._count, given)) + (len(given) if self._can.first else 0)
        echoed = sum(map(self._count, given)) if body.get("echo") and self._can.echo else 0
        written = sum(map(self._count, said)) - echoed
        return {"usage": {"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt + written}}


@contextmanager
def serving(
    model: Any,
    *,
    name: str = "tiny",
    abilities: Abilities | None = None,
    faults: Faults = lambda place, asked: None,
    at: str | None = None,
) -> Iterator[Serving]:
    """Serves `model` on this machine until the block ends; `faults(i, asked)` tells how the i-th request goes amiss.

    at  the address that another server had, which is over.
    """
    server = OpenAiServer(model, name=name, abilities=Abilities() if abilities is None else abilities, faults=faults)
    with running(server.app, port=0 if at is None else urlsplit(at).port or 0) as address:
        yield Serving(f"{address}/v1", name, server.asked)


@contextmanager
def running(app: Any, *, port: int = 0, lifespan: str = "off") -> Iterator[str]:
    """Any ASGI application on this machine, at the address given, until the block ends."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            lifespan=lifespan,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        deadline = time.perf_counter() + 10
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.perf_counter() < deadline, "the server did not start in time"
            time.sleep(0.005)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


class _Broken(Exception):
    """The connection is let down."""


def _sent(parts: Sequence[bytes], kind: str, fault: Fault) -> Response:
    """The parts one after the other, or amiss."""
    kind = kind if fault.kind is None else fault.kind
    body = b"".join(parts)
    if len(parts) == 1 and fault.drop is None and not fault.drip and not fault.endless:
        return Response(body, fault.status or 200, fault.headers, media_type=kind)
    if fault.drip and len(parts) == 1:
        parts = [body[i : i + 1] for i in range(len(body))]
    length = {} if kind == EVENTS else {"content-length": str(1024 * MIB if fault.endless else len(body))}

    async def flowing() -> AsyncIterator[bytes]:
        left = len(body) if fault.drop is None else fault.drop
        for part in [b" " * MIB] * 1024 if fault.endless else parts:
            yield part if fault.endless else part[:left]
            left -= len(part)
            if left < 0 and fault.drop is not None:
                raise _Broken
            await asyncio.sleep(fault.drip)

    return StreamingResponse(flowing(), fault.status or 200, {**length, **fault.headers}, media_type=kind)


def _stream(
    head: dict[str, Any], chunks: list[dict[str, Any]], usage: dict[str, Any], body: dict[str, Any]
) -> list[dict[str, Any]]:
    wants = (body.get("stream_options") or {}).get("include_usage")
    events = [{**head, "choices": [chunk], **({"usage": None} if wants else {})} for chunk in chunks]
    return [*events, *([{**head, "choices": [], **usage}] if wants else [])]


def _response_events(response: dict[str, Any]) -> list[dict[str, Any]]:
    """A response as the events that build it up."""
    item = response["output"][0]
    bare = {**response, "status": "in_progress", "output": [], "usage": None}
    place = {"item_id": item["id"], "output_index": 0}
    made: list[dict[str, Any]] = [
        {"type": "response.created", "response": bare},
        {"type": "response.in_progress", "response": bare},
    ]
    if item["type"] == "message":
        part, place = item["content"][0], {**place, "content_index": 0}
        base, name, text = "response.output_text", "text", part["text"]
        begun: dict[str, Any] = {**item, "status": "in_progress", "content": []}
        opened = [{"type": "response.content_part.added", **place, "part": {**part, "text": ""}}]
        closed = [{"type": "response.content_part.done", **place, "part": part}]
        more: dict[str, Any] = {"logprobs": []}
    else:
        base, name, text = "response.function_call_arguments", "arguments", item["arguments"]
        begun, opened, closed, more = {**item, "status": "in_progress", "arguments": ""}, [], [], {}
    made += [{"type": "response.output_item.added", "output_index": 0, "item": begun}, *opened]
    made += [{"type": f"{base}.delta", **place, **more, "delta": piece} for piece, _ in _pieces(text)]
    made += [{"type": f"{base}.done", **place, **more, name: text}, *closed]
    made += [{"type": "response.output_item.done", "output_index": 0, "item": item}]
    made += [{"type": "response.completed", "response": response}]
    return [{**event, "sequence_number": number} for number, event in enumerate(made)]


def _events(events: list[dict[str, Any]]) -> list[bytes]:
    if events and "sequence_number" in events[0]:
        return [f"event: {each['type']}\ndata: {json.dumps(each)}\n\n".encode() for each in events]
    return [f"data: {line}\n\n".encode() for line in [*map(json.dumps, events), "[DONE]"]]


def _pieces(text: str, size: int = 7) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is the last."""
    starts = range(0, max(len(text), 1), size)
    yield from ((text[i : i + size], i + size >= len(text)) for i in starts)


def _objects(told: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "token": one.token,
            "logprob": one.logprob,
            "bytes": list(one.token.encode()),
            "top_logprobs": [{"token": t, "logprob": v, "bytes": list(t.encode())} for t, v in one.top.items()],
        }
        for one in told
    ]


def _content(message: dict[str, Any]) -> str:
    content = message.get("content")
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content or ())


def _vector(text: str) -> list[float]:
    """Words hashed into a few numbers, of length 1."""
    found = [0.0] * DIMENSIONS
    for word in text.lower().split():
        found[zlib.crc32(word.encode()) % DIMENSIONS] += 1.0
    size = sum(x * x for x in found) ** 0.5
    return [x / size if size else 0.0 for x in found]


def _unknown(name: str) -> _Refused:
    return _Refused(404, f"The model {name} does not exist", "model_not_found")


def _or(value: Any, default: float) -> float:
    return default if value is None else float(value)
