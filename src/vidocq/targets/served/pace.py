"""How fast an endpoint is asked: one slot after the other, for any number of threads."""

import threading

from vidocq.core import moment


class Stopped(Exception):
    """Whoever asked wants no more."""


class Pace:
    """Requests set out at most `per_second` times a second, and not before the endpoint wants to be asked again."""

    def __init__(self, per_second: float | None) -> None:
        self._gap = 0.0 if per_second is None else 1 / per_second
        self._free_at = float("-inf")
        self._lock = threading.Lock()
        self._over = threading.Event()

    def wait(self) -> None:
        """Until the next slot, which is taken. Raises Stopped."""
        with self._lock:
            now = moment.seconds()
            at = max(now, self._free_at)
            self._free_at = at + self._gap
        self.pause(at - now)

    def pause(self, seconds: float) -> None:
        """Raises Stopped, as soon as it is so."""
        if self._over.wait(max(seconds, 0.0)):
            raise Stopped

    def hold(self, seconds: float) -> None:
        """Nothing sets out for so long."""
        with self._lock:
            self._free_at = max(self._free_at, moment.seconds() + seconds)

    def stop(self) -> None:
        """Wakes whoever waits, and lets nothing set out until `resume`."""
        self._over.set()

    def resume(self) -> None:
        self._over.clear()
