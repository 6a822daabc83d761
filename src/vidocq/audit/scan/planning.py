"""How the files become batches of work, the same for any number of workers."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import vidocq.detect
from vidocq.audit.scan.options import Options
from vidocq.audit.scan.searching import Batch
from vidocq.core.canonical import content_hash
from vidocq.core.version import VERSION
from vidocq.targets.texts.limits import MIB, Limits
from vidocq.targets.texts.parts import Format, Listed, Part
from vidocq.targets.texts.reading import parts_of

MOST_FILES = 500
_WEIGHT = {Format.PDF: MIB, Format.HTML: 64 * 1024}
"""What a file costs besides its bytes."""


def batches(listed: Sequence[Listed], *, limits: Limits) -> Iterator[Batch]:
    """Parts in order; small files together, about `shard_bytes` in a batch."""
    held: list[Part] = []
    weight = 0
    for file in listed:
        for part in parts_of(file, limits=limits):
            heavy = _weight(part)
            if held and (weight + heavy > limits.shard_bytes or len(held) >= MOST_FILES):
                yield Batch(tuple(held))
                held, weight = [], 0
            held.append(part)
            weight += heavy
    if held:
        yield Batch(tuple(held))


def key_of(batch: Batch, options: Options) -> str:
    """A hash of all that the finds of a batch depend on; the files by their size and time of change."""
    return content_hash(
        {
            "version": VERSION,
            "detectors": _code(),
            "categories": None if options.categories is None else sorted(options.categories),
            "limits": repr(options.limits),
            "models": [model.identity() for model in options.models],
            "parts": [
                [
                    os.fsencode(part.file.path).hex(),
                    part.file.source,
                    str(part.file.size),
                    str(part.file.mtime_ns),
                    part.format,
                    part.codec,
                    [part.start, part.stop, part.index, part.count],
                ]
                for part in batch.parts
            ],
        }
    )


@cache
def _code() -> str:
    """A hash of the detectors as installed: finds of other ones are not taken up again."""
    digest = hashlib.sha256()
    folder = files(vidocq.detect)
    waiting = [folder]
    named = []
    while waiting:
        place = waiting.pop()
        for entry in place.iterdir():
            if entry.is_dir():
                waiting.append(entry)
            elif not entry.name.endswith(".pyc"):
                named.append(entry)
    for entry in sorted(named, key=str):
        digest.update(entry.name.encode())
        digest.update(entry.read_bytes())
    return digest.hexdigest()


def _weight(part: Part) -> int:
    size = part.file.size if part.whole else part.file.size // part.count
    return size + (0 if part.format is None else _WEIGHT.get(part.format, 0))
