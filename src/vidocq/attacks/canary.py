"""Secrets that were put into training for it: how exposed they are, and whether the model gives them away."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from scipy import special

from vidocq.core.access import Access
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.estimate import Estimate
from vidocq.core.findings import Finding
from vidocq.core.measured import Measured
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text
from vidocq.measure.canary_exposure import EXPECTED_BITS, Exposure
from vidocq.measure.extraction import Yields
from vidocq.measure.intervals import clopper_pearson

LEVEL = 0.95


@dataclass(frozen=True, eq=False, kw_only=True)
class Secrets:
    """What was heard of n canaries that bear a secret; (n,) throughout.

    included    whether it was trained on.   repetition  how often it was put in, or would have been.
    yields      how readily the model goes on with the secret, as it is deployed; None where that was not asked.
    exposures   None for those whose candidates were not scored.
    """

    included: BoolArray
    repetition: IntArray
    yields: Yields | None
    exposures: tuple[Exposure | None, ...]


@dataclass(frozen=True, kw_only=True)
class Canary:
    """Exposure and extraction of planted secrets, by how often they were planted, beside secrets that never were.

    It describes: canaries are no persons, so nothing is tested, and no verdict rests on it.

    queries  budget of an attacker for one secret.
    """

    card: ClassVar = AttackCard(
        id="canary",
        title=Text(fr="Marqueurs insérés dans l'entraînement (canaris)", en="Canaries put into the training"),
        needs=Access.TEXT,
        source="Carlini et al. (2019), arXiv:1802.08232",
        limits=Text(
            fr="Demande la coopération de qui entraîne, ou le registre d'un fournisseur. Ce que le modèle fait d'un texte "
            "inventé et répété ne se transpose pas à une personne dont les données figurent une fois ; un marqueur "
            "resté secret ne prouve rien pour les textes plus singuliers que lui.",
            en="Needs whoever trains to cooperate, or a supplier's register. What the model makes of an invented text that "
            "is repeated does not carry over to a person whose data stand there once; a canary that stayed secret "
            "proves nothing for texts more singular than itself.",
        ),
    )
    queries: int = 1000

    def judge(self, seen: Secrets, *, asked: int) -> Measured:
        """One figure of extraction and one of exposure for each number of repetitions; the control is never planted.

        asked  queries made to the model for it.
        """
        cost = {"queries": asked, "reference_models": 0}
        obtained = None if seen.yields is None else seen.yields.obtained(self.queries)
        bits = np.array([np.nan if one is None else one.bits for one in seen.exposures], dtype=np.float64)
        findings: list[Finding] = []
        for times in sorted({int(r) for r in seen.repetition[seen.included]}):
            rows = seen.included & (seen.repetition == times)
            if obtained is not None:
                findings.append(self._extracted(times, obtained, rows, ~seen.included, cost))
            exposed = self._exposed(times, bits, rows, ~seen.included, cost)
            findings += [] if exposed is None else [exposed]
        absent = () if np.isfinite(bits).any() else (_NO_EXPOSURE,)
        return Measured(findings=tuple(findings), absent=absent, details={"canaries": self._details(seen, obtained)})

    def _extracted(
        self, times: int, obtained: BoolArray, rows: BoolArray, never: BoolArray, cost: dict[str, int]
    ) -> Finding:
        return Finding(
            id=self.card.id,
            criterion="extraction",
            quantity=_EXTRACTED.fill(times=times, queries=self.queries),
            estimate=_share(obtained[rows]),
            control=_share(obtained[never]) if never.any() else None,
            limits=self.card.limits,
            cost=dict(cost),
        )

    def _exposed(
        self, times: int, bits: FloatArray, rows: BoolArray, never: BoolArray, cost: dict[str, int]
    ) -> Finding | None:
        told = np.isfinite(bits)
        if not (rows & told).any():
            return None
        return Finding(
            id=self.card.id,
            criterion="extraction",
            quantity=_EXPOSED.fill(times=times),
            estimate=mean_bits(bits[rows & told]),
            baseline=EXPECTED_BITS,
            control=mean_bits(bits[never & told]) if (never & told).any() else None,
            limits=_RANKED,
            cost=dict(cost),
        )

    def _details(self, seen: Secrets, obtained: BoolArray | None) -> list[dict[str, Any]]:
        return [
            {
                "repetition": int(seen.repetition[i]) if seen.included[i] else 0,
                "obtained": None if obtained is None else bool(obtained[i]),
                "exposure": None
                if (found := seen.exposures[i]) is None
                else {
                    "bits": found.bits,
                    "low": found.low,
                    "high": found.high,
                    "method": found.method.replace(" ", "-"),
                },
            }
            for i in range(len(seen.included))
        ]


def mean_bits(bits: FloatArray) -> Estimate | float:
    """Mean exposure with Student's interval; the plain figure where there is one canary, or all are equal."""
    mean, n = float(bits.mean()), len(bits)
    if n < 2 or not (spread := float(bits.std(ddof=1))):
        return mean
    reach = float(special.stdtrit(n - 1, (1.0 + LEVEL) / 2.0)) * spread / n**0.5
    return Estimate(mean, max(mean - reach, 0.0), mean + reach, LEVEL, n)


def _share(hit: BoolArray) -> Estimate:
    return clopper_pearson(int(hit.sum()), hit.size, level=LEVEL)


_EXTRACTED = Text(
    fr="part des secrets insérés {times} fois que le modèle restitue, en {queries} requêtes chacun",
    en="share of the secrets planted {times} times that the model yields, in {queries} queries each",
)
_EXPOSED = Text(
    fr="exposition moyenne, en bits, des secrets insérés {times} fois",
    en="mean exposure, in bits, of the secrets planted {times} times",
)
_RANKED = Text(
    fr="Là où tous les secrets possibles n'ont pas été évalués, le rang est estimé sur un tirage, et au-delà de ce tirage "
    "par une loi normale asymétrique : une supposition, dont les détails donnent la borne basse exacte.",
    en="Where not all possible secrets were scored the rank is estimated on a sample, and beyond that sample by a skew "
    "normal law: a supposition, whose exact lower bound stands in the details.",
)
_NO_EXPOSURE = NotMeasured(
    "canary",
    Text(
        fr="Exposition non mesurée : le modèle ne donne pas de probabilités, ou aucun marqueur ne porte de secret.",
        en="Exposure not measured: the model tells no probabilities, or no canary bears a secret.",
    ),
)
