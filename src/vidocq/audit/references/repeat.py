"""Does the model answer the same question twice alike? If not, figures read from one answer describe that answer."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import special

from vidocq.audit.references.asking import Asking, ask_target
from vidocq.core.arrays import BoolArray
from vidocq.core.protocols import Model
from vidocq.core.records import Records
from vidocq.core.text import Text
from vidocq.targets.observed import Observed
from vidocq.targets.recorded import RecordedModel

SAMPLE = 32
SAME = 1e-6
"""Answers this close are the same: batches of another size round their sums otherwise."""


@dataclass(frozen=True)
class Repeated:
    """How many records were asked about again, how many were answered otherwise, and how many queries it took."""

    records: int
    differing: int
    queries: int

    def to_dict(self) -> dict[str, int]:
        return {"records": self.records, "differing": self.differing, "queries": self.queries}

    def warnings(self) -> list[dict[str, str]]:
        """What whoever reads the audit has to know; nothing where all answers came back the same."""
        if not self.differing:
            return []
        return [{"code": "answers-vary", **_VARY.fill(differing=self.differing, records=self.records).to_dict()}]


def ask_again(
    model: Model, records: Records, seen: Observed, *, asking: Asking, rng: np.random.Generator
) -> Repeated | None:
    """Asks once more about a sample of the records, and compares with what was `seen` of them.

    Returns None for saved answers, which cannot be asked for again.  Raises ModelError as `ask_target`.
    """
    if isinstance(model, RecordedModel):
        return None
    rows = np.sort(rng.choice(len(records), size=min(SAMPLE, len(records)), replace=False))
    asking = replace(asking, copies=0)
    again = ask_target(model, records.take(rows), asking=asking)
    differs = _differs(seen.take(rows), again, regression=model.classes is None)
    return Repeated(len(rows), int(differs.sum()), len(rows) * asking.queries)


def _differs(first: Observed, second: Observed, *, regression: bool) -> BoolArray:
    """Compared as probabilities, for log-odds near 0 and 1 blow up what rounding alone does."""
    if np.isnan(first.confidence).any() or np.isnan(second.confidence).any():
        return np.asarray(first.correct != second.correct)
    if regression:
        return ~np.isclose(first.confidence, second.confidence, rtol=SAME, atol=SAME)
    return np.asarray(np.abs(special.expit(first.confidence) - special.expit(second.confidence)) > SAME)


def count_of(repeated: Repeated | None) -> dict[str, Any] | None:
    return None if repeated is None else repeated.to_dict()


_VARY = Text(
    fr="Le modèle ne répond pas toujours de même : {differing} réponses sur {records} ont changé d'une demande à "
    "l'autre. Les attaques n'ont lu qu'une réponse par enregistrement ; qui peut en demander plusieurs en sait "
    "davantage, et une nouvelle exécution ne donnera pas les mêmes chiffres.",
    en="The model does not always answer alike: {differing} of {records} answers changed from one request to the "
    "next. The attacks read one answer per record; whoever may ask for several learns more, and another run will not "
    "give the same figures.",
)
