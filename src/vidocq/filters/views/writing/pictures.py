"""Small pictures strewn into a word or a number."""

import re

from vidocq.filters.views.view import View, replaced

_PICTURE = "[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
_RUN = re.compile(
    rf"(?<=[\w@.+-])(?:{_PICTURE}[\ufe0e\ufe0f]?){{1,3}}(?=[\w@.+-])|(?<=[\w@.+-]) (?:{_PICTURE}[\ufe0e\ufe0f]?){{1,3}} (?=[\w@.+-])"
)
_FEWEST = 3


def without(text: str) -> View | None:
    """The text without pictures between letters or digits, where there are several: one may stand for a sign."""
    if text.isascii():
        return None
    runs = list(_RUN.finditer(text))
    return (
        replaced("pictures", text, ((run.start(), run.end(), "") for run in runs)) if len(runs) >= _FEWEST else None
    )
