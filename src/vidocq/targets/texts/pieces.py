"""A stretch of text and where it stands, so that offsets found in it can be told in the text it comes from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from vidocq.targets.texts.problems import Kind, Problem, Unreadable

MOST_PLACES = 1000


class Piece(NamedTuple):
    """Text to be searched.

    record  of the file, from 1; None where the file is one text.
    field   of the record, such as `patient.notes[2]`; None where the file is one text.
    label   what the field is called, where that is worth knowing to whoever searches.
    start   code points of the field, or of the part of the file, before the text.
    inside  what begins before this place in `text`, or at `until` and after, belongs to another piece.
    """

    text: str
    record: int | None = None
    field: str | None = None
    label: str | None = None
    start: int = 0
    inside: int = 0
    until: int | None = None


@dataclass
class Notes:
    """What reading a part told: filled by its reader, read once the part is finished.

    records     begun in the part; 0 where the file is one text.
    characters  code points of the text read.
    encoding    how bytes became text; None where the format fixes it.
    guessed     bytes that were not of that encoding, and were read as Windows-1252.
    problems    the first `MOST_PLACES`; `left_out` counts the others by kind.
    """

    records: int = 0
    characters: int = 0
    encoding: str | None = None
    guessed: int = 0
    problems: list[Problem] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def tell(self, kind: Kind, *, record: int | None = None, error: str | None = None) -> None:
        self.add(Problem(kind, record, error))

    def add(self, problem: Problem) -> None:
        if len(self.problems) < MOST_PLACES:
            self.problems.append(problem)
        else:
            self.left_out[problem.kind] = self.left_out.get(problem.kind, 0) + 1


def blocks(
    chunks: Iterable[str],
    *,
    block: int,
    margin: int,
    notes: Notes,
    before: str = "",
    after: str = "",
) -> Iterator[Piece]:
    """One text, given in chunks of any length, as pieces that overlap by `margin` on both sides.

    before, after  what stands around the text, where the text is itself a part of a longer one.
    Raises         Unreadable if `chunks` does, once all that came before is given.
    """
    held, inside, start = before, len(before), -len(before)
    broken: Unreadable | None = None
    coming = iter(chunks)
    while True:
        try:
            chunk = next(coming)
        except StopIteration:
            break
        except Unreadable as error:
            broken = error
            break
        held += chunk
        notes.characters += len(chunk)
        while len(held) - inside >= block + margin:
            until = inside + block
            yield Piece(held[: until + margin], start=start, inside=inside, until=until)
            cut = max(0, until - margin)
            held, start, inside = held[cut:], start + cut, until - cut
    if len(held) > inside:
        yield Piece(held + after, start=start, inside=inside, until=len(held))
    if broken is not None:
        raise broken


def cut(piece: Piece, *, block: int, margin: int) -> Iterator[Piece]:
    """A long field as pieces that overlap; a short one as it is, and so is a piece that was cut already."""
    if piece.until is not None or len(piece.text) <= block + margin:
        yield piece
        return
    for part in blocks([piece.text], block=block, margin=margin, notes=Notes()):
        yield Piece(part.text, piece.record, piece.field, piece.label, part.start, part.inside, part.until)
