"""Dates as people write them, in figures and in words, French and English."""

import re
from typing import Final

_FR: Final = (
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
)
_FR_SHORT: Final = r"janv\.?|févr?\.?|fevr?\.?|avr\.?|juil\.?|sept\.?|oct\.?|nov\.?|déc\.?|dec\.?"
_EN: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_EN_SHORT: Final = r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
_MONTH: Final = f"(?:{_FR}|{_EN}|{_FR_SHORT}|{_EN_SHORT})"
_YEAR: Final = r"(?:1[89]|20)\d{2}"
_UNIT: Final = (
    "premier|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|"
    "cinquante|soixante|cents?|mille?|et"
)
_SPELT: Final = rf"(?:(?:{_UNIT})[ -]){{1,3}}(?:{_FR}) (?:mil|mille|deux[ -]mille)(?:[ -](?:{_UNIT})){{0,8}}\b"
DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_FIGURES: Final = re.compile(  # begins with a figure, which makes the scan fast
    rf"[0-9](?<![\d/.-].)(?:"
    rf"(?<=[12])[089]\d{{2}}[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])"
    rf"|(?:(?<=[0-3])\d)?(?: ?[-/.] ?{DAY} ?[-/.] ?(?:{_YEAR}|\d{{2}}(?!\d))|(?:er|st|nd|rd|th)?(?: of)? {_MONTH},? {_YEAR}| {DAY} {_YEAR}"
    rf"|-{_MONTH}-(?:{_YEAR}|\d{{2}})|/{_MONTH}/(?:{_YEAR}|\d{{2}})| {_MONTH} ['’]?\d{{2}}(?! ?[h:%€$°]|\w| (?:ans|euros?|years)\b))"
    rf")(?![\d/-])",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(
    rf"\b(?:{_MONTH} {DAY}(?:st|nd|rd|th)?,? {_YEAR}(?![\d/-])|{_MONTH} {_YEAR}(?![\d/-])|{_SPELT})", re.IGNORECASE
)
_HINT: Final = re.compile(r"[0-9]|\b[Mm]il(?:le)?\b|MIL")
COMPACT: Final = re.compile(  # only where something announces a date: these are eight figures like any others
    r"[0-9](?<![\w/.,-].)(?:(?:(?<=0)[1-9]|(?<=[12])\d|(?<=3)[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}"
    r"|(?:(?<=1)9|(?<=2)0)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\w/-]|[.,]\d)"
)
YEAR: Final = re.compile(r"[0-9](?<![\d/.-]1)(?<=1)9\d{2}(?![\d/-])")


def first_date(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first date that begins and ends in [start, end)."""
    if _HINT.search(text, start, end) is None:
        return None
    figures, words = _FIGURES.search(text, start, end), _WORDS.search(text, start, end)
    if figures is not None and words is not None:
        return figures if figures.start() < words.start() else words
    return figures or words


def date_at(text: str, start: int) -> re.Match[str] | None:
    """The date that begins at `start`."""
    return _FIGURES.match(text, start) or _WORDS.match(text, start)
