"""Long texts are looked through beside the loop that serves everybody: bounded in number, fair, and given up where nobody waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from vidocq.serve.envelope import busy
from vidocq.serve.turns import CalledOff, Job, Turns

T = TypeVar("T")
AT_ONCE = 2
"""Texts that are looked through at once; more would slow all streams down."""
MOST = 128
"""Requests and whole answers that are being looked through or wait for it."""
MOST_OF_ONE = MOST // 2
"""Of one client's."""
HEAVY = 1.0
"""Seconds of work after which a job makes room for others when there are too many."""
STREAMS = 64
"""Threads of streams; a stream waits for its own, and is refused nothing."""


class Beside:
    def __init__(self) -> None:
        self._turns = Turns(AT_ONCE)
        self._jobs: set[Job] = set()
        self._threads = ThreadPoolExecutor(MOST)
        self._streams = ThreadPoolExecutor(STREAMS)

    async def do(self, job: Job, work: Callable[[], T], *, is_streamed: bool = False) -> T:
        """What the work gives. Where nobody waits for it any more it ends soon. Raises Refusal where there is too much else."""
        if not is_streamed:
            self._make_room(job)
            self._jobs.add(job)
        threads = self._streams if is_streamed else self._threads
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, self._turns.work, job, work)
        except asyncio.CancelledError:
            job.end(CalledOff())
            raise
        finally:
            self._jobs.discard(job)

    def close(self) -> None:
        self._turns.close()
        for threads in (self._threads, self._streams):
            threads.shutdown(wait=False, cancel_futures=True)

    def _make_room(self, job: Job) -> None:
        """What had most so far makes room; where all had little, the new one does. Raises Refusal then."""
        of_one = [each for each in self._jobs if each.client == job.client]
        among = of_one if len(of_one) >= MOST_OF_ONE else self._jobs if len(self._jobs) >= MOST else ()
        if among:
            refusal = busy(429 if among is of_one else 503)
            heaviest = max(among, key=lambda each: each.spent)
            if heaviest.spent < HEAVY:
                raise refusal
            self._jobs.discard(heaviest)
            heaviest.end(refusal)
