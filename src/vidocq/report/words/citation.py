"""A citation, written once in English, as a French reader writes it: articles, acts and authorities."""

import re
from typing import Final

from vidocq.core.text import Lang

_WORDS: Final = (
    (r"\bGDPR\b", "RGPD"),
    (r"\bEDPB, Opinion\b", "CEPD, avis"),
    (r"\bEDPB, Guidelines\b", "CEPD, lignes directrices"),
    (r"\bCJEU\b", "CJUE"),
    (r"\bAI how-to sheets\b", "fiches IA"),
    (r"\bAI how-to sheet\b", "fiche IA"),
    (r"\bAI Act\b", "règlement IA"),
    (r"\bJune\b", "juin"),
    (r"(?<=\d) to (?=\d)", " à "),
    (r"(?<=[\w)]) and (?=\w)", " et "),
)
_PARTS: Final = re.compile(r"(?<=\d)(?:\(\w+\))+")


def citation(source: str, lang: Lang) -> str:
    """Such as RGPD, art. 6.1.f, for GDPR, art. 6(1)(f)."""
    if lang is Lang.en:
        return source
    for pattern, words in _WORDS:
        source = re.sub(pattern, words, source)
    return _PARTS.sub(lambda found: found[0].replace("(", ".").replace(")", ""), source)
