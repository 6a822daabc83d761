"""Losses of the audited records, logged after each epoch of the target's own training.

    trace = vidocq.LossTrace(X, y)                # members and non-members, as they will be audited
    for epoch in range(20):
        model.partial_fit(X_train, y_train, classes=[0, 1])
        trace.ask(model)                          # or trace.log(losses), from torch or anything else
    trace.save("trace.npz")

Boosting has its stages instead of epochs: `for p in model.staged_predict_proba(X): trace.log_answers(p, model.classes_)`.
With MLPClassifier or SGDClassifier, `warm_start=True, max_iter=1` makes each `fit` one epoch.
"""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import DataError, SignalError
from vidocq.core.files import write_atomic
from vidocq.core.records import Records
from vidocq.targets.answers import checked_probabilities
from vidocq.targets.classes import require_known_labels
from vidocq.targets.digests import exact_digests
from vidocq.targets.memory import from_arrays
from vidocq.targets.observe import from_probabilities, observe
from vidocq.targets.sklearn import SklearnModel

FORMAT = "vidocq.trace/1"
LARGEST_LOSS = float(-np.log(np.finfo(np.float64).tiny))


@dataclass(frozen=True, eq=False)
class SavedTrace:
    """losses (n, e), one column an epoch; records (n,) 16-byte digests of the records they are about."""

    losses: FloatArray
    records: NDArray[np.void]

    @property
    def hash(self) -> str:
        """SHA-256 of what was logged, and of whom."""
        shape = str(self.losses.shape).encode()
        return hashlib.sha256(shape + self.records.tobytes() + self.losses.tobytes()).hexdigest()


class LossTrace:
    """Collects the losses of the same records, epoch after epoch. Personal data."""

    def __init__(self, features: Any, labels: Any) -> None:
        """features (n, d) array or DataFrame, labels (n,): all records that will be audited, on both sides.

        Raises DataError on shapes that do not agree, missing or infinite values.
        """
        self._features, self._records = features, from_arrays(features, labels, name="trace")
        self._epochs: list[FloatArray] = []

    @property
    def epochs(self) -> int:
        return len(self._epochs)

    def log(self, losses: Any) -> None:
        """One epoch: (n,) losses in the records' order; an array, a list, or a tensor of torch, on any device.

        Raises SignalError unless there is one number a record; one that is not finite is kept, and told by the audit.
        """
        if hasattr(losses, "detach"):
            losses = losses.detach().cpu()
        try:
            told = np.array(losses, dtype=np.float64)
        except (TypeError, ValueError):
            told = np.empty(0)
        if told.shape != (len(self._records),):
            raise SignalError(
                f"losses of shape {told.shape} are not one number for each of {len(self._records)} records",
                where="LossTrace.log",
                fix="compute the loss of each record by itself (reduction='none' in torch), in the order of the trace",
            )
        self._epochs.append(told)

    def log_answers(self, probabilities: Any, classes: Any) -> None:
        """One epoch from (n, c) probabilities, columns in the order of `classes`."""
        known = np.asarray(classes)
        answers = checked_probabilities(
            probabilities, n=len(self._records), classes=len(known), where="LossTrace.log_answers"
        )
        seen = from_probabilities(answers, require_known_labels(self._records.labels, known))
        self.log(np.minimum(seen.loss, LARGEST_LOSS))

    def ask(self, model: Any) -> None:
        """One epoch from the model as it now is: a scikit-learn estimator, or a function of (X, y) that gives losses.

        A probability of 0 for the true class counts as the least positive one, so that every loss is finite.
        """
        if callable(model) and not hasattr(model, "predict"):
            self.log(model(self._features, self._records.labels))
            return
        asked = SklearnModel(model)
        scale = None if asked.classes is not None else float(np.std(self._records.labels.astype(float)))
        seen = observe(asked, self._records, outputs="probabilities", scale=scale, tolerance=0.0)
        self.log(seen.loss if asked.classes is None else np.minimum(seen.loss, LARGEST_LOSS))

    def saved(self) -> SavedTrace:
        """What would be written. Raises SignalError if nothing was logged."""
        if not self._epochs:
            raise SignalError("no epoch was logged", where="LossTrace", fix="log the losses after each epoch")
        return SavedTrace(np.ascontiguousarray(np.stack(self._epochs, axis=1)), _digests(self._records))

    def save(self, path: str | Path) -> None:
        """Writes the trace atomically, readable by its owner only; may be called after each epoch."""
        found, stream = self.saved(), io.BytesIO()
        np.savez(stream, allow_pickle=False, format=np.array(FORMAT), losses=found.losses, records=found.records)
        write_atomic(Path(path), stream.getvalue(), mode=0o600)


def load_trace(path: Path) -> SavedTrace:
    """Raises DataError if the file is not a trace, or is damaged."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            held = {name: archive[name] for name in archive.files}
        losses, records = np.asarray(held["losses"], dtype=np.float64), held["records"]
        if str(held["format"]) != FORMAT or losses.ndim != 2 or records.shape != losses.shape[:1]:
            raise ValueError("format")
        if records.dtype != np.dtype("V16"):
            raise ValueError("records")
        return SavedTrace(losses, records)
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile) as reason:
        raise DataError(
            f"the trace cannot be read ({type(reason).__name__})",
            where=path.name,
            fix="give the file that vidocq.LossTrace saved",
        ) from None


def on_records(trace: SavedTrace, records: Records) -> FloatArray:
    """(n, e) the losses of these records, in their order. Raises DataError if a record has no trace."""
    places: dict[bytes, list[int]] = {}
    for place, row in enumerate(trace.records):
        places.setdefault(row.tobytes(), []).append(place)
    found = [places.get(row.tobytes()) for row in _digests(records)]
    absent = sum(1 for place in found if not place)
    if absent:
        raise DataError(
            f"{absent} of {len(records)} records have no trace",
            where="trace",
            fix="log the losses of members and non-members alike, as they stand in the audited files",
        )
    # Equal records have equal losses: whichever trace of theirs is read, it is the same.
    return trace.losses[[place[0] for place in found if place]]


def _digests(records: Records) -> NDArray[np.void]:
    return np.frombuffer(b"".join(exact_digests(records.features, records.labels)), dtype="V16")
