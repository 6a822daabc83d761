"""The guard's proxy under load: what a chunk of a stream costs, how late it comes out, what a stream holds in memory.

`python benchmarks/guard_proxy.py` writes benchmarks/results/guard-proxy.json in about two minutes. The server behind the proxy and the
clients in front of it are processes of their own on the same machine, bare sockets that cost little; each chunk holds the time at which
it was sent, and what the proxy lets go of bears the time of the chunk that let it go: its lateness is what comes on top of the hold-back.
The policy is that of personal data with what it holds back by default. `--texts FILE` says what is said; made sentences without it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import platform
import re
import socket
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import Any

from vidocq.core.files import write_atomic
from vidocq.filters.guard import Guard
from vidocq.filters.policy import read_policy
from vidocq.serve.exchange import Exchange
from vidocq.serve.journal import Journal
from vidocq.serve.metrics import Metrics
from vidocq.serve.policies import InForce
from vidocq.serve.sse import DONE, written
from vidocq.serve.streaming import streamed

HERE = Path(__file__).resolve().parent
FRESH = multiprocessing.get_context("spawn")
POLICY = 'schema = 1\n[[filters]]\nkind = "personal-data"\n[serve]\nlog = "guard.log"\n'
RAMP = 6.0  # seconds over which streams begin, as nobody's streams begin all at once
PIECE = 5  # characters of a chunk, about a token
BARS = {"cpu_us": 200.0, "first_ms": 3.0, "stream_kib": 256.0}
SENTENCES = (
    "The committee will look at the file in the next few weeks.",
    "Le dossier sera examiné par la commission, qui rendra son avis dans les meilleurs délais.",
    "Nothing more is to be done for now, except to wait for an answer.",
    "Il faut compter trois étapes : la demande, l'examen et la réponse.",
    "The total comes to 45 euros for 12 pages and 3 annexes.",
    "On peut aussi écrire une fonction qui additionne deux nombres et renvoie le résultat.",
)
_SENT = re.compile(rb'"prompt_tokens":([0-9]+)')
_ROUND = 10**8
"""Microseconds after which the count begins anew: the time goes in a field of usage, which the proxy passes on for each chunk."""
_TEXT = re.compile(rb'"content":("(?:[^"\\]|\\.)*")')


def text_of(size: int, *, seed: int, texts: Path | None) -> str:
    if texts is not None:
        whole = texts.read_text(encoding="utf-8")
        start = Random(seed).randrange(max(1, len(whole) - size))  # noqa: S311 - no secret
        return whole[start : start + size]
    rng, said = Random(seed), ""  # noqa: S311 - no secret
    while len(said) < size:
        said += rng.choice(SENTENCES) + " "
    return said[:size]


def chunk(text: str, **more: Any) -> bytes:
    delta = {"content": text} if text else {"role": "assistant", "content": ""}
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": None, **more}
    head = {
        "id": "chatcmpl-x",
        "object": "chat.completion.chunk",
        "created": 1_790_000_000,
        "model": "m",
        "usage": {"prompt_tokens": time.monotonic_ns() // 1000 % _ROUND},
    }
    return written(
        json.dumps({**head, "system_fingerprint": "fp_1", "choices": [choice]}, separators=(",", ":")).encode()
    )


def in_process(folder: Path, text: str) -> dict[str, float]:
    """Processor time of each chunk in the proxy's own code, in microseconds; sockets are left out."""
    policy = read_policy(folder / "policy.toml")
    exchange = Exchange(
        "/chat/completions", InForce(policy, Guard.of(policy)), Journal.of(policy), Metrics(), client=""
    )
    pieces = [chunk(""), *(chunk(text[at : at + PIECE]) for at in range(0, len(text), PIECE))]
    times: list[float] = []

    async def coming() -> AsyncIterator[bytes]:
        for piece in pieces:
            begun = time.thread_time()
            yield piece
            times.append(1e6 * (time.thread_time() - begun))
        yield DONE

    async def say(_: bytes) -> None:
        return None

    asyncio.run(streamed(exchange, {}, coming(), say))
    ranked = sorted(times[50:])
    return {
        "chunks": len(ranked),
        "median": statistics.median(ranked),
        "mean": statistics.fmean(ranked),
        "p99": ranked[int(0.99 * len(ranked))],
    }


