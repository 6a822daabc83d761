"""Hashes of records: to recognise a file whatever its format, and a record whatever its place."""

import hashlib
import json

import numpy as np
from numpy.typing import NDArray

from vidocq.core.records import Records
from vidocq.targets.digests import exact_digests


def fingerprints(records: Records) -> NDArray[np.void]:
    """(n,) 16-byte digests of features, label and person. Equal records have equal digests; personal data."""
    rows = exact_digests(records.features, records.labels)
    if records.persons is not None:
        rows = [
            hashlib.blake2b(row + str(person).encode(), digest_size=16).digest()
            for row, person in zip(rows, records.persons, strict=True)
        ]
    return np.frombuffer(b"".join(row[:16] for row in rows), dtype="V16")


def records_hash(records: Records) -> str:
    """SHA-256 of a set of records, whatever their order and the format of their file."""
    rows = sorted(row.tobytes() for row in fingerprints(records))
    head = json.dumps([list(records.columns), len(records)]).encode()
    return hashlib.sha256(head + b"".join(rows)).hexdigest()
