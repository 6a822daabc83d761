"""Finds in a text that is JSON: what is put in their place leaves it JSON, however they lie across its values, and leaves
the names of its fields and what else it holds as they were."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from enum import Enum

from vidocq.core.guarding import Hit

_OUTSIDE = re.compile(r'"|[\s{}\[\],:]+|[^\s{}\[\],:"]+')
_INSIDE = re.compile(r'"|\\(?:u[0-9A-Fa-f]{0,4}|.)?|[^"\\]+', re.DOTALL)
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_BEGINS = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_BEGINS_ANY = re.compile(
    r'\s*(?:\{\s*["}]|\[\s*(?:[\[{"\]]|(?:true|false|null|NUMBER)\s*[,\]])'
    r'|"(?:[^"\\]|\\.)*+(?:"\s*)?\Z|NUMBER\s*\Z)'.replace("NUMBER", _NUMBER),
    re.DOTALL,
)
_SIGNS = frozenset(" \t\r\n,:")
_WORDS = frozenset({"true", "false", "null"})


class _Kind(Enum):
    QUOTE = 0
    STRUCTURE = 1  # brackets, commas, colons, spaces
    SCALAR = 2  # numbers and words outside strings
    ESCAPE = 3
    CONTENT = 4  # of a string


@dataclass(frozen=True, slots=True)
class _Atom:
    """name        ordinal of the name of a field that it is a part of; 0 of anything else.
    is_outside  whether it stands before or after what the brackets hold.
    """

    start: int
    end: int
    kind: _Kind
    name: int = 0
    is_outside: bool = False


class _Reader:
    """Where in its structure a text is, read on from its beginning."""

    def __init__(self) -> None:
        self._open = bytearray()  # brackets that are open
        self._in_string = False
        self._names = 0
        self._name = 0
        self._name_is_next = False

    def atoms(self, text: str) -> Iterator[_Atom]:
        """Each as it is passed."""
        for atom in _atoms(text, in_string=self._in_string):
            if atom.kind == _Kind.QUOTE:
                self._quote()
            elif atom.kind == _Kind.STRUCTURE:
                self._structure(text[atom.start : atom.end])
            yield replace(atom, name=self._name, is_outside=not self._open)

    def ahead(self) -> "_Reader":
        """Another one at the same place."""
        other = copy(self)
        other._open = self._open[:]
        return other

    def _quote(self) -> None:
        self._in_string = not self._in_string
        if self._in_string and self._name_is_next:
            self._names += 1
            self._name = self._names
        else:
            self._name = 0
        self._name_is_next = False

    def _structure(self, signs: str) -> None:
        for sign in signs:
            if sign in "{[":
                self._open += sign.encode()
            elif sign in "}]" and self._open:
                self._open.pop()
            if sign in "{}[],:":
                self._name_is_next = sign in "{," and self._open[-1:] == b"{"


class JsonText:
    """Follows one text from its beginning; does nothing to a text that does not begin as JSON does.

    any_value  whether it may be a bare string or number, if it is that as a whole: arguments of a tool are, where an
               answer would be a sentence.
    """

    def __init__(self, *, any_value: bool = False) -> None:
        self._begins = _BEGINS_ANY if any_value else _BEGINS
        self._is_json: bool | None = None
        self._is_bare = False
        self._reader = _Reader()
        self._masks = dict[str, int]()

    def is_json(self, text: str) -> bool:
        """text  what was not let go of yet; the first that is asked about tells."""
        if self._is_json is None and text:
            self._is_json = self._begins.match(text) is not None
            self._is_bare = text.lstrip()[:1] not in ("{", "[")
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
        return [
            atom
            for atom in self._reader.ahead().atoms(text)
            if atom.kind == _Kind.ESCAPE or (atom.kind == _Kind.SCALAR and self._is_value(atom))
        ]

    def _is_value(self, atom: _Atom) -> bool:
        return self._is_bare or not atom.is_outside

    def passed(self, text: str) -> str:
        """The text itself, which was let go of."""
        if self._is_json:
            for _ in self._reader.atoms(text):
                pass
        return text

    def written(self, stood: str, mask: str) -> str:
        """What stands in the place of a find: its values gone, the mask in the first, its structure as it was.

        Names of fields between its values stay. Where it begins in a name, or ends in one, the mask stands as the name.
        """
        if not self._is_json:
            return mask
        return "".join(self._written(stood, mask))

    def _written(self, stood: str, mask: str) -> Iterator[str]:
        word = json.dumps(mask, ensure_ascii=False)[1:-1]
        said, named = word, 0
        atoms = list(self._reader.atoms(stood))
        names = [atom.name for atom in atoms if atom.kind not in (_Kind.QUOTE, _Kind.STRUCTURE)] or [0]
        for atom in atoms:
            piece = stood[atom.start : atom.end]
            if atom.is_outside and not self._is_bare and _SIGNS.issuperset(piece):
                continue
            is_word = atom.kind == _Kind.SCALAR and piece in _WORDS
            is_between = atom.name and not names[0] and atom.name != names[-1]
            if atom.kind in (_Kind.QUOTE, _Kind.STRUCTURE) or is_word or is_between:
                yield piece
            elif atom.name:
                if atom.name != named:
                    yield self._as_name(word)
                said, named = "", atom.name
            else:
                yield f'"{said}"' if atom.kind == _Kind.SCALAR and self._is_value(atom) else said
                said = ""

    def _as_name(self, word: str) -> str:
        """Another one each time: two fields of one name would be one."""
        count = self._masks[word] = self._masks.get(word, 0) + 1
        return word if count == 1 else f"{word} {count}"


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
