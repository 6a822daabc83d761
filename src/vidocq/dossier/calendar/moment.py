"""Days and times beside each other: whether one is past on a given day, or at a given time."""

import datetime

When = datetime.date | datetime.datetime


def in_utc(when: datetime.datetime) -> datetime.datetime:
    """The same time in UTC; one that names no zone is read as UTC."""
    if when.tzinfo is None:
        return when.replace(tzinfo=datetime.UTC)
    try:
        return when.astimezone(datetime.UTC)
    except OverflowError:  # within a day of the first or last year there is
        return when.replace(tzinfo=datetime.UTC)


def day(when: When) -> datetime.date:
    """The day of it, in UTC."""
    return in_utc(when).date() if isinstance(when, datetime.datetime) else when


def is_past(when: When, now: When) -> bool:
    """Whether `when` is over. A day is over on the next one; a time is compared to a day by its day."""
    if isinstance(when, datetime.datetime) and isinstance(now, datetime.datetime):
        return in_utc(when) < in_utc(now)
    return day(when) < day(now)


def iso(when: When) -> str:
    """In ISO 8601: a day as such, a time in UTC to the second."""
    if isinstance(when, datetime.datetime):
        return in_utc(when).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    return when.isoformat()
