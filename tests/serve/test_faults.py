"""The model's server misbehaves, a client leaves, a filter raises: a clear error, nothing held back gets out, nothing hangs."""

import contextlib
import json
import time

import httpx
import openai
import pytest

from vidocq.core.guarding import FilterCard, Surface
from vidocq.core.text import Text
from vidocq.filters.guard import Guard
from vidocq.serve.policies import InForce, Policies
from vidocq.serve.proxy import application

from guarding import (
    ASK,
    BLOCKING,
    EMAIL,
    FILLER,
    KEY,
    PHONE,
    POLICY,
    Raw,
    Says,
    before,
    chunk,
    guarded,
    holds,
    last_error,
    said,
    streamed,
)
from openai_server import Fault, running

MIB = 1 << 20
LEAD = FILLER * 5
HELD = chunk(f"{LEAD}The number is 06 12 34 5")

AMISS = {
    "breaks off": [HELD, 0.05, None],
    "ends early": [HELD],
    "no UTF-8": [HELD, b"data: \xff\xfe\n\n"],
    "garbage": [HELD, b"data: {nonsense\n\n"],
    "a list": [HELD, b"data: [1]\n\n"],
    "2 MiB": [HELD, chunk("x" * 2 * MIB)],
    "2 MiB without an end": [HELD, b"data: " + b"x" * 2 * MIB],
    "1 GiB": [HELD, *[b": " + b"x" * (MIB // 2) + b"\n\n"] * 2048],
    "wrong shape": [HELD, b'data: {"choices": [{"index": "x", "delta": {}}]}\n\n'],
    "content that is no text": [HELD, b'data: {"choices": [{"index": 0, "delta": {"content": ["06 12"]}}]}\n\n'],
    "choices that are none": [HELD, b'data: {"choices": {"0": "06 12 34 56 78"}}\n\n'],
    "unhashable": [HELD, b'data: {"choices": [{"index": {}, "delta": {}}]}\n\n'],
    "deep": [HELD, b'data: {"choices": ' + b"[" * 5000 + b"]" * 5000 + b"}\n\n"],
    "says nothing": [HELD, 30.0],
    "drips": [HELD, *[piece for byte in b": 06 12 34 56 78" * 20 for piece in (bytes([byte]), 0.3)]],
}


@pytest.mark.parametrize("pieces", AMISS.values(), ids=AMISS)
def test_a_stream_that_goes_amiss_ends_in_an_error(tmp_path, pieces):
    begun = time.monotonic()
    with before(tmp_path, Raw(*pieces), timeout=1.5) as url:
        answer = streamed(url)
        assert answer.status_code == 200
        assert last_error(answer.text) == "upstream_failed"
        assert LEAD.startswith(said(answer.text))
        assert not holds(answer.text, PHONE)
    assert time.monotonic() - begun < 15
    with before(tmp_path, Raw(*pieces), timeout=1.5) as url, pytest.raises(openai.APIError):
        list(openai.OpenAI(base_url=url, api_key=KEY, max_retries=0).chat.completions.create(**ASK))


def test_an_error_in_the_stream_is_told_once_looked_through(tmp_path):
    error = {"error": {"message": f"Overloaded, ask {EMAIL}", "type": "server_error", "code": "rate_limit_exceeded"}}
    with before(tmp_path, Raw(HELD, f"data: {json.dumps(error)}\n\n".encode())) as url:
        text = streamed(url).text
    assert last_error(text) == "rate_limit_exceeded"
    assert "Overloaded, ask [e-mail address]" in text


@pytest.mark.parametrize(
    "headers",
    [[(b"content-type", b"application/json")], [(b"content-encoding", b"gzip")]],
    ids=["kind", "compressed"],
)
def test_a_stream_of_another_kind_is_refused(tmp_path, headers):
    raw = Raw(HELD, headers=headers)
    if headers[0][0] == b"content-type":
        raw.headers = headers
    with before(tmp_path, raw) as url:
        answer = streamed(url)
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "upstream_failed")


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault(drop=40), 502),
        (Fault(body=b"\xff\xfe"), 502),
        (Fault(body=b"{"), 502),
        (Fault(body=b"[" * 5000), 502),
        (Fault(body=b"[1]"), 502),
        (Fault(body=b'{"choices": [1]}'), 502),
        (Fault(body=b'{"choices": [{"message": {"content": "x"}}]}', headers={"content-encoding": "gzip"}), 502),
        (Fault(endless=True), 502),
        (Fault(stall=10.0), 502),
        (Fault(drip=0.2), 502),
        (Fault(status=500, body=b"secret trace"), 502),
        (Fault(status=302, headers={"location": "http://127.0.0.1:1/"}), 502),
    ],
    ids=lambda value: str(value)[:60],
)
def test_an_answer_that_goes_amiss_is_an_error(tmp_path, fault, status):
    begun = time.monotonic()
    with guarded(tmp_path, Says(f"call {PHONE}"), serve="timeout = 1.5", faults=lambda i, _: fault) as proxy:
        answer = proxy.chat()
    assert time.monotonic() - begun < 12
    assert answer.status_code == status
    assert answer.json()["error"]["type"] == "server_error"
    assert "secret" not in answer.text


def test_a_server_that_is_not_there_is_told(tmp_path):
    file = tmp_path / "policy.toml"
    file.write_text(POLICY + '[serve]\nlog = "guard.log"\n')
    with running(application(upstream="http://127.0.0.1:1/v1", policy=file), lifespan="on") as proxy:
        for stream in (True, False):
            answer = streamed(f"{proxy}/v1", {**ASK, "stream": stream})
            assert (answer.status_code, answer.json()["error"]["code"]) == (502, "upstream_failed")


