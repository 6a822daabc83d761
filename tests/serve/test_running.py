"""The proxy as it runs: whose time is whose, what heads may take, what anybody is told, and how it ends."""

import asyncio
import contextlib
import hashlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest

from vidocq.core.errors import ConfigurationError
from vidocq.filters.guard import Guard
from vidocq.filters.policy import Policy, read_policy
from vidocq.serve import streaming
from vidocq.serve.connections import impatient
from vidocq.serve.envelope import Refusal
from vidocq.serve.exchange import Exchange
from vidocq.serve.journal import Journal
from vidocq.serve.metrics import Metrics
from vidocq.serve.policies import InForce

from guarding import (
    ASK,
    FILLER,
    KEY,
    POLICY,
    Raw,
    Says,
    before,
    chunk,
    error_of,
    guarded,
    last_error,
    said,
    streamed,
    until,
)
from openai_server import Fault, running

DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "oh", "un", "deux", "trois"]


def hard(words, seed=3):
    """Text that takes many readings."""
    draw = random.Random(seed)
    return " ".join(draw.choice(DIGITS) for _ in range(words))


def test_comments_are_a_sign_of_life(tmp_path):
    slow = [piece for _ in range(6) for piece in (b": processing\n\n", 0.5)]
    with before(
        tmp_path, Raw(*slow, chunk("Hello."), chunk("", finish_reason="stop"), b"data: [DONE]\n\n"), timeout=1.5
    ) as url:
        assert said(streamed(url).text) == "Hello."


def test_an_answer_that_is_complete_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(streaming, "LINGER", 0.5)
    with before(tmp_path, Raw(chunk("Hello."), chunk("", finish_reason="stop"), 20.0)) as url:
        began = time.monotonic()
        text = streamed(url).text
    assert time.monotonic() - began < 8
    assert said(text) == "Hello."
    assert text.endswith("[DONE]\n\n")


def test_an_event_that_takes_too_long_is_given_up(tmp_path):
    with before(tmp_path, Raw(chunk(hard(60_000)), 20.0), timeout=1.5) as url:
        began = time.monotonic()
        text = streamed(url).text
    assert time.monotonic() - began < 8
    assert last_error(text) == "too_long"


def test_a_long_prompt_of_one_client_keeps_no_other_waiting(tmp_path):
    with guarded(tmp_path, Says("ok"), serve="timeout = 6") as running:
        assert running.chat(FILLER * 10).status_code == 200
        long, threads = [], []
        for seed in range(4):
            threads.append(threading.Thread(target=lambda seed=seed: long.append(running.chat(hard(40_000, seed)))))
            threads[-1].start()
        time.sleep(1.0)
        began = time.monotonic()
        assert running.chat(f"{FILLER * 10} and").status_code == 200
        assert time.monotonic() - began < 4
        for thread in threads:
            thread.join()
    assert {error_of(each) for each in long} == {(413, "too_long")}


@pytest.mark.parametrize(("slowness", "ends"), [(0.4, None), (2.0, "not_taken")])
def test_the_time_of_a_slow_client_is_not_the_servers(tmp_path, slowness, ends):
    policy = Policy.model_validate({"schema": 1, "base": tmp_path, "serve": {"log": "guard.log", "timeout": 1.0}})
    exchange = Exchange(
        "/chat/completions", InForce(policy, Guard.of(policy)), Journal.of(policy), Metrics(), client=""
    )

    async def pieces():
        for _ in range(8):
            yield chunk(FILLER * 10)
        yield chunk("", finish_reason="stop")
        yield b"data: [DONE]\n\n"

    async def say(_):
        await asyncio.sleep(slowness)

    told = contextlib.nullcontext() if ends is None else pytest.raises(Refusal)
    with told as refused:
        asyncio.run(streaming.streamed(exchange, {}, pieces(), say))
    assert ends is None or refused.value.code == ends


