"""A fixed sentence by its name, with its typography; lists as they are written."""

from collections.abc import Mapping
from typing import Final

from vidocq.core.text import Lang, Text
from vidocq.report.typography import polished
from vidocq.report.words.account import ACCOUNT
from vidocq.report.words.controls import CONTROLS
from vidocq.report.words.findings import FINDINGS
from vidocq.report.words.language import LANGUAGE_WORDS
from vidocq.report.words.page import PAGE

WORDS: Final[Mapping[str, Text]] = {**PAGE, **FINDINGS, **CONTROLS, **ACCOUNT, **LANGUAGE_WORDS}


def word(key: str, lang: Lang, **values: object) -> str:
    """A fixed sentence by its name, with its typography."""
    text = WORDS[key]
    return polished((text.fill(**values) if values else text).to(lang), lang)


def either(items: list[str], lang: Lang) -> str:
    """a, b or c."""
    return _listed(items, Text(fr="ou", en="or").to(lang))


def together(items: list[str], lang: Lang) -> str:
    """a, b and c."""
    return _listed(items, Text(fr="et", en="and").to(lang))


def _listed(items: list[str], last: str) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"
