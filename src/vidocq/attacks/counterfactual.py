"""What training on a text changes for that very text: models that had it against models that had not."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from scipy import special

from vidocq.core.access import Access
from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.cards import AttackCard
from vidocq.core.errors import SampleTooSmall, SignalError
from vidocq.core.estimate import Estimate
from vidocq.core.findings import Finding
from vidocq.core.measured import Measured
from vidocq.core.text import Text
from vidocq.measure.intervals import clopper_pearson

LEVEL = 0.95
FEWEST = 2
"""Models on each side of a text, for its variance."""
TENTH = 0.1


@dataclass(frozen=True, eq=False)
class Memorised:
    """value (n,) mean over models that had the text minus mean over those that had not; low, high (n,) Welch's interval.

    kept  (n,) bool: at least two models on each side; elsewhere the others are NaN.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray
    kept: BoolArray


@dataclass(frozen=True, kw_only=True)
class Counterfactual:
    """Counterfactual memorisation of each text, over reference models.

    It describes the recipe, text by text, and tests nothing of the audited model. Whoever picks the most memorised of many
    texts picks the luckiest noise too: the most memorised tenth is chosen with one half of the models and measured with
    the other.
    """

    card: ClassVar = AttackCard(
        id="counterfactual",
        title=Text(fr="Mémorisation contrefactuelle", en="Counterfactual memorisation"),
        needs=Access.LOGPROBS,
        source="Zhang et al. (2021), arXiv:2112.12938",
        limits=Text(
            fr="Parle de la recette d'entraînement, non du modèle audité. Un texte qui a des doublons dans le reste du corpus "
            "paraît peu mémorisé, car les modèles qui ne l'ont pas reçu en ont reçu un double.",
            en="Speaks of the training recipe, not of the audited model. A text with duplicates in the rest of the corpus "
            "looks little memorised, for models that did not get it got a copy.",
        ),
        references=2 * FEWEST,
    )

    def memorised(self, scores: FloatArray, trained_on: BoolArray) -> Memorised:
        """scores (k, n) finite, of k models on n texts; trained_on (k, n)."""
        _require(scores, trained_on)
        inside, outside = trained_on.sum(axis=0), (~trained_on).sum(axis=0)
        kept = (inside >= FEWEST) & (outside >= FEWEST)
        value, low, high = np.full((3, scores.shape[1]), np.nan)
        if kept.any():
            sides = (_side(scores[:, kept], trained_on[:, kept]), _side(scores[:, kept], ~trained_on[:, kept]))
            (mean_in, error_in, degrees_in), (mean_out, error_out, degrees_out) = sides
            both = error_in + error_out
            parts = error_in**2 / degrees_in + error_out**2 / degrees_out
            degrees = np.where(parts > 0.0, both**2 / np.where(parts > 0.0, parts, 1.0), 1.0)
            reach = special.stdtrit(degrees, (1.0 + LEVEL) / 2.0) * np.sqrt(both)
            value[kept] = mean_in - mean_out
            low[kept], high[kept] = value[kept] - reach, value[kept] + reach
        return Memorised(value, low, high, kept)

    def judge(self, scores: FloatArray, trained_on: BoolArray, *, unit: Text, rng: np.random.Generator) -> Measured:
        """Findings over all texts with enough models; unit  of the scores, as in "share of tokens predicted rightly".

        Raises  SampleTooSmall if no text has enough models on both sides, SignalError on scores that are not finite.
        """
        found = self.memorised(scores, trained_on)
        if not found.kept.any():
            raise SampleTooSmall(
                f"no text has {FEWEST} models that had it and {FEWEST} that had not",
                where="attack 'counterfactual'",
                fix="train more reference models, each on a random half of the texts",
            )
        scores, trained_on = scores[:, found.kept], trained_on[:, found.kept]
        cost = {"queries": 0, "reference_models": len(scores)}
        shown = found.low[found.kept] > 0.0
        findings = [
            self._finding(_MEAN, unit, _mean_over_models(scores, trained_on), 0.0, cost),
            self._finding(
                _SHOWN, unit, clopper_pearson(int(shown.sum()), shown.size, level=LEVEL), (1.0 - LEVEL) / 2.0, cost
            ),
        ]
        tenth = self._most_memorised(scores, trained_on, rng)
        if tenth is not None:
            findings.append(self._finding(_TENTH, unit, tenth, 0.0, cost))
        return Measured(findings=tuple(findings), details=_details(found))

    def _finding(
        self, quantity: Text, unit: Text, estimate: Estimate | float, baseline: float, cost: dict[str, int]
    ) -> Finding:
        return Finding(
            id=self.card.id,
            criterion="singling_out",
            quantity=Text(fr=f"{quantity.fr} ({unit.fr})", en=f"{quantity.en} ({unit.en})"),
            estimate=estimate,
            baseline=baseline,
            limits=self.card.limits,
            cost=dict(cost),
        )

    def _most_memorised(
        self, scores: FloatArray, trained_on: BoolArray, rng: np.random.Generator
    ) -> Estimate | float | None:
        order = rng.permutation(len(scores))
        choosing, measuring = order[: len(order) // 2], order[len(order) // 2 :]
        by_one = self.memorised(scores[choosing], trained_on[choosing])
        by_other = self.memorised(scores[measuring], trained_on[measuring])
        both = np.flatnonzero(by_one.kept & by_other.kept)
        count = round(TENTH * len(both))
        if not count:
            return None
        top = both[np.argsort(-by_one.value[both], kind="stable")[:count]]
        return _mean_over_models(scores[np.ix_(measuring, top)], trained_on[np.ix_(measuring, top)])


def _side(scores: FloatArray, mine: BoolArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Of each text: mean over its models, squared standard error of it, degrees of freedom."""
    count = mine.sum(axis=0)
    mean = np.where(mine, scores, 0.0).sum(axis=0) / count
    variance = np.where(mine, (scores - mean) ** 2, 0.0).sum(axis=0) / (count - 1)
    return mean, variance / count, count - 1.0


def _gap(scores: FloatArray, trained_on: BoolArray) -> float:
    """Mean over texts of the gap, those left out that have no model on one side."""
    inside, outside = trained_on.sum(axis=0), (~trained_on).sum(axis=0)
    told = (inside > 0) & (outside > 0)
    had = np.where(trained_on, scores, 0.0).sum(axis=0)[told] / inside[told]
    had_not = np.where(trained_on, 0.0, scores).sum(axis=0)[told] / outside[told]
    return float((had - had_not).mean())


def _mean_over_models(scores: FloatArray, trained_on: BoolArray) -> Estimate | float:
    """The mean gap; its interval by leaving out one model at a time, for the texts of one model share its luck."""
    value, k = _gap(scores, trained_on), len(scores)
    if k < 2 * FEWEST:
        return value
    rest = [np.arange(k) != i for i in range(k)]
    without = np.array([_gap(scores[rows], trained_on[rows]) for rows in rest])
    error = float(np.sqrt((k - 1) / k * np.sum((without - without.mean()) ** 2)))
    reach = float(special.stdtrit(k - 1, (1.0 + LEVEL) / 2.0)) * error
    return Estimate(value, value - reach, value + reach, LEVEL, k)


def _details(found: Memorised) -> dict[str, Any]:
    """How memorisation is spread over the texts; no text is named."""
    value = found.value[found.kept]
    shares = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
    return {
        "texts": int(found.kept.sum()),
        "too_few_models": int((~found.kept).sum()),
        "quantiles": [
            {"share": s, "value": float(q)} for s, q in zip(shares, np.quantile(value, shares), strict=True)
        ],
    }


def _require(scores: FloatArray, trained_on: BoolArray) -> None:
    if scores.ndim != 2 or scores.shape != trained_on.shape or not np.isfinite(scores).all():
        raise SignalError(
            "the scores are not one finite number for each model and text",
            where="attack 'counterfactual'",
            fix="give scores and membership of the same models and texts",
        )


_MEAN = Text(
    fr="écart moyen entre les modèles qui ont reçu un texte et ceux qui ne l'ont pas reçu",
    en="mean gap between models that had a text and models that had not",
)
_SHOWN = Text(
    fr="part des textes dont l'écart dépasse zéro au niveau de 97,5 %, chacun pris seul ; 2,5 % par hasard",
    en="share of texts whose gap exceeds zero at the 97.5 % level, each taken alone; 2.5 % by chance",
)
_TENTH = Text(
    fr="écart moyen du dixième des textes le plus mémorisé, choisi avec la moitié des modèles et mesuré avec l'autre",
    en="mean gap of the most memorised tenth of the texts, chosen with half of the models and measured with the others",
)
