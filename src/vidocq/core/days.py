"""A day as a French or an English reader writes it."""

import datetime
from typing import Final

from vidocq.core.text import Text

NO_BREAK: Final = "\u00a0"
MONTHS: Final = (
    Text(fr="janvier", en="January"),
    Text(fr="février", en="February"),
    Text(fr="mars", en="March"),
    Text(fr="avril", en="April"),
    Text(fr="mai", en="May"),
    Text(fr="juin", en="June"),
    Text(fr="juillet", en="July"),
    Text(fr="août", en="August"),
    Text(fr="septembre", en="September"),
    Text(fr="octobre", en="October"),
    Text(fr="novembre", en="November"),
    Text(fr="décembre", en="December"),
)


def day_in_words(day: datetime.date) -> Text:
    """22 novembre 2026; the first of a month is 1er in French."""
    month = MONTHS[day.month - 1]
    first = "1er" if day.day == 1 else str(day.day)
    return Text(
        fr=f"{first}{NO_BREAK}{month.fr}{NO_BREAK}{day.year}", en=f"{day.day}{NO_BREAK}{month.en}{NO_BREAK}{day.year}"
    )


def day_of(iso: str) -> Text:
    """The same of a time in ISO 8601; what is none is left as it is."""
    try:
        return day_in_words(datetime.date.fromisoformat(iso[:10]))
    except ValueError:
        return Text(fr=iso, en=iso)
