"""The only place that reads the clock or draws a random id, so that everything else is reproducible."""

import time
import uuid
from datetime import UTC, datetime


def now() -> str:
    """The present, in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def seconds() -> float:
    """A monotonic clock, in seconds, for durations."""
    return time.perf_counter()


def new_id() -> str:
    """A random identifier that says nothing about what it names."""
    return uuid.uuid4().hex
