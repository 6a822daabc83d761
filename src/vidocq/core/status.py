"""Five words for a check and three for an audit; there are no others."""

from dataclasses import dataclass
from enum import StrEnum

from vidocq.core.text import Text


class Status(StrEnum):
    SATISFIED = "SATISFIED"
    NOT_SATISFIED = "NOT_SATISFIED"
    TO_JUDGE = "TO_JUDGE"
    INCONCLUSIVE = "INCONCLUSIVE"
    NOT_MEASURED = "NOT_MEASURED"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class AuditVerdict(StrEnum):
    """What an audit may say (VERDICT rule, lines 11 to 13)."""

    LEAK_SHOWN = "leak_shown"
    NO_LEAK_ABOVE_BOUND = "no_leak_above_bound"
    INCONCLUSIVE = "inconclusive"

    @property
    def status(self) -> Status:
        """The state of a point that cites this verdict."""
        return {
            AuditVerdict.LEAK_SHOWN: Status.NOT_SATISFIED,
            AuditVerdict.NO_LEAK_ABOVE_BOUND: Status.SATISFIED,
            AuditVerdict.INCONCLUSIVE: Status.INCONCLUSIVE,
        }[self]


@dataclass(frozen=True)
class NotMeasured:
    """Something that was asked for and could not be measured; it never counts as passed."""

    id: str
    reason: Text

    def to_dict(self) -> dict[str, object]:
        return {"id": self.id, "reason": self.reason.to_dict()}