class Server(asyncio.Protocol):
    """Answers each request with its text, piece by piece."""

    def __init__(self, text: str, every: float) -> None:
        self._text, self._every, self._at, self._came = text, every, 0, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        head, _, body = self._came.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *([0-9]+)", head, re.IGNORECASE)
        if length is None or len(body) < int(length[1]):
            return
        self._came, self._at = b"", 0
        self._transport.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        self._send(chunk(""))
        if not self._every:
            self._finish()
        else:
            asyncio.get_running_loop().call_later(self._every * (time.monotonic_ns() % 1000) / 1000, self._next)

    def _next(self) -> None:
        if self._transport.is_closing():
            return
        self._send(chunk(self._text[self._at : self._at + PIECE]))
        self._at += PIECE
        if self._at < len(self._text):
            asyncio.get_running_loop().call_later(self._every, self._next)
        else:
            self._finish()

    def _finish(self) -> None:
        self._send(chunk("", finish_reason="stop") + DONE)
        self._transport.write(b"0\r\n\r\n")

    def _send(self, data: bytes) -> None:
        self._transport.write(b"%x\r\n%b\r\n" % (len(data), data))


class Client(asyncio.Protocol):
    """Asks once, and notes what comes, when."""

    def __init__(self, done: asyncio.Future[None]) -> None:
        self.done, self.came, self.first = done, b"", 0.0
        self.late: list[float] = []
        self._body = json.dumps(
            {"model": "m", "stream": True, "messages": [{"role": "user", "content": "Go on."}]}
        ).encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.begun = time.monotonic()
        head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: {len(self._body)}\r\n\r\n"
        transport.write(head.encode() + self._body)  # type: ignore[attr-defined]
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns() // 1000
        found = _SENT.findall(data)
        if found and not self.first:
            self.first = time.monotonic() - self.begun
        self.late += [(now - int(each)) % _ROUND / 1000 for each in found]
        self.came += data
        if DONE in self.came[-64:] and not self.done.done():
            self.done.set_result(None)
            self._transport.close()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def text(self) -> str:
        return "".join(json.loads(each) for each in _TEXT.findall(self.came))


async def ask(port: int) -> Client:
    loop = asyncio.get_running_loop()
    client = Client(loop.create_future())
    await loop.create_connection(lambda: client, "127.0.0.1", port)
    await client.done
    return client


def serve_upstream(port: int, text: str, every: float) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(
            lambda: Server(text, every), "127.0.0.1", port, backlog=2048
        )
        await server.serve_forever()

    asyncio.run(run())


def serve_proxy(port: int, upstream: int, policy: Path) -> None:
    from vidocq.cli.guard_serve import run

    run(upstream=f"http://127.0.0.1:{upstream}/v1", policy=str(policy), host="127.0.0.1", port=port)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class Started:
    """A server in a process of its own, that listens."""

    def __init__(self, target: Callable[..., None], *args: Any) -> None:
        self.port = free_port()
        self.process = FRESH.Process(target=target, args=(self.port, *args), daemon=True)
        self.process.start()
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.1)

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def waited(self) -> float:
        """Seconds in which it could have run and the processors were others'."""
        return int(Path(f"/proc/{self.process.pid}/schedstat").read_text().split()[1]) / 1e9

    def resident_kib(self) -> float:
        return float(re.search(r"VmRSS:\s+([0-9]+)", Path(f"/proc/{self.process.pid}/status").read_text())[1])  # type: ignore[index]

    def stop(self) -> None:
        self.process.terminate()
        self.process.join(10)


