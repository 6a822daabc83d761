"""Facts as a sentence cites them: the path, and yes, no or the value."""

import re
from collections.abc import Mapping
from typing import Any, Final

from vidocq.core.text import Text

YES: Final = Text(fr="oui", en="yes")
NO: Final = Text(fr="non", en="no")
NONE: Final = Text(fr="aucun", en="none")
AT_MOST: Final = 4
_LONGEST: Final = 80
_HASH: Final = re.compile(r"\b[0-9a-f]{64}\b")


def said(used: Mapping[str, Any], *, at_most: int = AT_MOST) -> Text:
    """The first few facts with their values, cut short where they are long; how many more there are."""
    told = [(path, _value(value)) for path, value in list(used.items())[:at_most]]
    more = len(used) - len(told)
    fr = [f"{path} = {value.fr}" for path, value in told] + ([f"et {more} autre(s)"] if more else [])
    en = [f"{path} = {value.en}" for path, value in told] + ([f"and {more} more"] if more else [])
    return Text(fr=", ".join(fr), en=", ".join(en))


def _value(value: Any) -> Text:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list | tuple):
        if not value:
            return NONE
        value = " + ".join(str(item) for item in value)
    text = _HASH.sub(lambda found: f"{found[0][:12]}…", str(value))
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return Text(fr=short, en=short)
