"""Rare data: persons whom few others resemble."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from vidocq.checks.indices.inputs import IndexInputs
from vidocq.checks.indices.words import NO_MEMBERS, filled, followed
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.cards import CheckCard
from vidocq.core.checking import CheckVerdict, Observation, not_measured
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.measure.intervals import clopper_pearson

TO_DEVIATIONS = 1.4826
"""Median absolute deviation of a normal law to its standard deviation."""


@dataclass(frozen=True, kw_only=True)
class RareValues:
    """Records alone in their combination of columns, and records far out in a column of quantities.

    few  columns of at most so many values are combined where none were named; quantities are columns of more.
    far  robust deviations from the median, beyond which a value is atypical (Iglewicz and Hoaglin, 1993: 3.5).
    """

    card: ClassVar = CheckCard(
        id="index-rare-values",
        title=Text(fr="Données rares", en="Rare data"),
        measures=Text(
            fr="Part des enregistrements seuls à présenter leur combinaison de valeurs, et part de ceux qu'une valeur "
            "éloigne de la médiane de plus de 3,5 écarts robustes.",
            en="Share of records alone in their combination of values, and share of those that a value puts more than 3.5 "
            "robust deviations away from the median.",
        ),
        baseline=Text(
            fr="Les mêmes parts si les colonnes étaient indépendantes (tirage) et si les grandeurs suivaient une loi "
            "normale.",
            en="The same shares if columns were independent (drawn) and quantities followed a normal law.",
        ),
        source="CNIL, sheet on the status of AI models (2025); Iglewicz and Hoaglin (1993), How to Detect and Handle "
        "Outliers",
        limits=Text(
            fr="Être seul dans le jeu n'est pas être seul dans la population. Une combinaison d'autres colonnes peut "
            "individualiser davantage.",
            en="To be alone in the set is not to be alone in the population. A combination of other columns may single "
            "out more.",
        ),
        about="data",
    )
    few: int = 20
    far: float = 3.5

    def measure(self, inputs: IndexInputs) -> Observation:
        """Draws one shuffle of each combined column for the baseline."""
        if inputs.members is None:
            return Observation(lacking=NO_MEMBERS)
        records = inputs.members
        unknown = [name for name in inputs.quasi or () if name not in records.columns]
        if unknown:
            return Observation(lacking=filled(_UNKNOWN, count=len(unknown)))
        n = len(records)
        codes = [_codes(records.features[:, j]) for j in range(len(records.columns))]
        combined = self._combined(records, codes, inputs.quasi)
        far, quantities = self._far(records, codes)
        figures: dict[str, Any] = {"records": n, "combined": len(combined), "quantities": quantities}
        if combined:
            rng = Seeds(inputs.seed).generator("index-rare-values")
            alone = int(_alone(combined).sum())
            by_chance = int(_alone([rng.permutation(column) for column in combined]).sum())
            figures |= {"alone": clopper_pearson(alone, n).to_dict(), "alone_if_independent": by_chance / n}
        if quantities:
            usual = float(2 * stats.norm.sf(self.far))
            figures |= {
                "far": clopper_pearson(int(far.sum()), n).to_dict(),
                "far_if_normal": 1 - (1 - usual) ** quantities,
            }
        if not combined and not quantities:
            return Observation(lacking=_NOTHING)
        return Observation(figures=figures)

    def judge(self, seen: Observation) -> CheckVerdict:
        """Always a person's: no share is published above which data are rare."""
        if seen.lacking is not None:
            return not_measured(seen.lacking)
        told = [
            filled(words, share=f"{100 * share['value']:.2f}", columns=seen.figures[counted])
            for name, counted, words in (("alone", "combined", _ALONE), ("far", "quantities", _FAR))
            if (share := seen.figures.get(name)) is not None
        ]
        said = told[0] if len(told) == 1 else followed(*told)
        return CheckVerdict(status=Status.TO_JUDGE, reason=followed(said))

    def _combined(self, records: Records, codes: list[IntArray], quasi: tuple[str, ...] | None) -> list[IntArray]:
        if quasi is not None:
            return [codes[records.columns.index(name)] for name in quasi]
        return [code for code in codes if 1 < int(code.max()) + 1 <= self.few]

    def _far(self, records: Records, codes: list[IntArray]) -> tuple[NDArray[np.bool_], int]:
        far, quantities = np.zeros(len(records), dtype=np.bool_), 0
        for j, code in enumerate(codes):
            column = records.features[:, j]
            if int(code.max()) + 1 <= self.few or (column.dtype == object and isinstance(column[0], str)):
                continue
            deviation = _deviations(column.astype(np.float64))
            if deviation is not None:
                quantities += 1
                far |= deviation > self.far
        return far, quantities


def _codes(column: NDArray[Any]) -> IntArray:
    """(n,) 0, 1, 2… for each distinct value."""
    text = column.dtype == object and isinstance(column[0], str)
    _, place = np.unique(column.astype(np.str_ if text else np.float64), return_inverse=True)
    return np.asarray(place.ravel(), dtype=np.int64)


def _alone(combined: list[IntArray]) -> NDArray[np.bool_]:
    """(n,) records whose combination nobody shares. Codes stay small: they are renumbered after each column."""
    key = np.zeros(len(combined[0]), dtype=np.int64)
    for code in combined:
        _, place = np.unique(key * (int(code.max()) + 1) + code, return_inverse=True)
        key = np.asarray(place.ravel(), dtype=np.int64)
    return np.asarray(np.bincount(key)[key] == 1)


def _deviations(values: FloatArray) -> FloatArray | None:
    """(n,) robust deviations from the median; None where more than half of the values are the same."""
    away = np.abs(values - np.median(values))
    spread = TO_DEVIATIONS * float(np.median(away))
    return None if spread == 0 else away / spread


_UNKNOWN = Text(
    fr="{count} des colonnes nommées ne figurent pas dans le jeu.",
    en="{count} of the columns named are not in the set.",
)
_NOTHING = Text(
    fr="Aucune colonne de peu de valeurs ni de grandeurs : rien à combiner ni à mesurer.",
    en="No column of few values, and none of quantities: nothing to combine or to measure.",
)
_ALONE = Text(
    fr="{share} % des enregistrements sont seuls dans leur combinaison de {columns} colonnes.",
    en="{share} % of the records are alone in their combination of {columns} columns.",
)
_FAR = Text(
    fr="{share} % des enregistrements ont une valeur atypique ; {columns} colonnes de grandeurs ont été lues.",
    en="{share} % of the records have an atypical value; {columns} columns of quantities were read.",
)
