"""A finished audit read back from its files, which anybody may have written or changed since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.audit.outputs import AUDIT, SCORES
from vidocq.audit.schema import problem_of
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.canonical import sha256
from vidocq.core.errors import DataError
from vidocq.measure.roc import accuse

LARGEST = 64 << 20
LARGEST_SCORES = 4 << 30


@dataclass(frozen=True, eq=False)
class Point:
    """One registered point of an attack, on the p persons: who was counted, and who was accused."""

    counted: BoolArray
    accused: BoolArray


@dataclass(frozen=True, eq=False)
class Scores:
    """scores.parquet by person.

    records    SHA-256 of the records in order, the same in two files that speak of the same records row by row.
    is_member  (p,) bool.   scores  attack id to (p,).   points  (attack id, alpha) to Point.
    count      (p,) how many records each person has.
    """

    records: str
    is_member: BoolArray
    scores: Mapping[str, FloatArray]
    points: Mapping[tuple[str, float | None], Point]
    count: IntArray

    @property
    def one_each(self) -> bool:
        return bool((self.count == 1).all())


@dataclass(frozen=True, eq=False)
class Finished:
    """audit.json, the hash of its bytes, and the scores if there are any that belong to it."""

    content: dict[str, Any]
    sha256: str
    scores: Scores | None


def read_finished(path: Path) -> Finished:
    """The audit in a folder, with its scores, or the audit.json alone that `path` names.

    Raises DataError if there is none, or if it is not what this version writes.
    """
    file = path / AUDIT if path.is_dir() else path
    content, digest = _read_audit(file)
    scores = path / SCORES if path.is_dir() else None
    found = _read_scores(scores) if scores is not None and scores.is_file() else None
    return Finished(content, digest, found if found is not None and _belongs(found, content) else None)


def _read_audit(file: Path) -> tuple[dict[str, Any], str]:
    try:
        if file.stat().st_size > LARGEST:
            raise DataError("this audit is larger than 64 MiB", where=str(file), fix="check the path")
        data = file.read_bytes()
        content = json.loads(data, parse_constant=_no_constant)
    except (OSError, ValueError, RecursionError) as reason:
        raise DataError(
            f"the audit cannot be read ({type(reason).__name__})",
            where=str(file),
            fix="give the folder of a finished audit, or its audit.json",
        ) from None
    schema = content.get("schema") if isinstance(content, dict) else None
    problem = problem_of(content)
    if problem is not None:
        other = isinstance(schema, str) and schema.startswith("vidocq.audit/") and schema != "vidocq.audit/1"
        raise DataError(
            "the audit was written in a format of another version" if other else "this is not an audit.json",
            where=f"{file}, {problem}",
            fix="compare audits of this version; run the audit again if need be",
        )
    return content, sha256(data)


def _no_constant(_name: str) -> float:
    raise ValueError("not a number of JSON")


def _read_scores(path: Path) -> Scores | None:
    """None if the file is no longer whole, or of a version that noted less: then the audits are not paired."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, on use
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        if path.stat().st_size > LARGEST_SCORES:
            return None
        table = pq.ParquetFile(path).read()
        notes = table.schema.metadata or {}
        records, points = notes[b"records"].decode(), json.loads(notes[b"points"])
        names = set(table.column_names)
        side = np.asarray(table["is_member"]).astype(bool)
        person = np.asarray(table["person"]).astype(np.int64) if "person" in names else np.arange(len(side))
        ids, first, count = np.unique(person, return_index=True, return_counts=True)
        if not np.array_equal(ids, np.arange(len(ids))):
            return None
        scores = {name: np.asarray(table[name]).astype(float)[first] for name in points if name in names}
        return Scores(records, side[first], scores, _points(points, scores), count)
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _points(noted: Mapping[str, Any], scores: Mapping[str, FloatArray]) -> dict[tuple[str, float | None], Point]:
    found = {}
    for name, own in scores.items():
        bits = np.unpackbits(np.frombuffer(bytes.fromhex(noted[name]["counted"]), dtype=np.uint8))
        counted = bits[: own.size].astype(bool)
        if counted.size != own.size:
            raise ValueError("bits are missing")
        for alpha, threshold in noted[name]["thresholds"]:
            point = None if alpha is None else float(alpha)
            found[name, point] = Point(counted, accuse(own, threshold=float(threshold)))
    return found


def _belongs(scores: Scores, content: Mapping[str, Any]) -> bool:
    """Whether the scores, read at their thresholds, give every count that audit.json tells."""
    for attack in content["attacks"]:
        for rate in attack["rates"]:
            point = scores.points.get((attack["id"], rate["alpha"]))
            if point is None:
                continue
            for name, side in (("tpr", scores.is_member), ("fpr", ~scores.is_member)):
                asked = side & point.counted
                told = rate[name]
                if int(asked.sum()) != told["n"] or int((asked & point.accused).sum()) != hits(told):
                    return False
    return True


def hits(rate: Mapping[str, Any]) -> int:
    """How many were accused, of a rate and its `n` as audit.json has them."""
    accused: int = round(rate["value"] * rate["n"])
    return accused
