"""Cells that several tables share."""

from collections.abc import Mapping
from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import (
    UP,
    count,
    number,
    number_with_interval,
    percent,
    rate,
)
from vidocq.report.reading import Audit, said, title_of
from vidocq.report.tables.table import code
from vidocq.report.typography import plain, polished
from vidocq.report.words.say import word


def rate_name(alpha: float | None, lang: Lang) -> str:
    return word("own_point", lang) if alpha is None else rate(alpha, lang)


def attack_name(attack: Mapping[str, Any], lang: Lang) -> str:
    own = said(attack["title"], lang) or plain(attack["id"])
    return f"{own} ({word('baseline', lang)})" if attack.get("baseline") else own


def title(name: str, audit: Audit, lang: Lang) -> str:
    own = title_of(name, audit).to(lang)
    return code(name) if own == name else polished(own, lang)


def bound(value: float | None, lang: Lang) -> str:
    return percent(value, lang, rounding=UP)


def compared(bound: float | None, limit: float, lang: Lang) -> str:
    if bound is None:
        return word("not_measured", lang)
    return word("verdict.above" if bound > limit else "verdict.within", lang)


def outcome(passed: bool | None, lang: Lang) -> str:
    return word("not_measured" if passed is None else "passed" if passed else "failed", lang)


def estimate_or_number(content: object, lang: Lang) -> str:
    """A dash where a figure has no counterpart, which is another thing than not measured."""
    if isinstance(content, Mapping):
        return number_with_interval(content, lang)
    if not isinstance(content, int | float):
        return word("matrix.beside", lang)
    return count(int(content), lang) if content == int(content) else number(content, lang, digits=3)
