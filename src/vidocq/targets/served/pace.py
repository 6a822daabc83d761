"""How fast an endpoint is asked: one slot after the other, for any number of threads."""

import threading
import time

from vidocq.core import moment


class Pace:
    """Requests set out at most `per_second` times a second, and not before the endpoint wants to be asked again."""

    def __init__(self, per_second: float | None) -> None:
        self._gap = 0.0 if per_second is None else 1 / per_second
        self._free_at = float("-inf")
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Until the next slot, which is taken."""
        with self._lock:
            now = moment.seconds()
            at = max(now, self._free_at)
            self._free_at = at + self._gap
        time.sleep(at - now)

    def hold(self, seconds: float) -> None:
        """Nothing sets out for so long."""
        with self._lock:
            self._free_at = max(self._free_at, moment.seconds() + seconds)
