"""What one measurement that gives no membership score came to."""

from dataclasses import dataclass, field
from typing import Any

from vidocq.core.findings import Finding
from vidocq.core.status import NotMeasured


@dataclass(frozen=True, kw_only=True)
class Measured:
    """findings  figures; where one has a p, that is the measurement's registered test, and there is one at most.

    absent    what could not be measured, and why.
    details   plain content for audit.json, such as curves and counts by category; never a value of a record.
    """

    findings: tuple[Finding, ...] = ()
    absent: tuple[NotMeasured, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
