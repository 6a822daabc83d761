"""The order in which a network sees its records: the same for a model trained alone and for one in a stack."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vidocq.core.arrays import IntArray


@dataclass(frozen=True, eq=False)
class Batches:
    """Batches of k models side by side, each over its own records in its own order.

    rows   one (n_k,) array of places among all records for each model.   seeds  one for each model's orders.
    least  a last batch of fewer records is left out of the epoch.
    """

    rows: Sequence[IntArray]
    seeds: Sequence[int]
    size: int
    least: int = 1

    @property
    def steps(self) -> list[int]:
        """Of each model in an epoch; the last batch may be smaller."""
        return [len(rows) // self.size + (len(rows) % self.size >= self.least) for rows in self.rows]

    def weights(self, *, dtype: Any) -> Any:
        """(steps, k, size) tensor: 1/b for each record of a batch of b records, 0 where there is none."""
        import torch  # noqa: PLC0415

        found = torch.zeros(max(self.steps), len(self.rows), self.size, dtype=dtype)
        for k, rows in enumerate(self.rows):
            for step in range(self.steps[k]):
                real = min(self.size, len(rows) - step * self.size)
                found[step, k, :real] = 1.0 / real
        return found

    def epochs(self, count: int) -> Iterator[Any]:
        """`count` times a (steps, k, size) tensor of places; 0 where there is no record."""
        import torch  # noqa: PLC0415

        generators = [torch.Generator().manual_seed(seed) for seed in self.seeds]
        places = [torch.as_tensor(rows) for rows in self.rows]
        for _ in range(count):
            order = torch.zeros(len(self.rows), max(self.steps) * self.size, dtype=torch.int64)
            for k, (own, generator) in enumerate(zip(places, generators, strict=True)):
                drawn = own[torch.randperm(len(own), generator=generator)][: order.shape[1]]
                order[k, : len(drawn)] = drawn
            yield order.view(len(self.rows), -1, self.size).transpose(0, 1).contiguous()
