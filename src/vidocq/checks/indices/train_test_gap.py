"""Overfitting: a model that does better on those it was trained on."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from vidocq.checks.indices.inputs import IndexInputs
from vidocq.checks.indices.words import filled, followed
from vidocq.core.cards import CheckCard
from vidocq.core.checking import CheckVerdict, Observation, not_measured
from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.measure.clusters import clustered_mean, clustered_share
from vidocq.measure.difference import difference


@dataclass(frozen=True, kw_only=True)
class TrainTestGap:
    """Right answers on members minus those on others, and loss on others minus that on members."""

    card: ClassVar = CheckCard(
        id="index-train-test-gap",
        title=Text(fr="Surapprentissage", en="Overfitting"),
        measures=Text(
            fr="Écarts de taux de bonnes réponses et de perte entre membres et non-membres, avec leur intervalle.",
            en="Gaps in accuracy and in loss between members and non-members, with their intervals.",
        ),
        baseline=Text(
            fr="Zéro : un modèle qui ne distingue pas ses membres.",
            en="Zero: a model that does not know its members apart.",
        ),
        source="Yeom et al. (2018), arXiv:1709.01604; EDPB, opinion 28/2024",
        limits=Text(
            fr="Un écart moyen nul laisse place à des personnes mémorisées. L'écart n'a de sens que si les deux fichiers "
            "ont la même origine.",
            en="A mean gap of zero leaves room for persons remembered. The gap means something only if both files have "
            "the same origin.",
        ),
        about="model",
    )

    def measure(self, inputs: IndexInputs) -> Observation:
        """Intervals count persons; the loss is left out where labels alone are served, or where it is 0 throughout."""
        inside, outside = inputs.inside, inputs.outside
        if inside is None or outside is None:
            return Observation(lacking=_NOT_ASKED)
        right = [clustered_share(side.correct, side.person) for side in (inside, outside)]
        figures: dict[str, Any] = {
            "accuracy": {
                "members": right[0].to_dict(),
                "non_members": right[1].to_dict(),
                "gap": difference(right[0], right[1]).to_dict(),
            },
            "loss": None,
        }
        if np.isfinite(inside.loss).all() and np.isfinite(outside.loss).all():
            first, second = (clustered_mean(side.loss, side.person) for side in (inside, outside))
            if first is not None and second is not None:
                figures["loss"] = {
                    "members": first.to_dict(),
                    "non_members": second.to_dict(),
                    "gap": difference(second, first).to_dict(),
                }
        return Observation(figures=figures)

    def judge(self, seen: Observation) -> CheckVerdict:
        """Always a person's: an interval around zero is no proof of none."""
        if seen.lacking is not None:
            return not_measured(seen.lacking)
        gap = seen.figures["accuracy"]["gap"]
        said = filled(_GAP, **{name: f"{100 * gap[name]:+.1f}" for name in ("value", "low", "high")})
        return CheckVerdict(status=Status.TO_JUDGE, reason=followed(said))


_NOT_ASKED = Text(
    fr="Le modèle n'a pas été interrogé sur des membres et des non-membres : un audit le fait.",
    en="The model was not asked about members and non-members: an audit does so.",
)
_GAP = Text(
    fr="Écart de taux de bonnes réponses entre membres et non-membres : {value} points [{low} ; {high}].",
    en="Gap in accuracy between members and non-members: {value} points [{low}; {high}].",
)
