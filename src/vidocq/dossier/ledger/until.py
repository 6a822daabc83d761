"""A past date, as the last moment that belongs to it."""

from datetime import UTC, date, datetime

from vidocq.core.errors import ConfigurationError


def last_moment(until: str | date) -> str:
    """The last second, in UTC, written as entries write it. A date without a time counts to its end.

    Raises ConfigurationError if it is no date, or a time that does not say its zone.
    """
    try:
        if isinstance(until, str):
            until = date.fromisoformat(until) if len(until) == len("2026-01-31") else datetime.fromisoformat(until)
        if not isinstance(until, datetime):
            return f"{until.isoformat()}T23:59:59Z"
        if until.tzinfo is None:
            raise ValueError("no zone")
    except ValueError:
        raise ConfigurationError(
            "the date cannot be read",
            where="until",
            fix="write it like 2026-01-31 or 2026-01-31T12:00:00Z",
            fr="la date ne peut pas être lue",
            fix_fr="écrivez-la comme 2026-01-31 ou 2026-01-31T12:00:00Z",
        ) from None
    return until.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
