"""A value cut into pieces that each wear a dress of their own: "**ju** **lie** **n**", "`j` `e`", "***j***e***a***n"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, replaced

_PIECE = r"[^\s*`~<>|]{1,12}"
_ROWS = tuple(
    re.compile(rf"{before}{_PIECE}{after}(?:[ \u00a0]?{before}{_PIECE}{after}){{3,80}}+", re.IGNORECASE)
    for before, after in (
        (r"\*\*\*", r"\*\*\*"),
        (r"\*\*", r"\*\*"),
        (r"(?<!\*)\*", r"\*(?!\*)"),
        ("``?", "``?"),
        ("~~", "~~"),
        ("__?", "__?"),
        ("==", "=="),
        (r"<(?:b|i|u|em|strong|code|kbd|mark|span|td|sub|sup|small)[^<>]{0,80}>", r"</[a-z]{1,8}>"),
    )
)
_DRESS = re.compile(r"[*`~=_ \u00a0]+|</?[a-z][^<>]{0,80}>\s?", re.IGNORECASE)
_STARS = re.compile(r"\*{1,3}")
_WORD = re.compile(r"(?<![^\s:(«\"])\*{0,3}(?:[\w@.+-]{1,24}\*{1,3}){4,40}[\w@.+-]{0,24}(?![^\s.,;:)»\"])")


def may_stand(text: str) -> bool:
    return (
        text.count("*") > 7
        or text.count("`") > 7
        or text.count("~~") > 3
        or text.count("</") > 3
        or text.count("_") > 7
    )


def together(text: str) -> View | None:
    """The pieces of each such row as one."""
    return replaced("wrapped", text, _places(text))


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    found = [(run, _DRESS) for pattern in _ROWS for run in pattern.finditer(text)]
    found += [(run, _STARS) for run in _WORD.finditer(text)]
    reached = 0
    for run, dress in sorted(found, key=lambda one: (one[0].start(), -one[0].end())):
        if run.start() < reached:
            continue
        reached = run.end()
        for gap in dress.finditer(text, run.start(), run.end()):
            yield gap.start(), gap.end(), ""
