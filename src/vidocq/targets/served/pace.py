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
        self._abandoned = threading.Event()

    @property
    def is_abandoned(self) -> bool:
        """Nobody waits any more for what is under way."""
        return self._abandoned.is_set()

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

    def stop(self, *, abandon: bool = False) -> None:
        """Wakes whoever waits for a slot, and lets nothing set out until `resume`.

        abandon  what is under way is not waited for either, though it may have to be paid.
        """
        self._over.set()
        if abandon:
            self._abandoned.set()

    def resume(self) -> None:
        self._over.clear()
        self._abandoned.clear()
