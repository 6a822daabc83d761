"""Plain text."""

from collections.abc import Iterator
from typing import BinaryIO

from vidocq.targets.texts.encoding import Encoding, decoded, recognised, tell_guesses, text_of
from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.lines import Range
from vidocq.targets.texts.opening import Bytes
from vidocq.targets.texts.parts import Part
from vidocq.targets.texts.pieces import Notes, Piece, blocks
from vidocq.targets.texts.problems import Kind, Unreadable


def read_plain(stream: Bytes, *, limits: Limits, notes: Notes) -> Iterator[Piece]:
    """A whole text, from its first byte. Raises Unreadable if it is no text."""
    head = stream.read(limits.head_bytes)
    encoding = require_text(head)
    chunks = decoded(stream, encoding, notes, first=head[encoding.mark :])
    yield from blocks(chunks, block=limits.block, margin=limits.margin, notes=notes)
    tell_guesses(notes)


def read_plain_part(stream: BinaryIO, part: Part, *, limits: Limits, notes: Notes) -> Iterator[Piece]:
    """Bytes [start, stop) of a text, moved to where a character begins; offsets count from there."""
    encoding = require_text(stream.read(limits.head_bytes))
    start, stop = (_aligned(stream, at, part, encoding) for at in (part.start, part.stop))
    around = Notes()
    before = _text(stream, _aligned(stream, start - limits.margin, part, encoding), start, encoding, around)
    after = _text(stream, stop, _aligned(stream, stop + limits.margin, part, encoding), encoding, around)
    chunks = decoded(Range(stream, start, stop), encoding, notes)
    yield from blocks(chunks, block=limits.block, margin=limits.margin, notes=notes, before=before, after=after)
    tell_guesses(notes)


def require_text(head: bytes) -> Encoding:
    encoding = recognised(head)
    if encoding is None:
        raise Unreadable(Kind.UNSUPPORTED)
    return encoding


def _aligned(stream: BinaryIO, at: int, part: Part, encoding: Encoding) -> int:
    """The first place from `at` on where no UTF-8 sequence is cut: at most three bytes further."""
    if at <= encoding.mark:
        return encoding.mark
    if at >= part.file.size:
        return part.file.size
    stream.seek(at)
    inside = stream.read(3)
    further = next((i for i, byte in enumerate(inside) if byte & 0xC0 != 0x80), len(inside))
    return at + further


def _text(stream: BinaryIO, start: int, stop: int, encoding: Encoding, notes: Notes) -> str:
    stream.seek(start)
    return text_of(stream.read(max(0, stop - start)), encoding, notes)