@pytest.mark.parametrize("stream", [True, False])
def test_the_servers_own_refusals_pass(tmp_path, stream):
    too_long = {
        "error": {
            "message": f"Too long by far. Ask {EMAIL}",
            "type": "invalid_request_error",
            "code": "context_length_exceeded",
        }
    }
    busy = {"error": {"message": "Slow down", "type": "tokens", "code": "zz 06 12 34 56 78"}}
    faults = [
        Fault(status=400, body=json.dumps(too_long).encode()),
        Fault(status=429, body=json.dumps(busy).encode(), headers={"retry-after": "17"}),
    ]
    with guarded(tmp_path, Says("x"), faults=lambda i, _: faults[i]) as proxy:
        with pytest.raises(openai.BadRequestError) as refused:
            proxy.client().chat.completions.create(**{**ASK, "stream": stream})
        with pytest.raises(openai.RateLimitError) as late:
            proxy.client().chat.completions.create(**{**ASK, "stream": stream})
    assert refused.value.code == "context_length_exceeded"
    assert "Too long by far. Ask [e-mail address]" in refused.value.message
    assert late.value.code == "upstream_status"
    assert late.value.response.headers["retry-after"] == "17"


@pytest.mark.parametrize("stream", [True, False])
def test_the_server_is_let_go_of_when_the_client_leaves(tmp_path, stream):
    raw = Raw(chunk(""), *[10.0])
    with before(tmp_path, raw) as url:
        ask = {**ASK, "stream": stream}
        with (
            contextlib.suppress(httpx.TimeoutException),
            httpx.stream("POST", f"{url}/chat/completions", json=ask, timeout=1.0) as answer,
        ):
            next(answer.iter_bytes())
        left = time.monotonic()
        while raw.closed is None and time.monotonic() < left + 5:
            time.sleep(0.02)
        assert raw.closed is not None
        assert raw.closed - left < 1.0


def test_a_stream_under_way_is_paused_too(tmp_path):
    raw = Raw(*[piece for _ in range(60) for piece in (chunk("well "), 0.1)])
    with before(tmp_path, raw) as url:
        file = tmp_path / "policy.toml"
        with httpx.stream("POST", f"{url}/chat/completions", json=ASK, timeout=20.0) as answer:
            file.write_text(file.read_text() + "[stop]\npaused = true\n")
            text = "".join(answer.iter_text())
    assert last_error(text) == "paused"


class Raises:
    """A filter with a bug."""

    card = FilterCard(id="raises", title=Text("", ""), source="", longest=None, limits=Text("", ""))
    surfaces = frozenset(Surface)

    def __init__(self, surface):
        self.surfaces = frozenset({surface})

    def hits(self, readings):
        raise RuntimeError(f"about {EMAIL}")


@pytest.mark.parametrize("surface", [Surface.PROMPT, Surface.ANSWER])
@pytest.mark.parametrize("stream", [True, False])
def test_a_filter_that_raises_lets_nothing_pass(tmp_path, monkeypatch, surface, stream):
    monkeypatch.setattr(
        Policies, "_read", lambda self, read=Policies._read: InForce(read(self).policy, Guard([Raises(surface)]))
    )
    with guarded(tmp_path, Says(LEAD)) as proxy:
        answer = proxy.chat(LEAD, stream=stream)
        asked = len(proxy.served.asked)
    assert "guard_failed" in answer.text
    assert EMAIL not in answer.text
    assert FILLER[:20] not in answer.text
    assert asked == (surface != Surface.PROMPT)
    if stream and surface == Surface.ANSWER:
        assert last_error(answer.text) == "guard_failed"
    else:
        assert answer.status_code == 500


def test_a_response_that_breaks_off_says_nothing_of_what_was_held(tmp_path):
    events = [
        {"type": "response.created", "response": {"id": "r", "output": []}},
        {"type": "response.output_text.delta", "item_id": "m", "output_index": 0, "content_index": 0, "delta": f"{LEAD}06 12 34 56"},
    ]  # fmt: skip
    pieces = [f"event: {each['type']}\ndata: {json.dumps(each)}\n\n".encode() for each in events]
    with before(tmp_path, Raw(*pieces)) as url:
        text = streamed(url, {"model": "tiny", "input": "x", "stream": True}, "/responses").text
        client = openai.OpenAI(base_url=url, api_key=KEY, max_retries=0)
        with pytest.raises(openai.APIError):
            list(client.responses.create(model="tiny", input="x", stream=True))
    assert last_error(text) == "upstream_failed"
    assert not holds(text, PHONE)


def test_a_server_that_never_says_done_but_ends_its_choices_is_right(tmp_path):
    with before(tmp_path, Raw(chunk("Hello."), chunk("", finish_reason="stop"))) as url:
        text = streamed(url).text
    assert said(text) == "Hello."
    assert text.endswith("[DONE]\n\n")


def test_what_follows_a_block_is_not_waited_for(tmp_path):
    raw = Raw(chunk(f"{LEAD}{EMAIL} {LEAD}{LEAD}"), 20.0)
    begun = time.monotonic()
    with before(tmp_path, raw, policy=BLOCKING) as url:
        text = streamed(url).text
    assert time.monotonic() - begun < 10
    assert text.endswith("[DONE]\n\n")
    assert '"content_filter"' in text


def test_the_connection_to_the_server_is_used_again(tmp_path):
    ports = set()

    class Counts(Raw):
        async def __call__(self, scope, receive, send):
            ports.add(scope["client"][1])
            await super().__call__(scope, receive, send)

    with before(tmp_path, Counts(chunk("Hello."), chunk("", finish_reason="stop"), b"data: [DONE]\n\n")) as url:
        for _ in range(4):
            assert said(streamed(url).text) == "Hello."
    assert len(ports) == 1
