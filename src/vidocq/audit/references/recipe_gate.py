"""Are the reference models of the target's kind? (rule, line 9)"""

from dataclasses import dataclass

import numpy as np

from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import FloatArray
from vidocq.core.signals import Signals

WIDTH = 3.0
FEWEST_REFERENCES = 8
FEWEST_VOICES = 2


@dataclass(frozen=True)
class Figure:
    """A figure of the target beside the same figure over the reference models; z is their distance in sds."""

    target: float
    mean: float
    sd: float

    @property
    def z(self) -> float:
        """0 where both agree exactly; infinite where the references never vary and the target differs."""
        gap = self.target - self.mean
        if self.sd == 0.0:
            return 0.0 if abs(gap) <= np.finfo(float).eps * abs(self.mean) else float(np.copysign(np.inf, gap))
        return gap / self.sd

    def to_dict(self) -> dict[str, float | None]:
        z = self.z if np.isfinite(self.z) else None
        return {"target": self.target, "mean": self.mean, "sd": self.sd, "z": z}


@dataclass(frozen=True)
class RecipeGate:
    """Mean loss on members, on non-members, and their gap; errors stand for losses where only labels are served.

    The gap is taken between excess losses: the loss of a record beyond the mean loss of the reference models that
    never saw it. What makes records easy or hard cancels out; between raw losses, a model that never saw the members
    would be told from one that did only where overfitting is larger than chance differences between persons.
    """

    member: Figure
    non_member: Figure
    gap: Figure

    @property
    def passed(self) -> bool:
        return all(abs(figure.z) <= WIDTH for figure in (self.member, self.non_member, self.gap))

    def to_dict(self) -> dict[str, object]:
        return {
            "member": self.member.to_dict(),
            "non_member": self.non_member.to_dict(),
            "gap": self.gap.to_dict(),
            "passed": self.passed,
        }


def recipe_gate(signals: Signals, population: Population) -> RecipeGate | None:
    """None if there are too few reference models to know how such figures vary."""
    inside = population.per_person(signals.trained_on)
    voices = (~inside).sum(axis=0)
    if signals.k < FEWEST_REFERENCES or voices.min() < FEWEST_VOICES:
        return None
    target, references = _losses(signals, population)
    total = np.where(inside, 0.0, references).sum(axis=0)
    usual = total / voices
    seen, unseen, gaps = np.empty(signals.k), np.empty(signals.k), np.empty(signals.k)
    for k, (loss, had) in enumerate(zip(references, inside, strict=True)):
        seen[k], unseen[k] = loss[had].mean(), loss[~had].mean()
        others = (total - loss)[~had] / (voices[~had] - 1)  # its own voice is not among those it is held to
        gaps[k] = (loss[~had] - others).mean() - (loss - usual)[had].mean()
    is_member, excess = population.is_member, target - usual
    return RecipeGate(
        member=_figure(float(target[is_member].mean()), seen),
        non_member=_figure(float(target[~is_member].mean()), unseen),
        gap=_figure(float(excess[~is_member].mean() - excess[is_member].mean()), gaps),
    )


def _losses(signals: Signals, population: Population) -> tuple[FloatArray, FloatArray]:
    if np.isfinite(signals.target_loss).all():
        return population.pool(signals.target_loss, "mean"), population.pool(signals.reference_loss, "mean")
    wrong, references = (~signals.target_correct).astype(float), (~signals.reference_correct).astype(float)
    return population.pool(wrong, "mean"), population.pool(references, "mean")


def _figure(target: float, references: FloatArray) -> Figure:
    return Figure(target, float(references.mean()), float(references.std(ddof=1)))
