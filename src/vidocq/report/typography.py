"""Spaces that do not break, and nothing that could act on a terminal or a page."""

import re
import unicodedata

from vidocq.core.days import NO_BREAK
from vidocq.core.text import Lang
from vidocq.report.numbers import NARROW

_KEPT_CONTROL = "\u200d"  # joins letters in some scripts


def plain(text: str) -> str:
    """One line: no control character, no direction mark, no run of ordinary spaces."""
    kept = (
        " " if character in "\t\r\n" else character
        for character in text
        if character in "\t\r\n"
        or character == _KEPT_CONTROL
        or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )
    return re.sub(r" {2,}", " ", "".join(kept)).strip()


def polished(text: str, lang: Lang) -> str:
    """The same sentence with the spaces its language wants before and inside its signs."""
    text = plain(text)
    if lang is Lang.fr:
        text = re.sub(r" ([;!?])", rf"{NARROW}\1", text)
        text = re.sub(r" ([:€»])", rf"{NO_BREAK}\1", text)
        text = text.replace("« ", f"«{NO_BREAK}")
    return re.sub(r"(\d) (%)", rf"\1{NO_BREAK}\2", text)
