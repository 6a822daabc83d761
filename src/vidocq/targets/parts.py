"""The parts of a fitted scikit-learn model, each with the table it was given."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vidocq.targets.foreign import foreign_code

DEEPEST = 8
MOST_PARTS = 20_000

Table = Any
"""A dense array, a sparse matrix or a data frame: whatever the model hands from step to step."""


@dataclass(frozen=True, eq=False)
class Part:
    """An estimator inside a model; `given` turns the model's own table into the one this part saw."""

    estimator: Any
    given: Callable[[Table], Table]
    name: str


def parts_of(model: Any) -> Iterator[Part]:
    """The model, the steps of its pipelines, the members of its ensembles, and so on; at most `MOST_PARTS`."""
    for seen, part in enumerate(_walk(Part(model, _as_it_is, type(model).__name__), depth=0)):
        if seen == MOST_PARTS:
            return
        yield part


def _as_it_is(table: Table) -> Table:
    return table


def _walk(part: Part, *, depth: int) -> Iterator[Part]:
    yield part
    if depth < DEEPEST:
        for inner in _inside(part):
            yield from _walk(inner, depth=depth + 1)


def _inside(part: Part) -> Iterator[Part]:
    estimator = part.estimator
    steps = getattr(estimator, "steps", None)
    if isinstance(steps, list):
        yield from _steps(part, [step for _, step in steps])
        return
    for name in ("best_estimator_", "estimator_", "base_estimator_", "regressor_", "classifier_"):
        inner = vars(estimator).get(name) if hasattr(estimator, "__dict__") else None
        if _is_fitted_part(inner):
            yield Part(inner, part.given, f"{part.name}.{name}")
    for calibrated in getattr(estimator, "calibrated_classifiers_", None) or ():
        if _is_fitted_part(getattr(calibrated, "estimator", None)):
            yield Part(calibrated.estimator, part.given, f"{part.name}.calibrated_classifiers_")
    columns = getattr(estimator, "estimators_features_", None)
    members = getattr(estimator, "estimators_", None)
    if isinstance(members, list | np.ndarray):
        flat = list(np.asarray(members, dtype=object).ravel())
        for i, member in enumerate(flat):
            if _is_fitted_part(member):
                given = part.given if columns is None else _columns_of(part.given, columns[i])
                yield Part(member, given, f"{part.name}.estimators_")
    for _, transformer, chosen in getattr(estimator, "transformers_", None) or ():
        if _is_fitted_part(transformer):
            yield Part(transformer, _columns_of(part.given, chosen), f"{part.name}.transformers_")


def _steps(part: Part, steps: Sequence[Any]) -> Iterator[Part]:
    for i, step in enumerate(steps):
        if _is_fitted_part(step):
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
        if hasattr(table, "iloc"):
            by_name = isinstance(columns, str) or (len(columns) > 0 and isinstance(columns[0], str))
            return (
                table[list(columns) if not isinstance(columns, str) else [columns]]
                if by_name
                else table.iloc[:, columns]
            )
        return table[:, columns]

    return chosen


def _is_fitted_part(value: Any) -> bool:
    return hasattr(value, "get_params") and not isinstance(value, type | str)
