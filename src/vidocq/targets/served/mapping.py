"""Records into the body of a request, and the body of an answer into labels, probabilities or values."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.errors import ConfigurationError, DataError, ModelError
from vidocq.core.records import Records
from vidocq.targets.answers import SUM_TOLERANCE, checked_probabilities
from vidocq.targets.served.json_places import found_at, put_at

WHOLE = 2.0**53
WHERE = "the endpoint's answer"
_WHERE_MAPPING = "[model.http]"


@dataclass(frozen=True, kw_only=True)
class HttpMapping:
    """How a batch is asked about, and where the answer says what; places as `targets.served.json_places` reads them.

    form           how records are written: "objects", a list of {column: value}; "rows", a list of lists, columns in
                   the file's order; "columns", {column: list}; "split", {"columns": names, "data": rows}; "object",
                   one record alone as {column: value}, for batches of one.
    records_at     where in the body they stand; empty for the whole body.
    body           what else the body holds.
    labels         where the predicted labels stand, one for each record.
    probabilities  where probabilities stand: for each record a list in the order of the classes, an object
                   {class: number}, a list of `pairs`, or with two classes the second one's alone; or for each class
                   a list, {class: list}.
    values         where the predicted numbers of a regression stand.
    pairs          the names under which an object of a list holds a class and its probability.
    sums_within    by how much a row may miss the sum of 1 because the endpoint rounds; such a row is divided by it.
    """

    form: Literal["objects", "rows", "columns", "split", "object"] = "objects"
    records_at: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    labels: str | None = None
    probabilities: str | None = None
    values: str | None = None
    pairs: tuple[str, str] = ("label", "score")
    sums_within: float = SUM_TOLERANCE

    def __post_init__(self) -> None:
        try:
            json.dumps(self.body, allow_nan=False)
        except (TypeError, ValueError):
            raise ConfigurationError(
                "body holds what JSON cannot write", where=_WHERE_MAPPING, fix="use text, numbers, lists and tables"
            ) from None
        try:
            put_at(self.body, self.records_at, None)
        except LookupError:
            raise ConfigurationError(
                "records_at leads through something else than an object of the body",
                where=_WHERE_MAPPING,
                fix="let records_at name a place that the body leaves free",
            ) from None
        if self.body and not self.records_at:
            raise ConfigurationError(
                "a body is given, and not where in it the records stand", where=_WHERE_MAPPING, fix="give records_at"
            )

    def request(self, records: Records) -> bytes:
        """The body that asks about these records, as UTF-8 JSON. Whole numbers are written without a decimal point."""
        written = put_at(self.body, self.records_at, self._written(records))
        return json.dumps(written, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    def read_labels(self, content: Any, *, n: int, classes: NDArray[Any]) -> IntArray:
        """(n,) positions among the classes. Raises ModelError, as all readings do, which quotes nothing."""
        known = _Classes.of(classes)
        labels = self._listed(content, self.labels, n)
        return np.array([known.position(label) for label in labels], dtype=np.int64)

    def read_probabilities(self, content: Any, *, n: int, classes: NDArray[Any], top: int | None) -> FloatArray:
        """(n, c) rows that sum to 1.

        top  how many classes are served: those that an object leaves out share alike what is left, as
             `targets.observe.served` has it. Without it each class has to be there.
        """
        known = _Classes.of(classes)
        held = self._at(content, self.probabilities)
        if isinstance(held, dict) and self.form != "object":
            held = _turned(held, n)
        rows = self._items(held, n)
        table = np.array([self._row(row, known, top) for row in rows]).reshape(n, len(classes))
        sums = table.sum(axis=1)
        off = np.abs(sums - 1) > SUM_TOLERANCE
        if (np.abs(sums - 1) > max(self.sums_within, SUM_TOLERANCE)).any():
            raise ModelError(
                f"probabilities of {int(off.sum())} of {n} records of a batch do not sum to 1",
                where=WHERE,
                fix="let the endpoint serve probabilities, not scores; if it rounds them, set sums_within",
            )
        table[off] /= sums[off, None]
        return checked_probabilities(table, n=n, classes=len(classes), where=WHERE)

    def read_values(self, content: Any, *, n: int) -> FloatArray:
        """(n,) finite numbers."""
        return np.array([_number(value) for value in self._listed(content, self.values, n)], dtype=np.float64)

    def _written(self, records: Records) -> Any:
        rows = [[_cell(value) for value in row] for row in records.features.tolist()]
        names = list(records.columns)
        if self.form == "rows":
            return rows
        if self.form == "split":
            return {"columns": names, "data": rows}
        if self.form == "columns":
            return {name: [row[j] for row in rows] for j, name in enumerate(names)}
        objects = [dict(zip(names, row, strict=True)) for row in rows]
        return objects[0] if self.form == "object" else objects

    def _at(self, content: Any, path: str | None) -> Any:
        try:
            return found_at(content, path or "")
        except LookupError:
            raise ModelError(
                "the answer holds nothing at the place configured",
                where=f"{WHERE}, {path}",
                fix="correct the path in [model.http], or the endpoint",
            ) from None

    def _listed(self, content: Any, path: str | None, n: int) -> list[Any]:
        return self._items(self._at(content, path), n)

    def _items(self, held: Any, n: int) -> list[Any]:
        items = [held] if self.form == "object" else held
        if not isinstance(items, list):
            raise ModelError(
                "the answer holds no list at the place configured",
                where=WHERE,
                fix="name the place of a list with one item for each record, or use * to make one",
            )
        if len(items) != n:
            raise ModelError(
                f"{len(items)} answers came back about {n} records",
                where=WHERE,
                fix="the endpoint has to answer about each record of a batch, in order",
            )
        return items

    def _row(self, item: Any, known: "_Classes", top: int | None) -> list[float]:
        count = len(known)
        if isinstance(item, dict):
            return _filled(list(item.items()), known, top)
        if isinstance(item, list) and item and all(isinstance(one, dict) for one in item):
            return _filled([(one.get(self.pairs[0]), one.get(self.pairs[1])) for one in item], known, top)
        if isinstance(item, list):
            if len(item) != count:
                raise ModelError(
                    f"a row of probabilities has {len(item)} numbers for {count} classes",
                    where=WHERE,
                    fix="list all classes in [model] classes, in the endpoint's order",
                )
            return [_number(value) for value in item]
        if count == 2:
            second = _number(item)
            return [1.0 - second, second]
        raise ModelError(
            f"one number came back where there are {count} classes", where=WHERE, fix="let it answer about each class"
        )


@dataclass(frozen=True, eq=False)
class _Classes:
    """The places of classes, found as they are or by their text: names of a JSON object are always text."""

    exact: dict[Any, int]
    text: dict[str, int]

    @classmethod
    def of(cls, classes: NDArray[Any]) -> "_Classes":
        named = classes.tolist()
        return cls({name: i for i, name in enumerate(named)}, {str(name): i for i, name in enumerate(named)})

    def __len__(self) -> int:
        return len(self.exact)

    def position(self, label: Any) -> int:
        plain = isinstance(label, str | int | float)
        found = self.exact.get(label, self.text.get(label) if isinstance(label, str) else None) if plain else None
        if found is None:
            raise ModelError(
                "the endpoint answered with a label that is not among the classes",
                where=WHERE,
                fix="list every label it may answer in [model] classes",
            )
        return found


def _filled(told: list[tuple[Any, Any]], known: _Classes, top: int | None) -> list[float]:
    """One probability for each class, from the classes named."""
    named = {known.position(label): _number(value) for label, value in told}
    if len(named) < len(told):
        raise ModelError("an answer names a class twice", where=WHERE, fix="let it answer about each class once")
    count = len(known)
    missing = count - len(named)
    if missing and (top is None or len(named) < top):
        raise ModelError(
            f"probabilities came back for {len(named)} of {count} classes",
            where=WHERE,
            fix='if it serves the likeliest classes alone, set outputs = "top_k" and top_k to their number',
        )
    rest = max(1.0 - sum(named.values()), 0.0) / missing if missing else 0.0
    return [named.get(i, rest) for i in range(count)]


def _turned(held: dict[str, Any], n: int) -> list[dict[str, Any]]:
    """{class: list} as one object for each record."""
    if not all(isinstance(column, list) and len(column) == n for column in held.values()):
        raise ModelError(
            f"the answer does not hold {n} numbers for each class",
            where=WHERE,
            fix="the endpoint has to answer about each record of a batch, in order",
        )
    return [{name: column[i] for name, column in held.items()} for i in range(n)]


def _number(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if math.isfinite(number):
            return number
    raise ModelError(
        "the endpoint answered with something else than a finite number",
        where=WHERE,
        fix="let it answer with numbers",
    )


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return value
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.inf
    if math.isnan(number):
        return None
    if math.isinf(number):
        raise DataError(
            "a cell holds neither text nor a finite number and cannot be sent as JSON",
            where="features",
            fix="give such cells as text, or leave these records out",
        )
    return int(number) if number.is_integer() and abs(number) <= WHOLE else number
