"""Pure functions over many items: order kept, finished work stored, failures told without what they quoted."""

import traceback
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, overload, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from vidocq.core.errors import ConfigurationError, ModelError, VidocqError
from vidocq.engine.progress import Progress, Silent
from vidocq.engine.store import Store

Arrays = dict[str, NDArray[Any]]
Work = Callable[..., Mapping[str, NDArray[Any]]]


@dataclass(frozen=True)
class Task:
    """One item of work: its place among the results, the key it is kept under, and what it is."""

    index: int
    key: str
    item: Any


@dataclass(frozen=True)
class Failure:
    """An item that could not be done. The exception's message is left out: it may quote personal values.

    kind   the name of the exception's type.
    where  the function that was run, and the line that raised.
    error  the exception itself where it is ours, whose words quote nothing.
    """

    key: str
    kind: str
    where: str
    error: VidocqError | None = field(default=None, compare=False)


Outcome = Arrays | Failure | VidocqError


class Engine(Protocol):
    """Performs tasks here or on many machines. Nothing else in the code knows which."""

    @property
    def count(self) -> int:
        """How many tasks are performed at once."""
        ...

    def check(self) -> None:
        """Raises ConfigurationError if work cannot be done there, as far as can be told without starting any."""
        ...

    def described(self) -> dict[str, Any]:
        """Plain content that says which engine this is, and what of it has been used, for run.json."""
        ...

    def outcomes(
        self, function: Work, tasks: Sequence[Task], *, shared: Any
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Yields (index, `perform` of that task) as they finish, in any order, each once.

        `shared` travels once per worker. Closing the generator stops the workers.
        """
        ...


@runtime_checkable
class Elsewhere(Protocol):
    """Optional on an engine: what it does may be done on other machines than this one.

    is_far    whether these are surely others.   sees_gpu  whether each task is given a GPU.
    """

    @property
    def is_far(self) -> bool: ...

    @property
    def sees_gpu(self) -> bool: ...


@overload
def run(
    function: Work,
    items: Sequence[Any],
    *,
    keys: Sequence[str],
    engine: Engine,
    shared: Any = ...,
    store: Store | None = ...,
    progress: Progress | None = ...,
    title: str = ...,
    failures: Literal["raise"] = ...,
) -> list[Arrays]: ...


@overload
def run(
    function: Work,
    items: Sequence[Any],
    *,
    keys: Sequence[str],
    engine: Engine,
    shared: Any = ...,
    store: Store | None = ...,
    progress: Progress | None = ...,
    title: str = ...,
    failures: Literal["keep"],
) -> list[Arrays | Failure]: ...


def run(
    function: Work,
    items: Sequence[Any],
    *,
    keys: Sequence[str],
    engine: Engine,
    shared: Any = None,
    store: Store | None = None,
    progress: Progress | None = None,
    title: str = "",
    failures: Literal["raise", "keep"] = "raise",
) -> list[Arrays] | list[Arrays | Failure]:
    """`function(item)`, or `function(item, shared)` where `shared` is given, for every item.

    function  pure and picklable; returns named numpy arrays, none of Python objects. It finds the arrays of `shared`
              read-only, and draws from streams named by the item, never from a global one.
    keys      one per item, all different: a hash of everything the result depends on, `shared` included.
    shared    data that every item needs, sent once per worker.
    store     results found there are not computed again; each new one is stored as soon as it is finished.
    failures  "raise" stops at the first failure; "keep" puts a Failure in its place and goes on. A ConfigurationError
              always stops: it is not about one item, but about the place where the work is done.
    Returns   the results in the order of the items: the same bytes for any number of workers, resumed or not.
    Raises    ModelError if an item fails (a VidocqError passes through as it is); KeyboardInterrupt when stopped.
    """
    if len(keys) != len(items) or len(set(keys)) != len(keys):
        raise ConfigurationError(
            f"{len(items)} items of work have {len(set(keys))} different keys",
            where="engine.work.run",
            fix="give each item a key of its own",
        )
    watcher: Progress = Silent() if progress is None else progress
    results: dict[int, Arrays | Failure] = {}
    if store is not None:
        for index, key in enumerate(keys):
            if (found := store.get(key)) is not None:
                results[index] = found
    tasks = [Task(i, key, item) for i, (key, item) in enumerate(zip(keys, items, strict=True)) if i not in results]

    watcher.begin(title, total=len(items), done=len(results))
    try:
        with closing(engine.outcomes(function, tasks, shared=shared)) as outcomes:
            for index, outcome in outcomes:
                results[index] = _settle(outcome, key=keys[index], store=store, keep=failures == "keep")
                watcher.advance()
    finally:
        watcher.end()
    return [results[index] for index in range(len(items))]


def perform(function: Work, task: Task, shared: Any) -> Outcome:
    """Does one task, in whatever process an engine calls it; every exception becomes an outcome."""
    try:
        found = function(task.item) if shared is None else function(task.item, shared)
        return {name: _owned(array, function) for name, array in found.items()}
    except VidocqError as error:
        return error
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the engine is a boundary: it records what it caught
        return Failure(task.key, type(error).__qualname__, _place(function, error))


def name_of(function: Work) -> str:
    """Where a function lives, for messages."""
    inner = getattr(function, "func", function)
    return f"{getattr(inner, '__module__', '?')}.{getattr(inner, '__qualname__', type(inner).__qualname__)}"


def _settle(outcome: Outcome, *, key: str, store: Store | None, keep: bool) -> Arrays | Failure:
    if isinstance(outcome, VidocqError):
        if not keep or isinstance(outcome, ConfigurationError):
            raise outcome
        return Failure(key, type(outcome).__qualname__, outcome.where, outcome)
    if isinstance(outcome, Failure):
        if not keep:
            raise ModelError(
                f"a piece of work failed with {outcome.kind} (item {key[:12]})",
                where=outcome.where,
                fix="look at that line; the message is withheld, for it may quote personal values",
            )
        return outcome
    if store is not None:
        store.put(key, outcome)
    return outcome


def _owned(array: object, function: Work) -> NDArray[Any]:
    """A copy that rests on no shared memory and can be stored without pickling."""
    if not isinstance(array, np.ndarray) or array.dtype.hasobject:
        raise ModelError(
            "a piece of work returned something else than an array of numbers, booleans or text",
            where=name_of(function),
            fix="return a mapping of names to numpy arrays, none of dtype object",
        )
    return np.array(array, order="K")


def _place(function: Callable[..., Any], error: BaseException) -> str:
    frames = list(traceback.walk_tb(error.__traceback__))
    innermost, line = frames[-1]
    code = innermost.f_code
    return f"{name_of(function)}, at {Path(code.co_filename).name}:{line} ({code.co_qualname})"
