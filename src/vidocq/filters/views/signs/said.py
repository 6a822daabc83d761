"""Signs of an address written as words, French and English: "arobase", "dot"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from vidocq.filters.views.signs.domains import ENDS
from vidocq.filters.views.view import View, replaced

_SIGNS = (
    (r"[\s\[({<]*\b(?:arobase|arrobase|at sign|signe at)\b[\s\])}>]*", "@"),
    (r"\s*[\[({<]\s*(?:at|chez|@)\s*[\])}>]\s*", "@"),
    (r"\s*[\[({<]\s*(?:dot|point|\.)\s*[\])}>]\s*", "."),
)
_LEFT = r"(?P<{0}>\w[\w.+-]{{0,63}}(?:\s+(?:point|dot|tiret|dash|hyphen|underscore|tiret bas|moins)\s+[\w.+-]{{1,64}}){{0,6}})"
_SAID = r"\s(?:point|dot|tiret|dash|hyphen)\s"
_AROUND_AT = re.compile(
    rf"{_LEFT.format('left')}\s*@\s*(?P<right>\w[\w-]{{0,62}}(?:(?:\.|\s\.\s|\s{{0,3}}{_SAID}\s{{0,3}})[\w-]{{1,63}}){{1,6}})"
    rf"|{_LEFT.format('left2')}\s+(?:at|chez)\s+(?P<right2>\w[\w-]{{0,62}}(?:\s{{0,3}}{_SAID}\s{{0,3}}[\w-]{{1,63}}){{1,6}})",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\s+(?:(?P<dot>point|dot)|(?P<bar>tiret bas|underscore)|(?P<dash>tiret|dash|hyphen|moins))\s+", re.IGNORECASE
)
_TRIGGER = re.compile(r"arobase|arrobase|@|\bat\b|\bchez\b", re.IGNORECASE)
_MAY_BE = re.compile(
    r"\w\s{0,3}@\s{0,3}\w|\b(?:at|chez)\b(?=.{0,200}\b(?:point|dot|tiret|dash|hyphen)\b)", re.IGNORECASE | re.DOTALL
)
_ALL_SIGNS = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, (pattern, _) in enumerate(_SIGNS)), re.IGNORECASE)


def signs(text: str) -> View | None:
    """An address with its signs in words or in brackets, or with spaces around them, as one writes it."""
    if _TRIGGER.search(text) is None:
        return None
    bare = replaced("signs", text, ((m.start(), m.end(), _SIGNS[_which(m)][1]) for m in _ALL_SIGNS.finditer(text)))
    seen = View.plain(text) if bare is None else bare
    tight = replaced("signs", seen.text, _addresses(seen.text)) if _MAY_BE.search(seen.text) else None
    if tight is None:
        return bare
    return replace(seen.then(tight), name="signs")


def _which(match: re.Match[str]) -> int:
    return next(i for i in range(len(_SIGNS)) if match[f"s{i}"] is not None)


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _AROUND_AT.finditer(text):
        left, right = found["left"] or found["left2"], found["right"] or found["right2"]
        if found["left2"] is not None and right.split()[-1].lower() not in ENDS:
            continue  # "at" and "point" are words of sentences too
        yield found.start(), found.end(), f"{_written(left)}@{_written(right)}"


def _written(said: str) -> str:
    def sign(match: re.Match[str]) -> str:
        return "." if match["dot"] else "_" if match["bar"] else "-"

    return re.sub(r"\s*\.\s*", ".", _INSIDE.sub(sign, said)).replace(" ", "")
