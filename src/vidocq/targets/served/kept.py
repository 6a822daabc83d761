"""Answers that were had, by what was asked: in memory, or on disk for the run that goes on after a stop."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.engine.store import Store

_CONTENT = "json"


class Kept:
    """Arrays and plain content under hexadecimal hashes. On disk, only their owner can read them."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._held: dict[str, dict[str, NDArray[Any]]] = {}

    @property
    def lasts(self) -> bool:
        """Whether a later run finds them."""
        return self._store is not None

    def arrays(self, key: str) -> dict[str, NDArray[Any]] | None:
        return self._held.get(key) if self._store is None else self._store.get(key)

    def put_arrays(self, key: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        if self._store is None:
            self._held[key] = dict(arrays)
        else:
            self._store.put(key, arrays)

    def content(self, key: str) -> Any:
        """Plain content kept under this key; None if there is none."""
        arrays = self.arrays(key)
        return None if arrays is None else json.loads(arrays[_CONTENT].tobytes())

    def put_content(self, key: str, content: Any) -> None:
        data = np.frombuffer(json.dumps(content, ensure_ascii=False).encode(), dtype=np.uint8)
        self.put_arrays(key, {_CONTENT: data})
