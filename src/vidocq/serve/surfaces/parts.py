"""Texts that are the parts of one message: what is found in them together goes, however it is cut over them."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from vidocq.core.guarding import Action, Hit, Surface
from vidocq.serve.surfaces.looking import Blocked, Looking, is_outside

_TEXTS = ("text", "refusal")
_BETWEEN = ("", " ")
"""What may stand between two parts for whoever reads them."""


def mended(parts: Sequence[Any], looking: Looking, surface: Surface, place: str) -> list[Any]:
    """The same parts without what they say together alone; each of them is still to be looked through. Raises Blocked."""
    where = [(at, name) for at, part in enumerate(parts) for name in _fields_of(part)]
    if len(where) < 2:
        return list(parts)
    texts = [parts[at] if name is None else parts[at][name] for at, name in where]
    for between in _BETWEEN:
        if not between or any(_touch(one, next_) for one, next_ in pairwise(texts)):
            texts = _apart(texts, between, looking, surface, place)
    found = list(parts)
    for (at, name), text in zip(where, texts, strict=True):
        found[at] = text if name is None else {**found[at], name: text}
    return found


def _fields_of(part: Any) -> list[str | None]:
    """Where text stands in a part; None for one that is text itself."""
    if isinstance(part, str):
        return [None]
    if not isinstance(part, dict):
        return []
    return [name for name in _TEXTS if isinstance(part.get(name), str)]


def _touch(one: str, next_: str) -> bool:
    return not (one[-1:].isspace() or next_[:1].isspace())


def _apart(texts: list[str], between: str, looking: Looking, surface: Surface, place: str) -> list[str]:
    starts = list(accumulate((len(text) + len(between) for text in texts), initial=0))
    pieces = [list(text) for text in texts]
    for hit in looking.finds_in(between.join(texts), surface):
        touched = [
            (which, max(0, hit.start - start), hit.end - start)
            for which, start in enumerate(starts[:-1])
            if hit.start < start + len(texts[which]) and start < hit.end
        ]
        if len(touched) == 1 and _is_found_alone(*touched[0], texts, looking, surface):
            continue
        looking.note(surface, place, hit)
        if hit.action == Action.BLOCK:
            raise Blocked
        for which, start, end in touched:
            _mask(pieces[which], start, min(end, len(texts[which])), hit, looking)
    return ["".join(each) for each in pieces]


def _is_found_alone(which: int, start: int, end: int, texts: list[str], looking: Looking, surface: Surface) -> bool:
    """Whether the part by itself says what this is: another may have said what its number was."""
    return not is_outside(looking.finds_in(texts[which], surface), start, end)


def _mask(piece: list[str], start: int, end: int, hit: Hit, looking: Looking) -> None:
    """Each part says what stood there: none becomes empty."""
    piece[start:end] = [looking.guard.word_for(hit), *[""] * (end - start - 1)]
