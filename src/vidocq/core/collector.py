"""Python's search for cycles, put off while many objects without any are made."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def without_collector() -> Iterator[None]:
    """Puts it off: it would look through all that was read so far again and again, and find nothing.

    For bounded work only. What another thread leaves in cycles meanwhile is collected afterwards.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
