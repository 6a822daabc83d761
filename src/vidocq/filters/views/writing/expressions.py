"""Regular expressions that match one text alone: "[h][u][g][o]\\.[m]…", "h{1}u{1}…"."""

import re

from vidocq.filters.views.view import View, replaced

_SIGN = r"(?:\[\\?[^\[\]\\\s^]\]|\\[^\w\s]|[\w@.+-](?=\{1\}|\[\\?[^\[\]]\]|\\)|(?<=[\]}])[\w@.+-])(?:\{1\})?"
_EXPRESSION = re.compile(rf"(?:{_SIGN}){{6,120}}+")
_DRESS = re.compile(r"\[\\?(?P<one>[^\[\]\\])\]|\{1\}|\\(?P<escaped>[^\w\s])")


def may_stand(text: str) -> bool:
    return "][" in text or "{1}" in text


def matched(text: str) -> View | None:
    """What each of them matches."""
    places = (
        (sign.start(), sign.end(), sign["one"] or sign["escaped"] or "")
        for run in _EXPRESSION.finditer(text)
        for sign in _DRESS.finditer(text, run.start(), run.end())
    )
    return replaced("expression", text, places)
