"""Blocks that a text says it gives from the last to the first: "last block first: 8 A0 78 … FR"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, picked

_BLOCK = r"(?:blocks?|groups?|parts?|chunks?|pieces?|pairs?|segments?|blocs?|groupes?|parties?|morceaux|paires?|tranches?|tokens?|words?|mots?)"
_ASKED = re.compile(
    rf"last\s(?:{_BLOCK}|one)\sfirst|{_BLOCK}[^.\n:]{{0,24}}\b(?:revers|backwards|back\sto\sfront|[àa]\sl['’]envers|[àa]\srebours|invers)"
    rf"|revers\w{{0,3}}\s(?:order|{_BLOCK})|order\s(?:is\s)?revers|from\s(?:the\s)?(?:last|end)\s\w{{0,5}}\s?to\s(?:the\s)?(?:first|start|beginning)"
    rf"|du\sdernier\sau\spremier|de\sla\sdernière\sà\sla\spremière|ordre\s(?:inverse|invers[ée]|[àa]\srebours)|dans\sl['’]autre\ssens"
    rf"|derni[èe]re?\s{_BLOCK}?\s?(?:d['’]abord|en\spremier)|(?:by|par)\s{_BLOCK}\s(?:à\srebours|backwards)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[^\n:.]{0,60}(?:(?::|→|=>|=)\s{0,3}|[),]\s(?=\S{0,14}[0-9@]))(?:[`\"'«“]\s?)?(?P<said>[\w@+.-](?:[^\n]|\n(?=[\w@.+-]{1,12}(?:\n|$))){3,300})"
)
_BEFORE = re.compile(r"(?P<said>[\w@+.][^\n:]{3,300}?)[`\"'»”]?\s?[(—–,-]{1,2}\s?[^\n()]{0,40}\Z")
_TOKEN = re.compile(r"[\w@.+-]+")
_END = re.compile(r"\.?(?:\s{2,}|[`\"'»”)]|\.\s(?=[A-Z])|\.?$)")
_WORDS = (
    "last ",
    "revers",
    "backward",
    "back to",
    "from the",
    "dernier",
    "dernière",
    "invers",
    "envers",
    "rebours",
    "autre sens",
)
_FEWEST, _LONGEST, _FARTHEST = 3, 14, 360


def turned(text: str) -> View | None:
    """The blocks that stand after such words, or else before them, from the last to the first."""
    asked = _ASKED.search(text)
    if asked is None:
        return None
    after = _AFTER.match(text, asked.end())
    found = _blocks(text, *after.span("said")) if after is not None else []
    if not found:
        before = _BEFORE.search(text, max(0, asked.start() - _FARTHEST), asked.start())
        found = _last_of(text, _blocks(text, *before.span("said"))) if before is not None else []
    return _view(text, found[::-1]) if found else None


def may_stand(text: str) -> bool:
    low = text.lower()
    return any(word in low for word in _WORDS) and _ASKED.search(text) is not None


def _last_of(text: str, blocks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those at the end that are no words of a sentence: with a digit or a sign, or all set apart alike by more than a space."""
    row: list[tuple[int, int]] = []
    for start, end in blocks[::-1]:
        gap = text[end : row[-1][0]].strip() if row else ""
        is_code = any(not sign.isalpha() for sign in text[start:end]) or text[start:end].isupper()
        if row and not is_code and not gap and not any(not sign.isalnum() for sign in text[row[-1][0] : row[-1][1]]):
            break
        row.append((start, end))
    return row[::-1] if len(row) >= _FEWEST - 1 else blocks


def _blocks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return list(_places(text, start, end)) if len(list(_places(text, start, end))) >= _FEWEST else []


def _places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Of short blocks alone, up to the end of the sentence."""
    for token in _TOKEN.finditer(text, start, end):
        if len(token[0]) > _LONGEST:
            return
        stop = _END.match(text, token.end())
        is_last = stop is not None or (
            token[0].endswith(".")
            and text[token.end() : token.end() + 1].isspace()
            and text[token.end() + 1 : token.end() + 2].isupper()
        )
        yield token.start(), token.end() - (is_last and token[0].endswith("."))
        if is_last:
            return


def _view(text: str, places: list[tuple[int, int]]) -> View:
    return picked("blocks", [(at, text[at]) for start, end in places for at in range(start, end)])
