"""Repetition: what is seen more often is remembered better."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from vidocq.checks.indices.inputs import IndexInputs
from vidocq.checks.indices.words import NO_MEMBERS, filled, followed
from vidocq.core.arrays import IntArray
from vidocq.core.cards import CheckCard
from vidocq.core.checking import CheckVerdict, Observation, not_measured
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.measure.intervals import clopper_pearson
from vidocq.targets.digests import exact_digests

BANDS: Final = ((1, 1), (2, 2), (3, 5), (6, 10), (11, None))
"""Numbers of copies told together."""


@dataclass(frozen=True, kw_only=True)
class Repetition:
    """Records that stand more than once, cell by cell and label included; records per person; passes over the data."""

    card: ClassVar = CheckCard(
        id="index-repetition",
        title=Text(fr="Répétitions", en="Repetition"),
        measures=Text(
            fr="Part des enregistrements présents plus d'une fois à l'identique, et en combien d'exemplaires ; "
            "enregistrements par personne et passages sur les données s'ils sont connus.",
            en="Share of records that stand more than once, and in how many copies; records per person and passes over "
            "the data where known.",
        ),
        baseline=Text(
            fr="La même part si les colonnes étaient indépendantes (tirage) : peu de colonnes se répètent par hasard.",
            en="The same share if columns were independent (drawn): few columns repeat by chance.",
        ),
        source="CNIL, sheet on the status of AI models (2025); Lee et al. (2021), arXiv:2107.06499",
        limits=Text(
            fr="Ne voit que les copies exactes : une quasi-copie, ou la même personne sous une autre écriture, lui "
            "échappe. Sans colonne des personnes, chaque enregistrement compte pour une personne.",
            en="Sees exact copies only: a near copy, or the same person written otherwise, escapes it. Without a column of "
            "persons each record counts as a person.",
        ),
        about="data",
    )

    def measure(self, inputs: IndexInputs) -> Observation:
        """Draws one shuffle of each column for the baseline."""
        if inputs.members is None:
            return Observation(lacking=NO_MEMBERS)
        records, n = inputs.members, len(inputs.members)
        copies = _copies(records.features, records.labels)
        rng = Seeds(inputs.seed).generator("index-repetition")
        repeated, by_chance = int((copies > 1).sum()), int((_copies(*_shuffled(records, rng)) > 1).sum())
        figures: dict[str, Any] = {
            "records": n,
            "repeated": clopper_pearson(repeated, n).to_dict(),
            "repeated_if_independent": by_chance / n,
            "histogram": [
                {"from": low, "to": high, "records": int(((copies >= low) & (copies <= (high or n))).sum())}
                for low, high in BANDS
            ],
            "most_copies": int(copies.max()),
            "epochs": inputs.epochs,
            "per_person": None,
        }
        if records.persons is not None:
            _, each = np.unique(records.persons, return_counts=True)
            figures["per_person"] = {"persons": len(each), "mean": float(each.mean()), "most": int(each.max())}
        return Observation(figures=figures)

    def judge(self, seen: Observation) -> CheckVerdict:
        """Satisfied only where nothing repeats: no copy, no person twice, no stated second pass."""
        if seen.lacking is not None:
            return not_measured(seen.lacking)
        figures = seen.figures
        persons, epochs = figures["per_person"], figures["epochs"]
        once = figures["repeated"]["value"] == 0 and (persons is None or persons["most"] == 1)
        if once and (epochs is None or epochs <= 1):
            return CheckVerdict(status=Status.SATISFIED, reason=filled(_NONE, n=figures["records"]))
        said = filled(
            _SOME,
            share=f"{100 * figures['repeated']['value']:.2f}",
            most=figures["most_copies"],
            chance=f"{100 * figures['repeated_if_independent']:.2f}",
        )
        if persons is not None:
            said = followed(said, filled(_PERSONS, mean=f"{persons['mean']:.2f}", most=persons["most"]))
        if epochs is not None:
            said = followed(said, filled(_EPOCHS, epochs=epochs))
        return CheckVerdict(status=Status.TO_JUDGE, reason=followed(said))


def _copies(features: NDArray[Any], labels: NDArray[Any]) -> IntArray:
    """(n,) how many times each record stands in the set, itself included."""
    digests = exact_digests(features, labels)
    count = Counter(digests)
    return np.asarray([count[digest] for digest in digests], dtype=np.int64)


def _shuffled(records: Records, rng: np.random.Generator) -> tuple[NDArray[Any], NDArray[Any]]:
    columns = [rng.permutation(records.features[:, j]) for j in range(len(records.columns))]
    return np.stack(columns, axis=1), rng.permutation(records.labels)


_NONE = Text(
    fr="Aucun des {n} enregistrements n'est répété à l'identique, et aucune personne connue n'en a plusieurs.",
    en="None of the {n} records stands twice, and no known person has several.",
)
_SOME = Text(
    fr="{share} % des enregistrements sont présents plus d'une fois ({most} exemplaires au plus ; {chance} % si les "
    "colonnes étaient indépendantes).",
    en="{share} % of the records stand more than once ({most} copies at most; {chance} % if columns were independent).",
)
_PERSONS = Text(
    fr="{mean} enregistrements par personne en moyenne, {most} au plus.",
    en="{mean} records per person on average, {most} at most.",
)
_EPOCHS = Text(fr="{epochs} passages sur les données.", en="{epochs} passes over the data.")
