"""A target known by its saved answers only: it can be audited, but not asked again, and no reference can be trained.

Answers come in a file beside each data file, one row for each of its records in the same order. As a table (.csv,
.parquet, .jsonl) its columns are `p_<class>` for each class; or `prediction`; or `loss` or `confidence` or both, with
`correct`. As .npz its arrays are `probabilities` (n, c) with `classes`; or `prediction`; or the same signals. A loss
is in nats, a confidence is the log-odds of the true class.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import DataError, ModelError
from vidocq.core.records import Records
from vidocq.targets.answers import checked_probabilities
from vidocq.targets.columns import MAX_BYTES, listed, read_arrays, read_columns
from vidocq.targets.digests import exact_digests
from vidocq.targets.observed import Observed, loss_of

_PREFIX = "p_"
_AGREE = 1e-9  # answers about equal records may differ by this much: batches round differently


@dataclass(frozen=True, eq=False)
class RecordedAnswers:
    """The answers of one file; exactly one of the three is there.

    probabilities  (n, c) with classes (c,).
    prediction     (n,) labels or values.
    signals        Observed, for a classification.
    """

    n: int
    classes: NDArray[Any] | None = None
    probabilities: FloatArray | None = None
    prediction: NDArray[Any] | None = None
    signals: Observed | None = None

    @property
    def kind(self) -> str:
        if self.probabilities is not None:
            return "probabilities"
        return "prediction" if self.prediction is not None else "signals"


def read_answers(path: Path, *, max_bytes: int = MAX_BYTES) -> RecordedAnswers:
    """The answers saved in a file. Raises DataError if it is unreadable or holds no answers, or these are invalid."""
    held: dict[str, NDArray[Any]]
    if path.suffix.lower() == ".npz":
        held = read_arrays(path, max_bytes=max_bytes)
        if "probabilities" in held:
            return _probabilities(held["probabilities"], held.get("classes"), path)
    else:
        held = read_columns(path, max_bytes=max_bytes)
        names = [name for name in held if name.startswith(_PREFIX)]
        if names:
            _require_numbers({name: held[name] for name in names}, path)
            table = np.column_stack([held[name].astype(np.float64) for name in names])
            return _probabilities(table, _class_names([name.removeprefix(_PREFIX) for name in names]), path)
    if "prediction" in held:
        return _prediction(held["prediction"], path)
    if "loss" in held or "confidence" in held:
        return _signals(held, path)
    raise DataError(
        f"the file holds no answers; it has {listed(held)}",
        where=path.name,
        fix="give p_<class> columns (npz: probabilities and classes), prediction, or loss or confidence with correct",
    )


class RecordedModel:
    """The target, as its answers about the two data files tell.

    A record is found by its features, label and person; equal records were answered equally.
    classes              None for a regression.
    gives_probabilities  false if labels or signals were saved.
    gives_signals        true if these were saved, which stand in for probabilities.
    """

    def __init__(self, parts: list[tuple[Records, RecordedAnswers]]) -> None:
        """`parts` pairs each data file with its answers, row by row.

        Raises DataError if their lengths or kinds differ, or if equal records were answered differently.
        """
        kinds = {answers.kind for _, answers in parts}
        if len(kinds) != 1:
            raise DataError(
                f"the files of answers hold different things: {', '.join(sorted(kinds))}",
                where="targets.recorded",
                fix="save the same answers about members and non-members",
            )
        for records, answers in parts:
            if len(records) != answers.n:
                raise DataError(
                    f"there are {answers.n} answers about {len(records)} records",
                    where="targets.recorded",
                    fix="save one answer for each record, in the same order",
                )
        self._kind = kinds.pop()
        self.classes = _common_classes(parts)
        self.gives_probabilities, self.gives_signals = self._kind == "probabilities", self._kind == "signals"
        self._answers = _joined([answers for _, answers in parts], self.classes)
        self._row: dict[bytes, int] = {}
        differing = 0
        digests = [digest for records, _ in parts for digest in _digests(records)]
        for i, digest in enumerate(digests):
            first = self._row.setdefault(digest, i)
            differing += first != i and not self._agree(first, i)
        if differing:
            raise DataError(
                f"{differing} records are equal to another one and were answered differently",
                where="targets.recorded",
                fix="save deterministic answers, or give a person column that tells these records apart",
            )

    def probabilities(self, records: Records) -> FloatArray:
        """(n, c) as saved. Raises ModelError if they were not, DataError on a record that is in neither file."""
        if self._answers.probabilities is None:
            raise ModelError(
                "no probabilities were saved", where="targets.recorded", fix="set outputs to what was saved"
            )
        return self._answers.probabilities[self._find(records)]

    def predictions(self, records: Records) -> NDArray[Any]:
        """(n,) as saved, or the likeliest class of the saved probabilities."""
        rows = self._find(records)
        if self._answers.prediction is not None:
            return self._answers.prediction[rows]
        if self._answers.probabilities is None or self.classes is None:
            raise ModelError("no predictions were saved", where="targets.recorded", fix="ask for the saved signals")
        likeliest: NDArray[Any] = self.classes[self._answers.probabilities[rows].argmax(axis=1)]
        return likeliest

    def signals(self, records: Records) -> Observed | None:
        """The signals, if these were saved; else None, and `observe` reads them from the answers."""
        return None if self._answers.signals is None else self._answers.signals.take(self._find(records))

    def _find(self, records: Records) -> IntArray:
        rows = np.fromiter((self._row.get(digest, -1) for digest in _digests(records)), np.int64, count=len(records))
        if (rows < 0).any():
            raise DataError(
                f"{int((rows < 0).sum())} of {len(rows)} records have no saved answer",
                where="targets.recorded",
                fix="save an answer for each record of the data files",
            )
        return rows

    def _agree(self, i: int, j: int) -> bool:
        saved = self._answers
        if saved.probabilities is not None:
            return bool(np.allclose(saved.probabilities[i], saved.probabilities[j], rtol=_AGREE, atol=_AGREE))
        if saved.prediction is not None:
            return _same(saved.prediction[i], saved.prediction[j])
        return saved.signals is not None and _same(saved.signals.loss[i], saved.signals.loss[j])


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, str):
        return bool(a == b)
    return bool(a == b) or bool(np.isclose(float(a), float(b), rtol=_AGREE, atol=_AGREE))


def _digests(records: Records) -> list[bytes]:
    digests = exact_digests(records.features, records.labels)
    if records.persons is None:
        return digests
    return [digest + str(person).encode() for digest, person in zip(digests, records.persons.tolist(), strict=True)]


def _probabilities(table: NDArray[Any], classes: NDArray[Any] | None, path: Path) -> RecordedAnswers:
    if classes is None or classes.ndim != 1 or table.ndim != 2 or len(set(classes.tolist())) != table.shape[1]:
        raise DataError(
            "the classes do not fit the probabilities",
            where=path.name,
            fix="give the array 'classes' with one distinct class for each column",
        )
    try:
        checked = checked_probabilities(table, n=len(table), classes=len(classes), where=path.name)
    except ModelError as error:
        raise DataError(error.what, where=error.where, fix=error.fix) from None
    return RecordedAnswers(len(checked), classes=classes, probabilities=checked)


def _prediction(values: NDArray[Any], path: Path) -> RecordedAnswers:
    text = values.dtype.kind in "UO"
    if values.ndim != 1 or (any(value is None for value in values) if text else not np.isfinite(values).all()):
        raise DataError("predictions are missing", where=path.name, fix="save one prediction for each record")
    return RecordedAnswers(len(values), prediction=values.astype(np.str_) if text else values)


def _signals(held: dict[str, NDArray[Any]], path: Path) -> RecordedAnswers:
    _require_numbers({name: held[name] for name in ("loss", "confidence", "correct") if name in held}, path)
    correct = held.get("correct")
    if correct is None or not np.isin(correct, (0, 1)).all():
        raise DataError(
            "it is not told whether each prediction was correct",
            where=path.name,
            fix="save a column 'correct' of true and false beside loss or confidence",
        )
    loss = held["loss"].astype(np.float64) if "loss" in held else None
    if loss is not None and not (loss >= 0).all():
        raise DataError(
            "losses are missing or negative", where=path.name, fix="save the loss in nats for each record"
        )
    confidence = _saved_confidence(held, loss)
    if np.isnan(confidence).any():
        raise DataError("confidences are missing", where=path.name, fix="save the log-odds for each record")
    if loss is None:
        loss = loss_of(confidence)
    seen = Observed(confidence, loss, correct.astype(np.bool_))
    return RecordedAnswers(len(loss), signals=seen)


def _saved_confidence(held: dict[str, NDArray[Any]], loss: FloatArray | None) -> FloatArray:
    if loss is None or "confidence" in held:
        return held["confidence"].astype(np.float64)
    return _confidence_of(loss)


def _confidence_of(loss: FloatArray) -> FloatArray:
    """Log-odds from the loss: log p - log(1 - p) with p = exp(-loss)."""
    confidence = np.empty(len(loss))
    large = loss > 1  # in two ways, since exp(loss) overflows and 1 - exp(-loss) loses digits
    confidence[large] = -loss[large] - np.log(-np.expm1(-loss[large]))
    with np.errstate(divide="ignore"):
        confidence[~large] = -np.log(np.expm1(loss[~large]))
    return confidence


def _require_numbers(columns: dict[str, NDArray[Any]], path: Path) -> None:
    for name, column in columns.items():
        if column.ndim != 1 or column.dtype.kind not in "biuf":
            raise DataError(
                "a column of answers does not hold numbers", where=f"{path.name}, {name}", fix="save numbers"
            )


def _class_names(names: list[str]) -> NDArray[Any]:
    """Classes as the column names tell them: booleans or whole numbers if every name is one, else text."""
    if {name.lower() for name in names} <= {"true", "false"}:
        return np.array([name.lower() == "true" for name in names])
    if all(name.removeprefix("-").isdecimal() for name in names):
        return np.array([int(name) for name in names], dtype=np.int64)
    return np.array(names)


def _common_classes(parts: list[tuple[Records, RecordedAnswers]]) -> NDArray[Any] | None:
    first = parts[0][1]
    if first.kind == "prediction":
        labels = np.concatenate([records.labels for records, _ in parts])
        predictions = [answers.prediction for _, answers in parts if answers.prediction is not None]
        numeric = [values.dtype.kind for values in (labels, *predictions)]
        if "f" in numeric:
            return None
        return np.unique(np.concatenate([labels, *predictions]))
    if first.classes is None:
        labels = np.concatenate([records.labels for records, _ in parts])
        if labels.dtype.kind == "f":
            raise DataError(
                "saved losses and confidences are read for a classification only",
                where="targets.recorded",
                fix="save the predicted values as 'prediction'",
            )
        return np.unique(labels)
    for _, answers in parts[1:]:
        if answers.classes is None or set(answers.classes.tolist()) != set(first.classes.tolist()):
            raise DataError(
                "the files of answers name different classes",
                where="targets.recorded",
                fix="save every class in both",
            )
    return first.classes


def _joined(every: list[RecordedAnswers], classes: NDArray[Any] | None) -> RecordedAnswers:
    """The answers of all files, one below the other, classes in one order."""
    n = sum(answers.n for answers in every)
    tables = [
        answers.probabilities[:, [answers.classes.tolist().index(name) for name in classes.tolist()]]
        for answers in every
        if answers.probabilities is not None and answers.classes is not None and classes is not None
    ]
    if tables:
        return RecordedAnswers(n, classes=classes, probabilities=np.concatenate(tables))
    predictions = [answers.prediction for answers in every if answers.prediction is not None]
    if predictions:
        return RecordedAnswers(n, classes=classes, prediction=np.concatenate(predictions))
    signals = [answers.signals for answers in every if answers.signals is not None]
    correct: BoolArray = np.concatenate([seen.correct for seen in signals])
    return RecordedAnswers(
        n,
        classes=classes,
        signals=Observed(
            np.concatenate([seen.confidence for seen in signals]),
            np.concatenate([seen.loss for seen in signals]),
            correct,
        ),
    )
