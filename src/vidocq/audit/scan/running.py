"""Batches through the engine, a few at a time, in order: what is held at once stays small however much is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.audit.scan.options import Options
from vidocq.audit.scan.planning import key_of
from vidocq.audit.scan.searching import KEYED, Batch, Finder, Shared, hashed_again, read_told, search
from vidocq.engine.local import Local
from vidocq.engine.progress import Progress
from vidocq.engine.store import Store
from vidocq.engine.work import Arrays, Failure, run
from vidocq.targets.texts.parts import Part
from vidocq.targets.texts.problems import Kind

WINDOW = 16


@dataclass(frozen=True)
class Searched:
    """What came of one part.

    rows   columns of the finds, as `searching.search` returns them, those of this part only.
    told   counts, problems, hash of the file (of its first part); None where the part crashed beyond measuring.
    """

    part: Part
    rows: dict[str, NDArray[Any]]
    fields: Sequence[str]
    detectors: Sequence[str]
    told: dict[str, Any] | None


def searched(
    batches: Sequence[Batch],
    *,
    find: Finder,
    options: Options,
    engine: Local,
    key: bytes,
    store: Store,
    progress: Progress,
    title: str,
) -> Iterator[Searched]:
    """Every part in order. Finished batches are kept in `store`, without what hangs on the key.

    A batch that fails is done again part by part, so that one file costs no other its result; a part that fails again
    is measured without being searched, for what follows it in its file must be counted from somewhere.
    """
    shared = Shared(find, options.categories, options.limits, key)
    keys = [key_of(batch, options) for batch in batches]
    progress.begin(title, total=len(batches), done=0)
    try:
        for start in range(0, len(batches), WINDOW):
            window = slice(start, start + WINDOW)
            results = _window(batches[window], keys[window], engine, shared, store, progress)
            for batch, found in zip(batches[window], results, strict=True):
                if isinstance(found, Failure):
                    yield from _one_by_one(batch, engine, shared)
                else:
                    yield from _parts(batch, found)
    finally:
        progress.end()


def _window(
    batches: Sequence[Batch],
    keys: Sequence[str],
    engine: Local,
    shared: Shared,
    store: Store,
    progress: Progress,
) -> list[Arrays | Failure]:
    """The results in order. One found in the store has lost its keyed columns: they are made again, by reading."""
    stored = [store.get(key) for key in keys]
    missing = [i for i, found in enumerate(stored) if found is None or len(found["start"])]
    fresh = run(
        search_or_hash,
        [(batches[i], stored[i]) for i in missing],
        keys=[keys[i] for i in missing],
        engine=engine,
        shared=shared,
        progress=_Within(progress),
        failures="keep",
    )
    done = dict(zip(missing, fresh, strict=True))
    results: list[Arrays | Failure] = []
    for i, (known, key) in enumerate(zip(stored, keys, strict=True)):
        found = done.get(i)
        if found is None and known is not None:
            found = {**known, **_unkeyed()}
            progress.advance()
        elif known is None and isinstance(found, dict):
            store.put(key, {name: array for name, array in found.items() if name not in KEYED})
        if found is not None:
            results.append(found)
    return results


def search_or_hash(item: tuple[Batch, Arrays | None], shared: Shared) -> Arrays:
    """A batch searched; or, with the finds of an earlier run, only what hangs on this run's key."""
    batch, known = item
    return search(batch, shared) if known is None else hashed_again(batch, known, shared)


def _one_by_one(batch: Batch, engine: Local, shared: Shared) -> Iterator[Searched]:
    singles = [Batch((part,)) for part in batch.parts]
    keys = [f"{i:08x}" for i in range(len(singles))]
    found = run(search, singles, keys=keys, engine=engine, shared=shared, failures="keep")
    for single, key, result in zip(singles, keys, found, strict=True):
        if not isinstance(result, Failure):
            yield from _parts(single, result)
            continue
        bare = replace(shared, find=None)
        [extent] = run(search, [single], keys=[key], engine=engine, shared=bare, failures="keep")
        if isinstance(extent, Failure):
            yield Searched(single.parts[0], {}, (), (), None)
            continue
        for part in _parts(single, extent):
            told = dict(part.told or {})
            told["problems"] = [*told["problems"], {"kind": Kind.CRASHED, "record": None, "error": result.kind}]
            yield replace(part, told=told)


def _parts(batch: Batch, found: Arrays) -> Iterator[Searched]:
    told = read_told(found)
    edges = np.searchsorted(found["part"], np.arange(len(batch.parts) + 1))
    for index, part in enumerate(batch.parts):
        rows = {name: found[name][edges[index] : edges[index + 1]] for name in found if name != "told"}
        yield Searched(part, rows, told["fields"], told["detectors"], told["parts"][index])


def _unkeyed() -> Arrays:
    return {name: np.empty(0, dtype=kind) for name, kind in KEYED.items()}


class _Within:
    """Progress of a window told as progress of the whole."""

    def __init__(self, outer: Progress) -> None:
        self._outer = outer

    def begin(self, title: str, *, total: int, done: int) -> None:
        """The whole has begun already."""

    def advance(self) -> None:
        self._outer.advance()

    def end(self) -> None:
        """The whole goes on."""
