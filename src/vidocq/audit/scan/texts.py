"""What offsets count: the text of a file, as its reader gives it to the detectors."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from vidocq.core.errors import DataError
from vidocq.detect.find import find
from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.names import Names
from vidocq.targets.texts.parts import Listed, Part, named_format
from vidocq.targets.texts.pieces import Notes, Piece
from vidocq.targets.texts.places import shown
from vidocq.targets.texts.reading import read_part


def text_bytes(path: Path, *, notes: Notes, limits: Limits | None = None) -> Iterator[bytes]:
    """The text in UTF-8, piece by piece. A file of records gives a line of JSON for each field:
    record, field and text; a very long field comes in several, with their `start` in it.

    notes   filled with what could not be read.
    Raises  DataError if the path is no regular file that is there.
    """
    for piece in text_pieces(path, notes=notes, limits=limits):
        text = piece.text[piece.inside : piece.until]
        if piece.record is None:
            yield text.encode("utf-8", "replace")
        else:
            start = piece.start + piece.inside
            told = {"record": piece.record, "field": piece.field, "start": start, "text": text}
            yield f"{json.dumps(told)}\n".encode()


def text_pieces(path: Path, *, notes: Notes, limits: Limits | None = None) -> Iterator[Piece]:
    """The pieces of text of one file, whatever its format. Raises DataError if it is no regular file that is there.

    notes  filled with what could not be read.
    """
    limits = limits or Limits()
    try:
        place = path.resolve(strict=True)
        seen = place.stat()
    except (OSError, RuntimeError, ValueError) as error:
        raise DataError(
            f"the file cannot be read ({type(error).__name__})",
            where=shown(os.fspath(path)),
            fix="check the path and the permissions",
        ) from None
    if not stat.S_ISREG(seen.st_mode):
        raise DataError("this is no regular file", where=shown(os.fspath(path)), fix="name one file, not a folder")
    found, codec = named_format(os.fspath(place))
    part = Part(Listed(os.fspath(place), shown(os.fspath(path)), seen.st_size, seen.st_mtime_ns), found, codec)
    yield from read_part(part, limits=limits, names=Names(_suspect), notes=notes)


def _suspect(text: str) -> bool:
    return bool(find(text))
