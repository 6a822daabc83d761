"""The engine on many machines: a Ray cluster, asked through a process of its own.

Ray is an extra: `pip install "vidocq[ray]"`. It ends the process that asks it when the cluster is lost, writes over
signal handlers, and can be set up once a process only: so the caller's process never imports it. A *courier*
(`engine/ray_courier.py`) does, and hands outcomes over one by one; whatever becomes of it, the caller is told.
"""

import contextlib
import importlib.util
import json
import os
import pickle
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

import cloudpickle
import joblib

from vidocq.core.errors import ConfigurationError, ModelError, VidocqError
from vidocq.engine.parcel import Parcel
from vidocq.engine.ray_versions import versions_here
from vidocq.engine.work import Outcome, Task, Work, name_of

ADDRESS = re.compile(r"auto|(?:ray://)?(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})")
CLIENT = "ray://"
ANSWER_SECONDS = 10
CONNECT_SECONDS = 120
"""For the cluster to take us in, or to be started here. A machine at work starts one in some twenty seconds."""
STOP_SECONDS = 20
LOOPBACK = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"
"""Set to 0, has Ray take the loopback address for this machine's own, wherever it runs."""
LONGEST_FOLDER = 40
"""Characters. Ray puts sockets below its folder, whose whole path is held to 107."""
_ENDED = "finished work that has a store is kept: run it again, once the cluster is back"


@dataclass(eq=False)
class Ray:
    """A Ray cluster. The result is the same, byte for byte, as on this machine.

    address        of a running cluster: "host:port", "ray://host:port", or "auto" for the one this machine is part of;
                   without it a cluster is started on this machine, and stopped at the end.
    workers        the most tasks in flight; without it, four for each core of the cluster.
    gpus_per_task  1, or a part such as 0.25, so that several share one; without it no task sees a GPU.
    """

    address: str | None = None
    workers: int | None = None
    gpus_per_task: float | None = None
    _used: dict[str, Any] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Raises ConfigurationError for an address, or numbers, that mean nothing."""
        if self.address is not None and not ADDRESS.fullmatch(self.address):
            raise ConfigurationError(
                "this is no address of a Ray cluster",
                where="[engine] address",
                fix='write "host:port", "ray://host:port" or "auto", or leave it out',
            )
        if self.workers is not None and self.workers < 1:
            raise ConfigurationError(
                f"{self.workers} workers cannot work", where="[engine] workers", fix="ask for at least one"
            )
        gpus = self.gpus_per_task
        if gpus is not None and not (0 < gpus <= 1 or (gpus > 1 and float(gpus).is_integer())):
            raise ConfigurationError(
                "Ray gives a task a part of one GPU, or whole ones",
                where="[engine] gpus_per_task",
                fix="write a number up to 1, or a whole number",
            )

    @property
    def count(self) -> int:
        """The most tasks at once: the cores of the cluster, once it has been asked, or fewer `workers`."""
        cores = self._used.get("cores") or self.workers or joblib.cpu_count(only_physical_cores=False)
        return int(cores if self.workers is None else min(cores, self.workers))

    @property
    def is_far(self) -> bool:
        """Whether the cluster was there before us; one of our own is on this machine."""
        return self.address is not None

    @property
    def sees_gpu(self) -> bool:
        """Ray hides GPUs from a task that asked for none."""
        return self.gpus_per_task is not None

    def check(self) -> None:
        """Raises ConfigurationError if Ray is not installed, or nothing answers at the address within ten seconds."""
        if importlib.util.find_spec("ray") is None:
            raise ConfigurationError(
                "Ray is not installed", where='[engine] kind = "ray"', fix='pip install "vidocq[ray]"'
            )
        if self.address is not None and self.address.startswith(CLIENT) and importlib.util.find_spec("grpc") is None:
            raise ConfigurationError(
                "an address that begins with ray:// needs grpcio, which is not installed",
                where="[engine] address",
                fix='pip install "vidocq[ray]", or give host:port from a machine of the cluster',
            )
        found = None if self.address is None else ADDRESS.fullmatch(self.address)
        if found is None or found["host"] is None:
            return
        try:
            with socket.create_connection((found["host"].strip("[]"), int(found["port"])), timeout=ANSWER_SECONDS):
                pass
        except (OSError, OverflowError, UnicodeError) as error:
            raise _no_answer(type(error).__name__) from None

    def described(self) -> dict[str, Any]:
        """For run.json: machines and cores of the cluster when it was asked; null where it did not have to be."""
        return {
            "kind": "ray",
            "nodes": self._used.get("nodes"),
            "cores": self._used.get("cores"),
            "gpus_per_task": self.gpus_per_task,
        }

    def outcomes(
        self, function: Work, tasks: Sequence[Task], *, shared: Any
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Yields (index, outcome) as they finish; a task whose machine dies is done again on another, three times.

        Raises ConfigurationError if the cluster does not answer, lacks a GPU asked for, or has other versions than this
        machine; ModelError if the work cannot be sent or the cluster is lost.
        """
        if not tasks:
            return
        self.check()
        where = name_of(function)
        parcel = Parcel.of((function, shared), where=where)
        sent = [(task.index, _sendable(task, where=where)) for task in tasks]
        with _courier(self._environment()) as courier:
            connection = courier.connection
            try:
                connection.send_bytes(json.dumps(self._order(courier.folder)).encode())
                data, places = parcel.joined()
                connection.send_bytes(pickle.dumps(places))
                connection.send_bytes(data.data)
                connection.send_bytes(pickle.dumps(sent))
                if not connection.poll(CONNECT_SECONDS):
                    raise _no_answer("no answer in time")
                self._used = json.loads(_received(connection, b"R"))
                courier.patience = STOP_SECONDS
                for _ in tasks:
                    index, outcome = pickle.loads(_received(connection, b"O"))  # noqa: S301 - made by our own workers
                    yield index, pickle.loads(outcome)  # noqa: S301 - made by our own workers
            except (EOFError, OSError):
                raise ModelError("the Ray cluster was lost", where=where, fix=_ENDED) from None

    def _environment(self) -> dict[str, str]:
        """The courier's. A cluster of our own listens on the loopback address only, to whoever has its token."""
        found = os.environ | {"PYTHONPATH": os.pathsep.join(_search_path()), "RAY_USAGE_STATS_ENABLED": "0"}
        if self.address is not None:
            return found
        token = secrets.token_hex(32)  # without one Ray would make one, and leave it in the user's folder
        return found | {LOOPBACK: "0", "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token}

    def _order(self, folder: Path) -> dict[str, Any]:
        return {
            "address": self.address,
            "workers": self.workers,
            "cores": self.workers or joblib.cpu_count(only_physical_cores=False),
            "gpus": self.gpus_per_task,
            "folder": str(folder),
            "terms": {"versions": versions_here(), "path": _search_path(), "folder": str(Path.cwd())},
        }


@dataclass(eq=False)
class _Courier:
    """A connection, and the folder where a cluster of this machine may write.

    patience  seconds it is given to stop by itself; few as long as it has not joined the cluster.
    """

    connection: Connection
    folder: Path
    patience: float = 1.0


@contextlib.contextmanager
def _courier(environment: dict[str, str]) -> Generator[_Courier, None, None]:
    """A courier, gone at the end with what it started and its folder."""
    ours, theirs = Pipe()
    courier = _Courier(ours, Path(tempfile.mkdtemp(prefix="vidocq-ray-", dir=_short_folder())))
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "vidocq.engine.ray_courier", str(theirs.fileno())],
            env=environment,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # Ray quotes what workers print
            start_new_session=True,  # Ctrl-C is for us, who stop it
        )
        theirs.close()
        try:
            yield courier
        finally:
            ours.close()
            _stop(process, courier.patience)
    finally:
        ours.close()
        theirs.close()
        shutil.rmtree(courier.folder, ignore_errors=True)


