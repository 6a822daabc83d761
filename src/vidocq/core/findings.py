"""What a measurement found that is not a membership score: counts and figures, never a value of a record."""

from dataclasses import dataclass, field
from typing import Any, Literal

from vidocq.core.estimate import Estimate
from vidocq.core.text import Text

Criterion = Literal["singling_out", "linkability", "inference", "extraction"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One entry of `results` in audit.json.

    id        of the attack.   criterion  it puts to the test.
    quantity  what the figure is, as a noun phrase.
    estimate  on those the model was trained on; a plain number where nothing was drawn.
    baseline  what a naive guess would give, or what the figure is held against.
    control   the same figure on persons that the model never saw.
    p         of estimate over control, one-sided; None where nothing is tested.
    p_holm    the same within the Holm family of the audit; None where it is no part of it.
    direct    true if this settles the verdict (rule, line 7); told by the rule, once it has the whole family.
    limits    what it does not show.
    """

    id: str
    criterion: Criterion
    quantity: Text
    estimate: Estimate | float
    baseline: Estimate | float | None = None
    control: Estimate | float | None = None
    p: float | None = None
    p_holm: float | None = None
    direct: bool = False
    limits: Text | None = None
    cost: dict[str, int] = field(default_factory=lambda: {"queries": 0, "reference_models": 0})

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "criterion": self.criterion,
            "quantity": self.quantity.to_dict(),
            "estimate": _plain(self.estimate),
            "baseline": _plain(self.baseline),
            "control": _plain(self.control),
            "p": self.p,
            "p_holm": self.p_holm,
            "direct": self.direct,
            "limits": None if self.limits is None else self.limits.to_dict(),
            "cost": dict(self.cost),
        }


def _plain(figure: Estimate | float | None) -> dict[str, Any] | float | None:
    return figure.to_dict() if isinstance(figure, Estimate) else figure