def test_half_a_head_is_not_waited_for():
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    import uvicorn

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(
            uvicorn.Config(app, http=impatient(seconds=0.5, most=8), log_config=None, lifespan="off")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until(lambda: server.started)
        whole = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
        for first in (b"", b"GET / HT", whole + b"GET / HT"):
            with socket.create_connection(listening.getsockname(), timeout=5) as client:
                client.sendall(first)
                came, began = b"", time.monotonic()
                while more := client.recv(1000):
                    came += more
                assert time.monotonic() - began < 0.5 + 2
                assert came.count(b"204") == first.count(b"\r\n\r\n")
        with socket.create_connection(listening.getsockname(), timeout=5) as client:
            client.sendall(b"\x16\x03\x01 hello\r\n\r\n")
            head, _, body = client.recv(1000).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 400 ")
            assert json.loads(body)["error"]["code"] == "not_http"
        with socket.create_connection(listening.getsockname(), timeout=5) as client:
            for _ in range(5):  # one that goes on asking is kept
                client.sendall(whole)
                assert b"204" in client.recv(1000)
                time.sleep(0.15)
        began = time.monotonic()
        with contextlib.ExitStack() as stack:
            for _ in range(100):
                half = stack.enter_context(socket.create_connection(listening.getsockname(), timeout=5))
                half.sendall(b"GET / HT")
            until(lambda: len(server.server_state.connections) <= 8)
        assert time.monotonic() - began < 0.5 + 2
        server.should_exit = True
        thread.join(10)


def test_what_the_server_gave_as_its_status_is_told(tmp_path):
    with guarded(tmp_path, Says("ok"), faults=lambda i, _: Fault(status=500, body=b"trace")) as running:
        answer = running.chat()
    assert answer.status_code == 502
    assert "(500)" in answer.json()["error"]["message"]


def test_the_word_bearer_is_written_as_one_likes(tmp_path):
    clients = f'clients = ["{hashlib.sha256(KEY.encode()).hexdigest()}"]'
    with guarded(tmp_path, Says("ok"), serve=clients) as running:
        for given in (f"Bearer {KEY}", f"bearer {KEY}", f"BEARER  {KEY}"):
            ask = {"model": "tiny", "messages": []}
            answer = running.post("/chat/completions", ask, headers={"authorization": given})
            assert answer.status_code != 401
        assert error_of(running.post("/chat/completions", ask, headers={"authorization": "bearer x"}))[0] == 401


def test_a_method_that_is_not_served_is_told_in_the_envelope(tmp_path):
    with guarded(tmp_path, Says("ok")) as running:
        for method, path in (("GET", "/v1/predict/x"), ("DELETE", "/health"), ("OPTIONS", "/v1/chat/completions")):
            answer = httpx.request(method, running.root + path)
            assert answer.json()["error"]["type"] == "invalid_request_error"


def test_health_tells_nothing_that_stands_in_a_file(tmp_path):
    with guarded(tmp_path, Says("ok")) as running:
        text = running.policy.read_text()
        for more in (
            '"jeanne.valmorin@exemple.fr" = 1\n',
            '[[filters]]\nkind = "objected"\nlist = "x"\nkey = "jeanne.valmorin"\n',
        ):
            running.policy.write_text(text + more)
            until(lambda: "newest_policy_refused" in httpx.get(f"{running.root}/health").json())
            time.sleep(1.2)
            assert "jeanne" not in httpx.get(f"{running.root}/health").text
            running.policy.write_text(text)
            until(lambda: "newest_policy_refused" not in httpx.get(f"{running.root}/health").json())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_no_address_answers_while_the_log_cannot_be_written_and_health_says_so(tmp_path):
    (tmp_path / "guard.log").symlink_to("/dev/full")
    with guarded(tmp_path, Says("ok"), policy=f"{POLICY}[predictions]\n") as running:
        assert error_of(httpx.get(f"{running.url}/models")) == (503, "log_unwritable")
        assert error_of(httpx.post(f"{running.root}/predict", json={"age": 41})) == (503, "log_unwritable")
        assert running.served.asked == []
        assert httpx.get(f"{running.root}/health").json()["status"] == "log_unwritable"
        (tmp_path / "guard.log").unlink()
        assert httpx.get(f"{running.root}/health").json()["status"] == "ok"


def test_a_log_that_moves_with_the_policy_is_written(tmp_path):
    with guarded(tmp_path, Says("ok")) as running:
        running.policy.write_text(running.policy.read_text().replace("guard.log", "other.log"))
        until((tmp_path / "other.log").exists)
        running.chat()
        assert '"asked"' in (tmp_path / "other.log").read_text()
        assert '"asked"' not in running.log.read_text()


@pytest.mark.parametrize("body", [b"[0.25, 0.75]", b"7"])
def test_a_prediction_may_be_a_list(tmp_path, body):
    async def app(scope, receive, send):
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    with before(tmp_path, app, policy=f"{POLICY}[predictions]\n") as url:
        root = url.removesuffix("/v1")
        assert httpx.post(f"{root}/predict", json={"age": 41}).json() == json.loads(body)
        deep = b'{"a":' + b"[" * 1000 + b"]" * 1000 + b"}"
        assert error_of(httpx.post(f"{root}/predict", content=deep)) == (400, "not_json")


def test_novelty_is_counted_while_it_streams(tmp_path):
    draw = random.Random(5)
    text = " ".join("".join(draw.choices("aeiourstlnmd", k=6)) for _ in range(1500))
    with guarded(tmp_path, Says(text), policy=f"{POLICY}[budget]\nnovelty = 3000\n") as running:
        answer = running.chat(stream=True)
        assert last_error(answer.text) == "budget"
        assert 2000 < len(said(answer.text)) < 6000 < len(text)
        assert error_of(running.chat()) == (429, "budget")


def test_a_budget_that_any_key_begins_anew_is_refused(tmp_path):
    budget = {"schema": 1, "budget": {"queries": 3}}
    Policy.model_validate(budget)
    (tmp_path / "policy.toml").write_text('schema = 1\n[budget]\nqueries = 3\n[serve]\nupstream_key = "X"\n')
    with pytest.raises(ConfigurationError, match="clients"):
        read_policy(tmp_path / "policy.toml")
    Policy.model_validate({**budget, "serve": {"upstream_key": "X", "clients": ["0" * 64]}})


def test_a_stream_is_told_that_the_proxy_stops_and_a_hang_up_does_not_stop_it(tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text(POLICY + '[serve]\nlog = "guard.log"\n')
    with running(Raw(chunk("well "), 60.0)) as server, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        taken.close()
        serves = f"serve.run(upstream='{server}/v1', policy={str(policy)!r}, host='127.0.0.1', port={port})"
        code = f"import vidocq.cli.guard_serve as serve; serve.GRACE = 1; {serves}"
        with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) as process:
            url = f"http://127.0.0.1:{port}"
            until(lambda: answers(f"{url}/health") or process.poll() is not None, 60)
            process.send_signal(signal.SIGHUP)
            with httpx.stream("POST", f"{url}/v1/chat/completions", json=ASK, timeout=30) as answer:
                process.terminate()
                text = "".join(answer.iter_text())
            _, errors = process.communicate(timeout=30)
    assert last_error(text) == "stopping"
    assert errors == b""


def answers(url):
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(url).status_code == 200
    return False