def _stop(process: "subprocess.Popen[bytes]", patience: float) -> None:
    """The courier stops by itself when we hang up; one that does not is killed, with what it started."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        pass
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _received(connection: Connection, kind: bytes) -> bytes:
    """The next message. Raises what the courier tells instead; EOFError if it is gone."""
    message = connection.recv_bytes()
    if message[:1] == kind:
        return message[1:]
    raise _told(**json.loads(message[1:]))


def _told(kind: str, what: str, where: str, fix: str) -> VidocqError:
    return {"configuration": ConfigurationError, "lost": ModelError}[kind](what, where=where, fix=fix or _ENDED)


def _sendable(task: Task, *, where: str) -> bytes:
    parcel = Parcel.of(task, where=where)
    return cloudpickle.dumps(parcel.open()) if parcel.buffers else parcel.stream


def _no_answer(reason: str) -> ConfigurationError:
    return ConfigurationError(
        f"no Ray cluster answers at that address ({reason})",
        where="[engine] address",
        fix="check it with `ray status --address host:port`, from this machine",
    )


def _search_path() -> list[str]:
    return [entry or str(Path.cwd()) for entry in sys.path]


def _short_folder() -> str:
    usual = tempfile.gettempdir()
    return usual if len(usual) <= LONGEST_FOLDER else "/tmp"  # noqa: S108 - made with mkdtemp, for its owner only
