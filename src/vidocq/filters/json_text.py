"""Finds in a text that is JSON: what is put in their place leaves it JSON, however they lie across its values."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from vidocq.core.guarding import Hit

_OUTSIDE = re.compile(r'"|[\s{}\[\],:]+|[^\s{}\[\],:"]+')
_INSIDE = re.compile(r'"|\\(?:u[0-9A-Fa-f]{0,4}|.)?|[^"\\]+', re.DOTALL)
_BEGINS = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_BEGINS_ANY = re.compile(r'\s*[\[{"0-9-]')
_WORDS = frozenset({"true", "false", "null"})


class _Kind(Enum):
    QUOTE = 0
    STRUCTURE = 1  # brackets, commas, colons, spaces
    SCALAR = 2  # numbers and words outside strings
    ESCAPE = 3
    CONTENT = 4  # of a string


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    kind: _Kind


class JsonText:
    """Follows one text from its beginning; does nothing to a text that does not begin as JSON does.

    any_value  whether it may be a bare string or number: arguments of a tool are, where an answer would be a sentence.
    """

    def __init__(self, *, any_value: bool = False) -> None:
        self._begins = _BEGINS_ANY if any_value else _BEGINS
        self._is_json: bool | None = None
        self._in_string = False

    def is_json(self, text: str) -> bool:
        """text  what was not let go of yet; the first that is asked about tells."""
        if self._is_json is None and text:
            self._is_json = self._begins.match(text) is not None
        return bool(self._is_json)

    def whole_values(self, text: str, at: int, hits: Sequence[Hit]) -> list[Hit]:
        """Finds that cut no number and no escape in two.

        text  what was not let go of yet, from the place `at` of the whole on; places are of the whole.
        """
        if not self.is_json(text) or not hits:
            return list(hits)
        kept = self._uncut(text)
        found = []
        for hit in hits:
            first, last = _around(kept, hit.start - at), _around(kept, hit.end - at)
            found.append(
                hit._replace(
                    start=hit.start if first is None else at + first.start,
                    end=hit.end if last is None else at + last.end,
                )
            )
        return found

    def before(self, text: str, at: int, cut: int) -> int:
        """The cut, moved back to where it cuts no number and no escape in two."""
        inside = _around(self._uncut(text), cut - at) if self._is_json else None
        return cut if inside is None else at + inside.start

    def _uncut(self, text: str) -> list[_Atom]:
        atoms = _atoms(text, in_string=self._in_string)
        return [atom for atom in atoms if atom.kind in (_Kind.SCALAR, _Kind.ESCAPE)]

    def passed(self, text: str) -> str:
        """The text itself, which was let go of."""
        if self._is_json:
            for atom in _atoms(text, in_string=self._in_string):
                self._in_string ^= atom.kind == _Kind.QUOTE
        return text

    def written(self, stood: str, mask: str) -> str:
        """What stands in the place of a find: its values gone, the mask in the first, its structure as it was."""
        if not self._is_json:
            return mask
        word = json.dumps(mask, ensure_ascii=False)[1:-1]
        made: list[str] = []
        for atom in _atoms(stood, in_string=self._in_string):
            piece = stood[atom.start : atom.end]
            if atom.kind == _Kind.QUOTE:
                self._in_string = not self._in_string
                made.append(piece)
            elif atom.kind == _Kind.STRUCTURE or (atom.kind == _Kind.SCALAR and piece in _WORDS):
                made.append(piece)
            elif atom.kind == _Kind.SCALAR:
                made.append(f'"{word}"')
                word = ""
            else:
                made.append(word)
                word = ""
        return "".join(made)


def _around(atoms: list[_Atom], place: int) -> _Atom | None:
    """That within which a place lies."""
    which = bisect_right(atoms, place, key=lambda atom: atom.start) - 1
    return atoms[which] if which >= 0 and atoms[which].start < place < atoms[which].end else None


def _atoms(text: str, *, in_string: bool) -> Iterator[_Atom]:
    at = 0
    while at < len(text):
        found = (_INSIDE if in_string else _OUTSIDE).match(text, at)
        if found is None:  # neither pattern leaves a character out
            return
        first = text[at]
        if first == '"':
            in_string = not in_string
            kind = _Kind.QUOTE
        elif in_string:
            kind = _Kind.ESCAPE if first == "\\" else _Kind.CONTENT
        else:
            kind = _Kind.STRUCTURE if first.isspace() or first in "{}[],:" else _Kind.SCALAR
        yield _Atom(at, found.end(), kind)
        at = found.end()
