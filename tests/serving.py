"""A loopback endpoint in front of a fitted model, and ways for it to misbehave."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

JSON = "application/json"
PRIVATE = "Jacquot"  # stands for a personal value: no error may show it


@dataclass
class Reply:
    """What is sent back. stall: seconds before anything is; drip: seconds between its bytes; cut: ends too early."""

    content: Any = None
    raw: bytes | None = None
    status: int = 200
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    stall: float = 0.0
    drip: float = 0.0
    cut: bool = False
    drop: bool = False

    def body(self) -> bytes:
        return json.dumps(self.content).encode() if self.raw is None else self.raw


@dataclass
class Served:
    """The running endpoint: its address, and all that it was asked."""

    url: str
    bodies: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def records(self) -> int:
        return sum(len(body["instances"]) for body in self.bodies)

    def repeated(self) -> int:
        """How many requests were put more than once."""
        return sum(n - 1 for n in Counter(json.dumps(body) for body in self.bodies).values())


Behaviour = Callable[[int, Any], Reply]


@contextmanager
def serving(behave: Behaviour, *, context: Any = None) -> Iterator[Served]:
    """Answers the i-th request about `body` with behave(i, body), until the block ends."""
    lock, over = threading.Lock(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                place = len(served.bodies)
                served.bodies.append(body)
                served.headers.append(dict(self.headers))
                served.times.append(time.perf_counter())
                served.paths.append(self.path)
            reply = behave(place, body)
            over.wait(reply.stall)
            if reply.drop:
                self.close_connection = True
                return
            sent = reply.body()
            self.send_response(reply.status)
            for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            try:
                if reply.drip:
                    for i in range(len(sent)):
                        if over.wait(reply.drip):
                            return
                        self.wfile.write(sent[i : i + 1])
                        self.wfile.flush()
                else:
                    self.wfile.write(sent[: len(sent) // 2] if reply.cut else sent)
            except OSError:  # the client left
                self.close_connection = True
            self.close_connection = self.close_connection or reply.cut

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """A client that leaves is no error of the test."""

    server = Quiet(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if context is None else "https"
    served = Served(f"{scheme}://127.0.0.1:{server.server_address[1]}/predict")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def answers_of(model: Any) -> Behaviour:
    """Answers rows of numbers as a scikit-learn classifier does, under "labels" and "probabilities"."""

    def behave(_: int, body: Any) -> Reply:
        x = np.array(body["instances"], dtype=np.float64)
        return Reply({"labels": model.predict(x).tolist(), "probabilities": model.predict_proba(x).tolist()})

    return behave
