"""The process that speaks to a Ray cluster in the caller's place: `python -m vidocq.engine.ray_courier DESCRIPTOR`.

It reads an order, a parcel and tasks from the descriptor, and writes messages back: R once the cluster has taken it in,
O for each outcome, E for what ends it. It leaves, and the cluster drops its tasks, when the caller hangs up.
"""

import json
import os
import pickle
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from vidocq.core import moment
from vidocq.core.version import VERSION

RETRIES = 3
KILLERS = ("WorkerCrashedError", "OutOfMemoryError")
TASKS_A_CORE = 4
GLANCE_SECONDS = 0.5
LOOK_SECONDS = 10
ALONE_SECONDS = 60
"""How long a cluster may be left without a machine that could take a task."""


class Refused(Exception):
    """What ends the run, in the words of `VidocqError`."""

    def __init__(self, kind: str, what: str, where: str, fix: str = "") -> None:
        super().__init__(what)
        self.words = {"kind": kind, "what": what, "where": where, "fix": fix}


def main(descriptor: int) -> None:
    os.set_inheritable(descriptor, False)  # what Ray starts must not hold the line open
    connection = Connection(descriptor)
    order = json.loads(connection.recv_bytes())
    places = pickle.loads(connection.recv_bytes())  # noqa: S301 - made by ray.py
    data = np.frombuffer(connection.recv_bytes(), dtype=np.uint8)
    tasks = pickle.loads(connection.recv_bytes())  # noqa: S301 - made by ray.py
    try:
        with _cluster(order) as ray:
            nodes = able(ray, order["gpus"])
            cores = int(sum(node["Resources"]["CPU"] for node in nodes))
            connection.send_bytes(b"R" + json.dumps({"nodes": len(nodes), "cores": cores}).encode())
            arrived = ray.put({"name": moment.new_id(), "data": data, "places": places, **order["terms"]})
            in_flight = order["workers"] or TASKS_A_CORE * cores
            _go_through(ray, connection, arrived, tasks, order, in_flight=in_flight)
    except Refused as refused:
        connection.send_bytes(b"E" + json.dumps(refused.words).encode())
    except (BrokenPipeError, ConnectionResetError, EOFError):
        pass  # the caller has hung up
    except Exception as error:  # noqa: BLE001 - the engine is a boundary: whatever Ray met ends as ModelError
        connection.send_bytes(b"E" + json.dumps(_in_words(type(error).__name__)).encode())


def _in_words(error: str) -> dict[str, str]:
    if error in KILLERS:
        what = f"a piece of work brought its worker down {1 + RETRIES} times: {error}"
        fix = "often memory ran out: use fewer workers. Finished work that has a store is kept"
        return {"kind": "lost", "what": what, "where": "engine.ray", "fix": fix}
    return {"kind": "lost", "what": f"the Ray cluster was lost: {error}", "where": "engine.ray", "fix": ""}


@contextmanager
def _cluster(order: dict[str, Any]) -> Iterator[Any]:
    """The module ray, connected; a cluster that was started for it stops at the end, and its folder goes."""
    os.environ.setdefault("RAY_task_oom_retries", str(RETRIES))  # else work that fits nowhere is tried for ever
    import ray  # noqa: PLC0415 - an extra, and slow

    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if order["address"] is None:
            ray.init(
                address="local",
                num_cpus=order["cores"],
                include_dashboard=False,
                _temp_dir=order["folder"],
                **quiet,
            )
        else:
            ray.init(address=order["address"], **quiet)
    except Exception as error:  # noqa: BLE001 - Ray raises a dozen kinds, down to a bare Exception
        raise Refused(
            "configuration",
            f"the Ray cluster cannot be joined ({type(error).__name__})",
            "[engine] address",
            "it needs the same versions of Ray and Python as this machine; see what `ray.init(address)` says",
        ) from None
    try:
        yield ray
    finally:
        ray.shutdown()
        if order["address"] is None:
            shutil.rmtree(order["folder"], ignore_errors=True)


def able(ray: Any, gpus: float | None) -> list[dict[str, Any]]:
    """Machines that could take a task. Raises Refused if there is none."""
    alive = [node for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU", 0) >= 1]
    able = [node for node in alive if node["Resources"].get("GPU", 0) >= (gpus or 0)]
    if not able:
        raise Refused(
            "configuration",
            f"no machine of the cluster offers a core{f' and {gpus:g} GPU' if gpus else ''}",
            "[engine] gpus_per_task" if alive else "[engine] address",
            "see `ray status`: a machine that could take a task has to be there from the beginning",
        )
    return able


def _go_through(
    ray: Any,
    connection: Connection,
    arrived: Any,
    tasks: list[tuple[int, bytes]],
    order: dict[str, Any],
    *,
    in_flight: int,
) -> None:
    """Sends each outcome as it comes. Raises EOFError when the caller hangs up, what Ray raises when it is lost."""
    remote = ray.remote(perform_on_a_node).options(num_cpus=1, num_gpus=order["gpus"] or 0, max_retries=RETRIES)
    waiting = iter(tasks)
    running: dict[Any, int] = {}
    seen_able = looked = time.monotonic()
    while True:
        for index, task in waiting:
            running[remote.remote(VERSION, arrived, task)] = index
            if len(running) >= in_flight:
                break
        if not running:
            return
        done, _ = ray.wait(list(running), num_returns=1, timeout=GLANCE_SECONDS)
        if connection.poll():
            raise EOFError  # the caller says nothing after its order: it has hung up
        for reference in done:
            found = ray.get(reference)
            if isinstance(found, dict):
                raise Refused(**found)
            connection.send_bytes(b"O" + pickle.dumps((running.pop(reference), found)))
        now = time.monotonic()
        if done:
            seen_able = now
        elif now - looked > LOOK_SECONDS:
            looked = now
            try:
                able(ray, order["gpus"])
                seen_able = now
            except Refused:
                if now - seen_able > ALONE_SECONDS:
                    raise Refused("lost", "no machine of the Ray cluster is left", "engine.ray") from None


def perform_on_a_node(version: str, sent: dict[str, Any], task: bytes) -> Any:
    """Run by workers. It travels whole, as plain content does, for it has to be able to say that vidocq is not there."""
    import os  # noqa: PLC0415 - what it needs it brings along
    import platform  # noqa: PLC0415
    import sys  # noqa: PLC0415

    sys.path += [entry for entry in sent["path"] if entry not in sys.path and os.path.exists(entry)]
    found = "lacks vidocq"
    try:
        from vidocq.core.version import VERSION as there  # noqa: N811, PLC0415

        found = f"has vidocq {there}"
        from vidocq.engine.ray_worker import perform_there  # noqa: PLC0415

        same = there == version
    except ImportError:
        same = False
    if not same:
        return {
            "kind": "configuration",
            "what": f"a machine of the cluster {found}, this one has {version}",
            "where": f"machine {platform.node()}",
            "fix": f'pip install "vidocq[ray]=={version}" on every machine',
        }
    return perform_there(sent, task)


def _leave_when_hung_up(seconds: float) -> None:
    """Ends the process when the caller has been gone so long, whatever Ray is waiting for."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(GLANCE_SECONDS)
    time.sleep(seconds)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_leave_when_hung_up, args=(20.0,), daemon=True).start()
    main(int(sys.argv[1]))
