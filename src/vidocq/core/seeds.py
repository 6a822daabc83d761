"""One seed per run; everything that draws gets its own stream, by name."""

import hashlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Seeds:
    """Streams spawned by name from one seed: adding a stream never moves another.

    The stream of ("references", 17) is the same whatever else was drawn, and for any number of workers.
    """

    root: int

    def sequence(self, name: str, index: int = 0) -> np.random.SeedSequence:
        digest = hashlib.sha256(name.encode()).digest()
        words = tuple(int.from_bytes(digest[i : i + 4], "little") for i in (0, 4, 8))
        return np.random.SeedSequence(self.root, spawn_key=(*words, index))

    def generator(self, name: str, index: int = 0) -> np.random.Generator:
        return np.random.default_rng(self.sequence(name, index))

    def integer(self, name: str, index: int = 0) -> int:
        """A seed for libraries that take an int, in [0, 2**31)."""
        return int(self.sequence(name, index).generate_state(1)[0] >> 1)
