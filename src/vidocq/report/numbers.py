"""Figures, dates and durations as a French or an English reader writes them.

What a bound claims is never weakened by rounding: upper ends are rounded up, lower ends down.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from vidocq.core.days import NO_BREAK, day_in_words
from vidocq.core.text import Lang, Text

NARROW: Final = "\u202f"
MINUS: Final = "\u2212"
UP: Final = ROUND_CEILING
DOWN: Final = ROUND_FLOOR
NEAREST: Final = ROUND_HALF_EVEN

NOT_MEASURED: Final = Text(fr="non mesuré", en="not measured")


def number(value: float | None, lang: Lang, *, digits: int = 2, rounding: str = NEAREST) -> str:
    """A decimal number with exactly `digits` decimals; absent figures are said to be not measured."""
    if value is None:
        return NOT_MEASURED.to(lang)
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=rounding)
    return _dressed(exact, lang)


def significant(value: float | None, lang: Lang, *, digits: int = 4) -> str:
    """A quantity with a unit of its own, such as a loss, to so many significant digits."""
    if value is None:
        return NOT_MEASURED.to(lang)
    exact = Decimal(repr(float(value)))
    if exact.is_zero():
        return number(0.0, lang, digits=digits - 1)
    if not -4 <= exact.adjusted() <= 9:
        mantissa, exponent = f"{exact:.{digits - 1}e}".split("e")
        return f"{_dressed(Decimal(mantissa), lang)} × 10^{int(exponent)}".replace("-", MINUS)
    return number(value, lang, digits=max(0, digits - 1 - exact.adjusted()))


def count(value: int | None, lang: Lang) -> str:
    """A whole number, thousands set apart."""
    return NOT_MEASURED.to(lang) if value is None else _dressed(Decimal(int(value)), lang)


def points(value: float | None, lang: Lang, *, digits: int = 1, rounding: str = NEAREST) -> str:
    """A share as so many out of 100, without the sign %."""
    if value is None:
        return NOT_MEASURED.to(lang)
    hundredths = Decimal(repr(float(value))) * 100
    return _dressed(hundredths.quantize(Decimal(1).scaleb(-digits), rounding=rounding), lang)


def percent(value: float | None, lang: Lang, *, digits: int = 1, rounding: str = NEAREST) -> str:
    """A measured share, with its sign %."""
    if value is None:
        return NOT_MEASURED.to(lang)
    return f"{points(value, lang, digits=digits, rounding=rounding)}{NO_BREAK}%"


def rate(value: float, lang: Lang) -> str:
    """A share that someone chose (1 %, 0.1 %), without needless zeros."""
    hundredths = (Decimal(repr(float(value))) * 100).normalize()
    return f"{_dressed(Decimal(f'{hundredths:f}'), lang)}{NO_BREAK}%"


def share_with_interval(estimate: Mapping[str, Any] | None, lang: Lang, *, digits: int = 1) -> str:
    """A share and its interval: 2.1 % [0.4; 3.9]."""
    if estimate is None:
        return NOT_MEASURED.to(lang)
    low = points(estimate["low"], lang, digits=digits, rounding=DOWN)
    high = points(estimate["high"], lang, digits=digits, rounding=UP)
    return f"{percent(estimate['value'], lang, digits=digits)} {_brackets(low, high, lang)}"


def number_with_interval(estimate: Mapping[str, Any] | None, lang: Lang, *, digits: int = 3) -> str:
    """A number and its interval: 0.512 [0.497; 0.528]."""
    if estimate is None:
        return NOT_MEASURED.to(lang)
    low = number(estimate["low"], lang, digits=digits, rounding=DOWN)
    high = number(estimate["high"], lang, digits=digits, rounding=UP)
    return f"{number(estimate['value'], lang, digits=digits)} {_brackets(low, high, lang)}"


def p_value(value: float | None, lang: Lang) -> str:
    if value is None:
        return NOT_MEASURED.to(lang)
    return f"<{NO_BREAK}{number(0.001, lang, digits=3)}" if value < 0.001 else number(value, lang, digits=3)


def moment(iso: str | None, lang: Lang) -> str:
    """A date and an hour: 22 novembre 2026 à 14 h 05 (UTC)."""
    if iso is None:
        return Text(fr="non indiqué", en="not stated").to(lang)
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    date = day_in_words(when).to(lang)
    zone = when.tzname() or Text(fr="heure locale", en="local time").to(lang)
    if lang is Lang.fr:
        return f"{date} à {when.hour}{NO_BREAK}h{NO_BREAK}{when.minute:02d} ({zone})"
    return f"{date}, {when.hour:02d}:{when.minute:02d} ({zone})"


def duration(seconds: float | None, lang: Lang) -> str:
    """A length of time, in the two largest units that say something."""
    if seconds is None:
        return NOT_MEASURED.to(lang)
    if seconds < 60:
        return f"{number(seconds, lang, digits=1)}{NO_BREAK}s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}{NO_BREAK}min {rest:02d}{NO_BREAK}s"
    hours, minutes = divmod(minutes, 60)
    return f"{count(hours, lang)}{NO_BREAK}h {minutes:02d}{NO_BREAK}min"


def _dressed(exact: Decimal, lang: Lang) -> str:
    """Sign, thousands and decimal mark of the language; no negative zero."""
    written = f"{abs(exact) if exact.is_zero() else exact:,f}".replace("-", MINUS)
    if lang is Lang.fr:
        return written.replace(",", NARROW).replace(".", ",")
    return written


def _brackets(low: str, high: str, lang: Lang) -> str:
    separator = f"{NARROW}; " if lang is Lang.fr else "; "
    return f"[{low}{separator}{high}]".replace(" ", NO_BREAK)
