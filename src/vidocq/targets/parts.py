"""The parts of a fitted scikit-learn model, each with the table it was given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vidocq.targets.foreign import foreign_code

DEEPEST = 8
MOST_PARTS = 20_000
_ELSEWHERE = frozenset({"final_estimator_", "transformers_", "estimators_features_"})
"""Attributes read with the table their parts were given, which is not the whole one."""

Table = Any
"""A dense array, a sparse matrix or a data frame: whatever the model hands from step to step."""


@dataclass(frozen=True, eq=False)
class Part:
    """An estimator inside a model; `given` turns the model's own table into the one this part saw."""

    estimator: Any
    given: Callable[[Table], Table]
    name: str


def parts_of(model: Any) -> Iterator[Part]:
    """The model and every estimator that it keeps: steps of pipelines, branches of unions, members of ensembles, whatever
    stands under a fitted attribute, alone or in a list, tuple, array or dictionary; each once, at most `MOST_PARTS`.

    Which table a part saw is known for pipelines, unions, columns, stacks and selections; any other part is taken to
    have seen what its owner did, which `fits` tells from widths.
    """
    met: set[int] = set()
    for seen, part in enumerate(_walk(Part(model, _as_it_is, type(model).__name__), met, depth=0)):
        if seen == MOST_PARTS:
            return
        yield part


def fits(part: Part, given: Table) -> bool:
    """False where the part was trained on a table of another width than this one."""
    width = getattr(part.estimator, "n_features_in_", None)
    return not isinstance(width, int | np.integer) or int(width) == np.shape(given)[1]


def _as_it_is(table: Table) -> Table:
    return table


def _walk(part: Part, met: set[int], *, depth: int) -> Iterator[Part]:
    if id(part.estimator) in met:
        return
    met.add(id(part.estimator))
    yield part
    if depth < DEEPEST:
        for inner in _inside(part):
            yield from _walk(inner, met, depth=depth + 1)


def _inside(part: Part) -> Iterator[Part]:
    estimator = part.estimator
    held = vars(estimator) if hasattr(estimator, "__dict__") else {}
    steps = held.get("steps")
    if isinstance(steps, list):
        yield from _steps(part, [step[1] for step in steps])
        return
    for branch in held.get("transformer_list") or ():
        if _is_part(branch[1]):
            yield Part(branch[1], part.given, f"{part.name}.transformer_list")
    for _, transformer, chosen in held.get("transformers_") or ():
        if _is_part(transformer):
            yield Part(transformer, _columns_of(part.given, chosen), f"{part.name}.transformers_")
    if _is_part(held.get("final_estimator_")):
        yield Part(held["final_estimator_"], _through(part.given, [estimator]), f"{part.name}.final_estimator_")
    columns = held.get("estimators_features_")
    if columns is not None:
        for member, chosen in zip(held.get("estimators_") or (), columns, strict=False):
            yield Part(member, _columns_of(part.given, chosen), f"{part.name}.estimators_")
    given = part.given
    if {"ranking_", "support_"} <= held.keys():  # a selection by elimination: its estimator saw what is left
        given = _columns_of(part.given, np.flatnonzero(held["support_"]))
    for name in sorted(held):
        if name not in _ELSEWHERE and (name.endswith("_") or name == "estimator"):
            for inner in _estimators_in(held[name]):
                yield Part(inner, given, f"{part.name}.{name}")


def _estimators_in(value: Any, *, depth: int = 0) -> Iterator[Any]:
    if _is_part(value):
        yield value
    elif isinstance(value, list | tuple | Mapping) or (isinstance(value, np.ndarray) and value.dtype == object):
        if depth < DEEPEST:
            for each in value.values() if isinstance(value, Mapping) else value:
                yield from _estimators_in(each, depth=depth + 1)
    elif _is_part(getattr(value, "estimator", None)):  # what calibrates a classifier holds it, and is no estimator
        yield value.estimator


def _steps(part: Part, steps: Sequence[Any]) -> Iterator[Part]:
    for i, step in enumerate(steps):
        if _is_part(step):
            yield Part(step, _through(part.given, steps[:i]), f"{part.name}.{type(step).__name__}")


def _through(given: Callable[[Table], Table], before: Sequence[Any]) -> Callable[[Table], Table]:
    def passed(table: Table) -> Table:
        table = given(table)
        for step in before:
            if hasattr(step, "transform"):
                with foreign_code("a step of the model", where="targets.parts", fix="call its transform to see"):
                    table = step.transform(table)
        return table

    return passed


def _columns_of(given: Callable[[Table], Table], columns: Any) -> Callable[[Table], Table]:
    def chosen(table: Table) -> Table:
        table = given(table)
        with foreign_code(
            "a choice of columns", where="targets.parts", fix="give the columns the model was trained on"
        ):
            if not hasattr(table, "iloc"):
                return table[:, columns]
            if isinstance(columns, str):
                return table[[columns]]
            by_name = len(columns) > 0 and isinstance(columns[0], str)
            return table[list(columns)] if by_name else table.iloc[:, columns]

    return chosen


def _is_part(value: Any) -> bool:
    return hasattr(value, "get_params") and not isinstance(value, type | str)
