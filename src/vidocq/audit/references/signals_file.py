"""Signals on disk: scoring can be replayed without the model, and references reused for another target."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.audit.references.collect import References
from vidocq.audit.sampling.fingerprint import fingerprints
from vidocq.core.course import Course, Stages
from vidocq.core.errors import DataError
from vidocq.core.files import write_atomic
from vidocq.core.records import Records

FORMAT = "vidocq.signals/1"


@dataclass(frozen=True, eq=False)
class SavedReferences:
    """References with the fingerprints (n,) of the records they speak about, and the key they were made under."""

    references: References
    records: NDArray[np.void]
    key: str


def save_references(path: Path, references: References, records: Records, *, key: str) -> None:
    """Writes them atomically, readable by their owner only: they are personal data."""
    arrays: dict[str, NDArray[Any]] = {
        "confidence": references.confidence,
        "loss": references.loss,
        "correct": references.correct,
        "trained_on": references.trained_on,
        "block": references.block,
        "failed": np.array(references.failed),
        "records": fingerprints(records),
        "key": np.array(key),
        "format": np.array(FORMAT),
    }
    if references.robustness is not None:
        arrays["robustness"] = references.robustness
    if (course := references.course) is not None:
        stages = course.stages
        arrays["course"] = course.counts
        arrays["course_stages"] = np.array([stages.after, stages.queries, stages.parts])
    if references.out_of_bag is not None:
        arrays["out_of_bag"] = references.out_of_bag
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    write_atomic(path, stream.getvalue(), mode=0o600)


def load_references(path: Path) -> SavedReferences:
    """Raises DataError if the file is not one of ours, or is damaged."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            held = {name: archive[name] for name in archive.files}
        if str(held["format"]) != FORMAT:
            raise DataError("this is not a file of signals", where=path.name, fix="give signals.npz of an audit")
        references = References(
            held["confidence"],
            held["loss"],
            held["correct"],
            held["trained_on"],
            held["block"],
            int(held["failed"]),
            held.get("robustness"),
            out_of_bag=held.get("out_of_bag"),
            course=_course(held),
        )
        return SavedReferences(references, held["records"], str(held["key"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as reason:
        raise DataError(
            f"the signals cannot be read ({type(reason).__name__})",
            where=path.name,
            fix="give signals.npz of an audit, or let the reference models be trained again",
        ) from None


def on_records(saved: SavedReferences, records: Records) -> References:
    """The saved references, on these records in their order. Raises DataError if one of them is not there."""
    places: dict[bytes, list[int]] = {}
    for place, row in enumerate(saved.records):
        places.setdefault(row.tobytes(), []).append(place)
    found = [places.get(row.tobytes()) for row in fingerprints(records)]
    absent = sum(1 for place in found if not place)
    if absent:
        raise DataError(
            f"{absent} records are not among those the saved reference models speak about",
            where="reference_signals",
            fix="reuse signals of an audit of the same records, or let the reference models be trained again",
        )
    order = np.array([place.pop(0) for place in found if place], dtype=np.int64)
    if len(order) < len(found):  # more copies of a record here than there
        raise DataError(
            "some records stand here more often than in the saved signals",
            where="reference_signals",
            fix="let the reference models be trained again",
        )
    r = saved.references
    # Row by row in memory, as trained ones are: sums over models come out the same to the last bit.
    return References(
        np.ascontiguousarray(r.confidence[:, order]),
        np.ascontiguousarray(r.loss[:, order]),
        np.ascontiguousarray(r.correct[:, order]),
        np.ascontiguousarray(r.trained_on[:, order]),
        r.block,
        r.failed,
        None if r.robustness is None else np.ascontiguousarray(r.robustness[:, order]),
        out_of_bag=None if r.out_of_bag is None else np.ascontiguousarray(r.out_of_bag[:, order]),
        course=None if r.course is None else r.course[:, order],
    )


def _course(held: dict[str, NDArray[Any]]) -> Course | None:
    """None in files of earlier versions, which did not keep it, and where labels were asked about once."""
    if "course" not in held:
        return None
    after, queries, parts = (tuple(int(number) for number in row) for row in held["course_stages"])
    return Course(Stages(after, queries, parts), held["course"])


def digest(references: References) -> str:
    """SHA-256 of what the references say; part of an audit's inputs when they were not trained for it."""
    found = hashlib.sha256()
    for array in (references.confidence, references.correct, references.trained_on):
        found.update(np.ascontiguousarray(array).tobytes())
    if references.out_of_bag is not None:
        found.update(b"out of bag" + np.ascontiguousarray(references.out_of_bag).tobytes())
    return found.hexdigest()
