"""What a check sees, and what it says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vidocq.core.status import Status
from vidocq.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Observation:
    """Figures without an opinion: counts, rates, names of columns and settings; no value of a record.

    lacking  what was needed and is not there; then nothing was measured.
    """

    figures: Mapping[str, Any] = field(default_factory=dict)
    lacking: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CheckVerdict:
    """A status and its reason; nothing else was read than the observation."""

    status: Status
    reason: Text


def not_measured(lacking: Text) -> CheckVerdict:
    return CheckVerdict(status=Status.NOT_MEASURED, reason=lacking)
