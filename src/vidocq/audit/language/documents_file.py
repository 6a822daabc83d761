"""The documents behind a system: one JSON object a line, read with care, told about without their content.

    {"id": "d1", "text": "…", "readers": ["staff"], "stored": true, "canary": "vq-…"}

`readers` may read it, or everybody where they are ["*"]; `stored` is false for one that the system was never given.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import DataError
from vidocq.core.files import write_atomic
from vidocq.core.seeds import Seeds

EVERYBODY: Final = "*"
LONGEST_LINE: Final = 1 << 24
MOST_DOCUMENTS: Final = 100_000
_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = (4, 4, 4, 4)


@dataclass(frozen=True, kw_only=True, repr=False)
class Document:
    """canary  a string that stands in this text, or record, and nowhere else."""

    id: str
    text: str
    readers: frozenset[str]
    stored: bool = True
    canary: str | None = None

    def allowed(self, reader: str) -> bool:
        return reader in self.readers or EVERYBODY in self.readers

    def __repr__(self) -> str:
        return f"Document({len(self.text)} characters)"


def canary(rng: np.random.Generator) -> str:
    """Sixteen signs in four groups, about 79 bits: nobody comes upon it by luck."""
    signs = [_SIGNS[int(which)] for which in rng.integers(len(_SIGNS), size=sum(_GROUPS))]
    groups = ["".join(signs[at : at + 4]) for at in range(0, len(signs), 4)]
    return "vq-" + "-".join(groups)


def plant(documents: list[Document], *, seed: int) -> list[Document]:
    """The documents, each that is stored with a canary of its own as its last line; to be given to the system as they are."""
    seeds = Seeds(seed)
    marks = [canary(seeds.generator("document canary", place)) for place in range(len(documents))]
    return [
        replace(document, text=f"{document.text.rstrip()}\nRef. {mark}\n", canary=mark)
        if document.stored
        else document
        for document, mark in zip(documents, marks, strict=True)
    ]


def write_documents(path: Path, documents: list[Document]) -> None:
    """Writes what `read_documents` reads, readable by its owner only."""
    lines = [
        canonical_bytes(
            {
                "id": one.id,
                "text": one.text,
                "readers": sorted(one.readers),
                "stored": one.stored,
                **({} if one.canary is None else {"canary": one.canary}),
            }
        )
        for one in documents
    ]
    write_atomic(path, b"".join(line + b"\n" for line in lines), mode=0o600)


def read_documents(path: Path) -> list[Document]:
    """Raises DataError, which names the line and quotes nothing."""
    found: list[Document] = []
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), b""), start=1):
                if len(line) > LONGEST_LINE:
                    raise _refused(path, number, "is longer than 16 MiB")
                if line.strip():
                    found.append(_document(_parsed(line, path, number), path, number))
                if len(found) > MOST_DOCUMENTS:
                    raise _refused(path, number, "is one document too many")
    except OSError as error:
        raise DataError(
            f"the documents cannot be read: {type(error).__name__}",
            where=str(path),
            fix="give a readable .jsonl file",
        ) from error
    if len({one.id for one in found}) < len(found):
        raise DataError("two documents have the same id", where=str(path), fix="give each document an id of its own")
    marks = [one.canary for one in found if one.canary is not None]
    if len(set(marks)) < len(marks):
        raise DataError(
            "two documents have the same canary", where=str(path), fix="plant each canary in one document"
        )
    return found


def _parsed(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        held = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _refused(path, number, "is not JSON in UTF-8") from None
    if not isinstance(held, dict):
        raise _refused(path, number, "is not an object")
    return held


def _document(held: dict[str, Any], path: Path, number: int) -> Document:
    name, text, readers = held.get("id"), held.get("text"), held.get("readers")
    stored, mark = held.get("stored", True), held.get("canary")
    if not isinstance(name, str) or not name:
        raise _refused(path, number, "has no `id`")
    if not isinstance(text, str) or not text.strip():
        raise _refused(path, number, "has no `text`")
    if not isinstance(readers, list) or not all(isinstance(one, str) for one in readers):
        raise _refused(path, number, 'needs `readers`, a list of who may read it, ["*"] for everybody')
    if not isinstance(stored, bool):
        raise _refused(path, number, "needs `stored`, true or false")
    if mark is not None and (not isinstance(mark, str) or len(mark) < 12):
        raise _refused(path, number, "has a `canary` of fewer than 12 characters, which may come by luck")
    if mark is not None and mark not in text:
        raise _refused(path, number, "has a `canary` that does not stand in its text")
    return Document(id=name, text=text, readers=frozenset(readers), stored=stored, canary=mark)


def _refused(path: Path, number: int, why: str) -> DataError:
    return DataError(
        f"line {number} of the documents {why}", where=str(path), fix="correct this line; docs/language.md shows one"
    )
