"""Signs of one run with another after each of them, or exchanged two by two."""

import re

from vidocq.filters.views.view import View, letter_by_letter, replaced

_FILLED = re.compile(r"(?<![^\s(])[\w.+@-](?P<fill>[\w.*#~])(?:[\w.+@-](?P=fill)){9,60}(?!\w)")
_EXCHANGED = re.compile(
    r"(?<![^\s(])(?![0-9]{1,3}\.[0-9]{5,}(?![\w.+-]))(?=[0-9]{0,20}[.+-])[0-9.+-]{10,24}(?![\w.+-])"
)


def unfilled(text: str) -> View | None:
    """ "0717273747…" as "0123…": what stands after each sign is the same all through."""
    places = (
        (at, at + 1, "")
        for run in _FILLED.finditer(text)
        if len(set(run[0])) > 4
        for at in range(run.start() + 1, run.end(), 2)
    )
    return replaced("unfilled", text, places)


def exchanged(text: str) -> View | None:
    """ "60.121.3…" with its signs exchanged two by two."""
    turned = _EXCHANGED.sub(lambda run: re.sub(r"(.)(.)", r"\2\1", run[0]), text)
    return None if turned == text else letter_by_letter("exchanged", turned)
