"""A text as detectors read it: one spelling for each character, and the way back to the text as given."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from vidocq.detect.folding import (
    FIRST_LETTER,
    LAST_ASCII,
    Kind,
    codes_of,
    composed,
    spread,
    tables,
    text_of,
    without_lookalikes,
)

CHUNK = 1 << 14  # code points folded in one go: what stays in cache


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Normalised:
    """A text with its digits, spaces and letters in their plain spelling. Never shows what it holds.

    text     what detectors read.
    raw      the text as given; spans count its code points.
    origin   (len(text),) place in `raw` of each code point of `text`; None if they stand at the same places.
    windows  parts [start, end) of `text` that `finditer` searches, in order and apart.
    """

    text: str
    raw: str
    origin: NDArray[np.int64] | None
    windows: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, raw: str) -> Self:
        """Folds full-width and other digits, no-break and narrow spaces, hyphens, ligatures, accents given apart, and
        letters of another alphabet inside a Latin word; leaves out what has no width. Plain text costs next to nothing.
        """
        if _is_plain(raw):
            return cls(raw, raw, None, ((0, len(raw)),))
        folded = [_folded(raw[begin:stop]) for begin, stop in _chunks(raw)]
        if all(piece.text is None for piece in folded):
            return cls(raw, raw, None, ((0, len(raw)),))
        text = "".join(
            raw[begin:stop] if piece.text is None else piece.text
            for piece, (begin, stop) in zip(folded, _chunks(raw), strict=True)
        )
        origin = None
        if any(piece.lengths is not None for piece in folded):
            lengths = [
                np.ones(stop - begin, dtype=np.int64) if piece.lengths is None else piece.lengths
                for piece, (begin, stop) in zip(folded, _chunks(raw), strict=True)
            ]
            origin = np.repeat(np.arange(len(raw)), np.concatenate(lengths))
        return cls(text, raw, origin, ((0, len(text)),))

    def within(self, windows: Sequence[tuple[int, int]]) -> Self:
        """The same text, of which only these parts are searched."""
        return replace(self, windows=tuple(windows))

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches inside the windows, in order; places are those of `text`, and lookbehinds see past a window's start."""
        for start, end in self.windows:
            yield from pattern.finditer(self.text, start, end)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Place in `raw` of the non-empty [start, end) of `text`. What has no width around it is left out."""
        if self.origin is None:
            return start, end
        first, last = int(self.origin[start]), int(self.origin[end - 1]) + 1
        while last < len(self.raw) and unicodedata.combining(self.raw[last]):
            last += 1
        return first, last

    def __repr__(self) -> str:
        return f"Normalised({len(self.text)} characters)"


def spelling(raw: str) -> str:
    """The `text` of `Normalised.of(raw)`."""
    return raw if _is_plain(raw) else Normalised.of(raw).text


@dataclass(frozen=True, slots=True, repr=False)
class _Piece:
    """text None: nothing changed.   lengths (n,) of what each code point became; None: one for one."""

    text: str | None = None
    lengths: NDArray[np.int64] | None = None


def _chunks(raw: str) -> Iterator[tuple[int, int]]:
    """Parts of about CHUNK code points; an accent given apart stays with its letter."""
    begin = 0
    while begin < len(raw):
        stop = min(begin + CHUNK, len(raw))
        while stop < len(raw) and unicodedata.combining(raw[stop]):
            stop += 1
        yield begin, stop
        begin = stop


def _is_plain(raw: str) -> bool:
    """True for ASCII, and for Latin-1 without its no-break space and its soft hyphen: nothing to fold, told at once."""
    if raw.isascii():
        return True
    try:
        raw.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return "\xa0" not in raw and "\xad" not in raw


def _folded(raw: str) -> _Piece:
    if _is_plain(raw):
        return _Piece()
    codes = codes_of(raw)
    places = np.flatnonzero(codes > LAST_ASCII)
    kinds = tables().kind[codes[places]]
    if not kinds.any():
        return _Piece()
    spelt = codes.copy()
    spelt[places] = tables().spelling[codes[places]]
    gone, several, marks = (places[kinds == kind] for kind in (Kind.GONE, Kind.SPREAD, Kind.MARK))
    lengths = None
    if len(gone) or len(several) or len(marks):
        lengths = np.ones(len(codes), dtype=np.int64)
        lengths[gone] = 0
        _join(marks, spelt, lengths)
        spelt = _spread(several, spelt, lengths)
    text = text_of(spelt)
    if (kinds == Kind.LOOKALIKE).any():
        text = without_lookalikes(text)
    return _Piece() if text == raw else _Piece(text, lengths)


def _join(marks: NDArray[np.int64], spelt: NDArray[np.uint32], lengths: NDArray[np.int64]) -> None:
    """Gives each mark at these places to the letter before it, if there is such a letter; changes both arrays (n,)."""
    marks = marks[marks > 0]
    before = spelt[marks - 1]
    for place in marks[(before >= FIRST_LETTER) & (before <= LAST_ASCII)].tolist():
        joined = composed(int(spelt[place - 1]), int(spelt[place]))
        if joined is not None:
            spelt[place - 1], lengths[place] = joined, 0


def _spread(several: NDArray[np.int64], spelt: NDArray[np.uint32], lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Code points (sum of `lengths`,) with ligatures at these places written in full; changes `lengths` (n,)."""
    which = spelt[several]
    letters = {code: codes_of(spread(code)) for code in np.unique(which).tolist()}
    for code, each in letters.items():
        lengths[several[which == code]] = len(each)
    longer = np.repeat(spelt, lengths)
    begins = (np.cumsum(lengths) - lengths)[several]
    for code, each in letters.items():
        for place, letter in enumerate(each.tolist()):
            longer[begins[which == code] + place] = letter
    return longer