def first_token(proxy: int, upstream: int, *, times: int) -> dict[str, float]:
    """Milliseconds to the first chunk, which is held back by nothing, with the proxy and without."""

    async def run() -> dict[str, float]:
        through, bare = [], []
        for _ in range(times):
            through.append(1000 * (await ask(proxy)).first)
            bare.append(1000 * (await ask(upstream)).first)
        return {
            "through": statistics.median(through),
            "bare": statistics.median(bare),
            "added": statistics.median(through) - statistics.median(bare),
        }

    return asyncio.run(run())


def many(proxy: Started, text: str, *, streams: int) -> dict[str, Any]:
    """Streams at once: what they came to, how late they were, and what they cost the proxy."""

    async def run() -> dict[str, Any]:
        before, spent, waited, begun = proxy.resident_kib(), proxy.cpu(), proxy.waited(), time.monotonic()
        tasks = []
        for _ in range(streams):
            tasks.append(asyncio.create_task(ask(proxy.port)))
            await asyncio.sleep(RAMP / streams)
        highest = before
        while not all(task.done() for task in tasks):
            await asyncio.sleep(0.5)
            highest = max(highest, proxy.resident_kib())
        clients = [task.result() for task in tasks]
        late = sorted(each for client in clients for each in client.late)
        chunks = streams * (len(text) / PIECE + 2)
        seconds = time.monotonic() - begun
        return {
            "streams": streams,
            "seconds": seconds,
            "chunks_per_second": chunks / seconds,
            "lost": sum(client.text() != text for client in clients),
            "late_ms": {
                name: late[min(len(late) - 1, int(share * len(late)))]
                for name, share in (("median", 0.5), ("p99", 0.99), ("most", 1.0))
            },
            "cpu_us_of_a_chunk": 1e6 * (proxy.cpu() - spent) / chunks,
            "cpu_share": (proxy.cpu() - spent) / seconds,
            "waited_share": (proxy.waited() - waited) / seconds,
            "stream_kib": (highest - before) / streams,
        }

    return asyncio.run(run())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--rate", type=float, default=5.0, help="chunks a second of each stream")
    parser.add_argument("--seconds", type=float, default=24.0)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "guard-proxy.json")
    given = parser.parse_args()
    text = text_of(int(given.seconds * given.rate) * PIECE, seed=1, texts=given.texts)
    with tempfile.TemporaryDirectory() as name:
        policy = Path(name) / "policy.toml"
        policy.write_text(POLICY, encoding="utf-8")
        found: dict[str, Any] = {
            "cpu_us_in_process": in_process(Path(name), text_of(10_000, seed=2, texts=given.texts))
        }
        print(found, flush=True)
        started = []
        try:
            quick = Started(serve_upstream, "", 0.0)
            slow = Started(serve_upstream, text, 1 / given.rate)
            fast = Started(serve_proxy, quick.port, policy)
            loaded = Started(serve_proxy, slow.port, policy)
            started = [quick, slow, fast, loaded]
            first_token(fast.port, quick.port, times=20)
            found["first_ms"] = first_token(fast.port, quick.port, times=200)
            print(found["first_ms"], flush=True)
            found["many"] = many(loaded, text, streams=given.streams)
            print(found["many"], flush=True)
        finally:
            for each in started:
                each.stop()
    found["held"] = {
        "cpu": found["cpu_us_in_process"]["median"] <= BARS["cpu_us"],
        "first": found["first_ms"]["added"] < BARS["first_ms"],
        "none lost": found["many"]["lost"] == 0,
        "memory": found["many"]["stream_kib"] < BARS["stream_kib"],
    }
    found |= {
        "bars": BARS,
        "texts": "made" if given.texts is None else given.texts.name,
        "load": os.getloadavg()[0],
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("httpx", "orjson", "starlette", "uvicorn")},
    }
    print(found["held"])
    write_atomic(given.out, (json.dumps(found, indent=1) + "\n").encode())


if __name__ == "__main__":
    main()
