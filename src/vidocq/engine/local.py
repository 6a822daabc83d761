"""The engine on one machine: joblib's worker processes, one thread each."""

import os
import signal
import threading
import time
import warnings
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray

from vidocq.core import moment
from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.engine.parcel import Parcel, Places
from vidocq.engine.threads import single_thread
from vidocq.engine.work import Outcome, Task, Work, name_of, perform

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

    def check(self) -> None:
        """Nothing to check: this machine is here."""

    def described(self) -> dict[str, Any]:
        """For run.json."""
        return {"kind": "local"}

    def outcomes(
        self, function: Work, tasks: Sequence[Task], *, shared: Any
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Yields (index, outcome) as they finish. Raises ModelError if the work cannot be sent or a worker dies."""
        workers = min(self.count, len(tasks))
        if workers == 0:
            return
        parcel = Parcel.of((function, shared), where=name_of(function))
        if workers == 1:
            yield from _here(parcel, tasks)
        else:
            yield from _there(parcel, tasks, workers, where=name_of(function))


def _here(parcel: Parcel, tasks: Sequence[Task]) -> Generator[tuple[int, Outcome], None, None]:
    function, shared = parcel.open()
    with single_thread():
        for task in tasks:
            yield task.index, perform(function, task, shared)


def _there(
    parcel: Parcel, tasks: Sequence[Task], workers: int, *, where: str
) -> Generator[tuple[int, Outcome], None, None]:
    sent = _Sent(moment.new_id(), *parcel.joined())  # joblib writes it once, and cleans up even after a kill
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


class _Sent:
    """A parcel on its way; equal to itself by name, so that a worker opens it once."""

    def __init__(self, name: str, data: NDArray[np.uint8], places: Places) -> None:
        self.name = name
        self.data = data
        self.places = places

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sent) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


@lru_cache(maxsize=1)
def _opened(sent: _Sent) -> Any:
    return Parcel.apart(sent.data, sent.places).open()


def _unpack_and_perform(sent: _Sent, task: Task) -> tuple[int, Outcome]:
    function, shared = _opened(sent)
    return task.index, perform(function, task, shared)
