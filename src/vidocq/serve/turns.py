"""Texts that are looked through beside each other: a few at once, each for a moment, so that a long one keeps nobody waiting."""

import math
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from vidocq.core.moment import seconds
from vidocq.serve.envelope import too_long

T = TypeVar("T")
TURN = 0.05
"""Seconds after which another one is let on, if there is one that waits."""


class CalledOff(Exception):
    """Nobody waits for what is looked through."""


@dataclass(eq=False)
class Job:
    """What is done for one request, and asked between two readings of its text.

    client  whose it is.   until  when it has to be done, on the clock of `moment.seconds`.
    spent   seconds of work so far.   over  what ends it, raised at the next question.
    """

    client: str = ""
    until: float = math.inf
    spent: float = 0.0
    over: Exception | None = None
    _turns: "Turns | None" = None
    _began: float = 0.0
    _ends: float = math.inf
    _go: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> None:
        """Raises what ended it, or Refusal past its time; lets others on when its turn is over."""
        if self.over is not None:
            raise self.over
        now = seconds()
        if now > self.until:
            raise too_long()
        if now > self._ends and self._turns is not None:
            self._turns.pass_on(self)

    def end(self, why: Exception) -> None:
        """From any thread."""
        self.over = why
        self._go.set()


class Turns:
    """Clients take turns; of one client's jobs the one that had least goes on. All that is done here is done by threads."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._lock = threading.Lock()
        self._jobs: list[Job] = []
        self._waiting: list[Job] = []
        self._served: Counter[str] = Counter()
        self._count = 0

    def work(self, job: Job, work: Callable[[], T]) -> T:
        """What the work gives, once its turn has come; raises what ended it."""
        with self._lock:
            self._jobs.append(job)
        try:
            self._take(job)
            return work()
        finally:
            with self._lock:
                self._give(job)
                self._jobs.remove(job)
                if all(each.client != job.client for each in self._jobs):
                    del self._served[job.client]

    def pass_on(self, job: Job) -> None:
        """Lets the next on, and waits until it is this one's turn again."""
        with self._lock:
            if not self._waiting:
                job._ends = seconds() + TURN
                return
            self._give(job)
        self._take(job)

    def close(self) -> None:
        with self._lock:
            for job in self._jobs:
                job.end(CalledOff())

    def _take(self, job: Job) -> None:
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                self._begin(job)
                return
            self._waiting.append(job)
            self._let_on()
        while True:
            left = job.until - seconds()
            job._go.wait(None if left == math.inf else max(left, 0.0))
            with self._lock:
                job._go.clear()
                if job not in self._waiting:
                    return
                if job.over is not None or seconds() >= job.until:
                    self._waiting.remove(job)
                    raise job.over or too_long()

    def _give(self, job: Job) -> None:
        if job._turns is None:
            return
        job.spent += seconds() - job._began
        job._turns, job._ends = None, math.inf
        self._free += 1
        self._let_on()

    def _let_on(self) -> None:
        while self._free and self._waiting:
            job = min(self._waiting, key=lambda each: (self._served[each.client], each.spent))
            self._waiting.remove(job)
            self._free -= 1
            self._begin(job)
            job._go.set()

    def _begin(self, job: Job) -> None:
        self._count += 1
        self._served[job.client] = self._count
        job._turns, job._began = self, seconds()
        job._ends = job._began + TURN
