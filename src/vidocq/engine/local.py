"""The engine on one machine: joblib's worker processes, one thread each."""

import os
import pickle
import signal
import threading
import time
import warnings
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cloudpickle
import joblib
import numpy as np
from numpy.typing import NDArray

from vidocq.core import moment
from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.engine.threads import single_thread
from vidocq.engine.work import Outcome, Task, Work, name_of, perform

ALIGNMENT = 64
MAPPED_FROM = "64K"
IDLE_SECONDS = 60
PARENT_CHECK_SECONDS = 0.5


@dataclass(frozen=True)
class Local:
    """Worker processes on this machine.

    workers  how many; None for every core this process may use. One means: in this very process.
    """

    workers: int | None = None

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 1:
            raise ConfigurationError(
                f"{self.workers} workers cannot work",
                where="engine.local",
                fix="ask for at least one worker, or leave the number out",
            )

    @property
    def count(self) -> int:
        """The number of workers, the cores granted to this process (affinity, container) where none was asked."""
        return joblib.cpu_count(only_physical_cores=False) if self.workers is None else self.workers

    def outcomes(
        self, function: Work, tasks: Sequence[Task], *, shared: Any
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Yields (index, outcome) as they finish. Raises ModelError if the work cannot be sent or a worker dies."""
        workers = min(self.count, len(tasks))
        if workers == 0:
            return
        parcel = _Parcel.of((function, shared), where=name_of(function))
        if workers == 1:
            yield from _here(parcel, tasks)
        else:
            yield from _there(parcel, tasks, workers, where=name_of(function))


def _here(parcel: "_Parcel", tasks: Sequence[Task]) -> Generator[tuple[int, Outcome], None, None]:
    function, shared = parcel.open()
    with single_thread():
        for task in tasks:
            yield task.index, perform(function, task, shared)


def _there(
    parcel: "_Parcel", tasks: Sequence[Task], workers: int, *, where: str
) -> Generator[tuple[int, Outcome], None, None]:
    sent = parcel.joined()
    with joblib.parallel_config(
        backend="loky",
        n_jobs=workers,
        inner_max_num_threads=1,
        max_nbytes=MAPPED_FROM,
        mmap_mode="r",
        initializer=_serve,
        initargs=(os.getpid(),),
        idle_worker_timeout=IDLE_SECONDS,
    ):
        parallel: Any = joblib.Parallel(return_as="generator_unordered", batch_size=1)
    calls = (joblib.delayed(_unpack_and_perform)(sent, task) for task in tasks)
    finished: Generator[tuple[int, Outcome], None, None] = parallel(calls)
    try:
        yield from finished
    except (GeneratorExit, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - the engine is a boundary: whatever joblib met ends as ModelError
        raise ModelError(
            f"the worker processes stopped: {type(error).__name__}",
            where=where,
            fix="often memory ran out: use fewer workers. Finished work that has a store is kept",
        ) from None
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # joblib deplores the unfinished tasks; stopping them is the point
            finished.close()


def _serve(parent: int) -> None:
    """Sets a worker up: Ctrl-C is left to the parent, which stops its workers; none outlives it, even killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_SECONDS)
    os._exit(1)


@dataclass(frozen=True, eq=False)
class _Parcel:
    """Pickled once: the stream, and the arrays beside it, which are never copied in this process."""

    stream: bytes
    buffers: tuple[memoryview, ...]

    @staticmethod
    def of(content: Any, *, where: str) -> "_Parcel":
        beside: list[pickle.PickleBuffer] = []
        try:
            stream = cloudpickle.dumps(content, protocol=5, buffer_callback=beside.append)
        except Exception as error:  # noqa: BLE001 - the engine is a boundary; pickling runs anybody's code
            raise ModelError(
                f"the work cannot be sent to worker processes: {type(error).__name__}",
                where=where,
                fix="keep open files, locks and connections out of the function and its shared data",
            ) from None
        return _Parcel(stream, tuple(buffer.raw().toreadonly() for buffer in beside))

    def open(self) -> Any:
        """The content. Its arrays are read-only, in this process as in any worker."""
        return pickle.loads(self.stream, buffers=self.buffers)  # noqa: S301 - our own bytes, made above

    def joined(self) -> "_Sent":
        """All in one aligned array, which joblib writes to shared memory once and cleans up even after a kill."""
        parts: list[bytes | memoryview] = [self.stream, *self.buffers]
        starts = []
        end = 0
        for part in parts:
            start = -(-end // ALIGNMENT) * ALIGNMENT
            end = start + len(part)
            starts.append((start, end))
        data = np.zeros(end, dtype=np.uint8)
        for part, (start, stop) in zip(parts, starts, strict=True):
            data[start:stop] = np.frombuffer(part, dtype=np.uint8)
        return _Sent(moment.new_id(), data, tuple(starts))


class _Sent:
    """A parcel on its way; equal to itself by name, so that a worker opens it once."""

    def __init__(self, name: str, data: NDArray[np.uint8], places: tuple[tuple[int, int], ...]) -> None:
        self.name = name
        self.data = data
        self.places = places

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sent) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


@lru_cache(maxsize=1)
def _opened(sent: _Sent) -> Any:
    stream, *buffers = (sent.data[start:stop].data.toreadonly() for start, stop in sent.places)
    return _Parcel(bytes(stream), tuple(buffers)).open()


def _unpack_and_perform(sent: _Sent, task: Task) -> tuple[int, Outcome]:
    function, shared = _opened(sent)
    return task.index, perform(function, task, shared)
