"""What every worker needs, pickled once: the function and the data it shares."""

import pickle
from dataclasses import dataclass
from typing import Any

import cloudpickle
import numpy as np
from numpy.typing import NDArray

from vidocq.core.errors import ModelError

ALIGNMENT = 64
Places = tuple[tuple[int, int], ...]
"""Where the parts of a parcel begin and end in the array that joins them."""


@dataclass(frozen=True, eq=False)
class Parcel:
    """The stream, and the arrays beside it, which are never copied in this process."""

    stream: bytes
    buffers: tuple[memoryview, ...]

    @staticmethod
    def of(content: Any, *, where: str) -> "Parcel":
        """Raises ModelError if the content cannot be pickled."""
        beside: list[pickle.PickleBuffer] = []
        try:
            stream = cloudpickle.dumps(content, protocol=5, buffer_callback=beside.append)
        except Exception as error:  # noqa: BLE001 - the engine is a boundary; pickling runs anybody's code
            raise ModelError(
                f"the work cannot be sent to worker processes: {type(error).__name__}",
                where=where,
                fix="keep open files, locks and connections out of the function and its shared data",
            ) from None
        return Parcel(stream, tuple(buffer.raw().toreadonly() for buffer in beside))

    def open(self) -> Any:
        """The content. Its arrays are read-only, in this process as in any worker."""
        return pickle.loads(self.stream, buffers=self.buffers)  # noqa: S301 - our own bytes, made above

    def joined(self) -> tuple[NDArray[np.uint8], Places]:
        """All in one aligned array, which can lie in shared memory."""
        parts: list[bytes | memoryview] = [self.stream, *self.buffers]
        places = []
        end = 0
        for part in parts:
            start = -(-end // ALIGNMENT) * ALIGNMENT
            end = start + len(part)
            places.append((start, end))
        data = np.zeros(end, dtype=np.uint8)
        for part, (start, stop) in zip(parts, places, strict=True):
            data[start:stop] = np.frombuffer(part, dtype=np.uint8)
        return data, tuple(places)

    @staticmethod
    def apart(data: NDArray[np.uint8], places: Places) -> "Parcel":
        """The parcel whose parts were joined; they are not copied, but for the stream."""
        stream, *buffers = (data[start:stop].data.toreadonly() for start, stop in places)
        return Parcel(bytes(stream), tuple(buffers))
