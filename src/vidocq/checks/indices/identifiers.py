"""Direct identifiers in the training data: what tells who somebody is."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from vidocq.checks.indices.inputs import IndexInputs
from vidocq.checks.indices.words import NO_MEMBERS, filled, followed
from vidocq.core.cards import CheckCard
from vidocq.core.checking import CheckVerdict, Observation, not_measured
from vidocq.core.records import Records
from vidocq.core.spans import Category
from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.detect.find import find_each
from vidocq.detect.measured import measured
from vidocq.measure.intervals import clopper_pearson

DIRECT: Final = frozenset(
    {
        Category.PERSON,
        Category.EMAIL,
        Category.PHONE,
        Category.ADDRESS,
        Category.NIR,
        Category.NIF,
        Category.IBAN,
        Category.RIB,
        Category.CARD,
        Category.RPPS,
        Category.PLATE,
        Category.PASSPORT,
        Category.IDENTITY_CARD,
        Category.IP,
        Category.MAC,
        Category.HANDLE,
    }
)
"""Kinds that point to one person by themselves."""
LONG = 1e8
"""A column of whole numbers that reaches this far may hold codes: it is read as text."""
LARGEST = 2.0**53


@dataclass(frozen=True, kw_only=True)
class Identifiers:
    """Records that hold a direct identifier, by the project's detectors, over columns of text and of long numbers."""

    card: ClassVar = CheckCard(
        id="index-identifiers",
        title=Text(fr="Données identifiantes", en="Identifying data"),
        measures=Text(
            fr="Enregistrements où figure au moins un identifiant direct, pour 1 000, avec leur intervalle.",
            en="Records that hold at least one direct identifier, per 1,000, with their interval.",
        ),
        baseline=Text(
            fr="Colonnes lues dont toutes les valeurs diffèrent : un signe naïf d'identifiant.",
            en="Columns read whose values all differ: a naive sign of an identifier.",
        ),
        source="CNIL, sheet on the status of AI models (2025); detectors: docs/detect.md",
        limits=Text(
            fr="Ne voit que ce que les détecteurs reconnaissent, dans du texte : ni visage, ni voix, ni numéro interne, "
            "ni nombre court. La colonne des personnes et le label ne sont pas lus.",
            en="Sees only what the detectors recognise, in text: no face, no voice, no number of your own, no short "
            "number. The column of persons and the label are not read.",
        ),
        about="data",
    )

    def measure(self, inputs: IndexInputs) -> Observation:
        """Counts of records by category; each distinct value is searched once, after the name of its column."""
        if inputs.members is None:
            return Observation(lacking=NO_MEMBERS)
        records = inputs.members
        read = _read(records)
        if not read:
            return Observation(lacking=_NO_TEXT)
        n = len(records)
        any_here = np.zeros(n, dtype=np.bool_)
        by_category: dict[Category, NDArray[np.bool_]] = {}
        distinct = 0
        for j in read:
            values, place = np.unique(_spelt(records.features[:, j]), return_inverse=True)
            distinct += len(values) == n
            label = f"{records.columns[j]}: " if records.named else ""
            spans = find_each([f"{label}{value}" for value in values], categories=DIRECT)
            found = [{span.category for span in each if span.end > len(label)} for each in spans]
            for category in sorted(set().union(*found)):
                here = np.asarray([category in each for each in found], dtype=np.bool_)[place.ravel()]
                by_category[category] = by_category.get(category, np.zeros(n, dtype=np.bool_)) | here
                any_here |= here
        hits = int(any_here.sum())
        return Observation(
            figures={
                "records": n,
                "with_identifier": hits,
                "share": clopper_pearson(hits, n).to_dict(),
                "per_thousand": 1000 * hits / n,
                "by_category": {str(name): int(here.sum()) for name, here in sorted(by_category.items())},
                "columns_read": len(read),
                "columns": len(records.columns),
                "all_distinct": int(distinct),
                "recall": _recalls(),
            }
        )

    def judge(self, seen: Observation) -> CheckVerdict:
        """Satisfied only where none was found; what was found, a person weighs."""
        if seen.lacking is not None:
            return not_measured(seen.lacking)
        figures = seen.figures
        if figures["with_identifier"] == 0:
            return CheckVerdict(
                status=Status.SATISFIED,
                reason=filled(
                    _NONE,
                    n=figures["records"],
                    high=f"{1000 * figures['share']['high']:.2f}",
                    read=figures["columns_read"],
                    columns=figures["columns"],
                ),
            )
        said = filled(
            _SOME, rate=f"{figures['per_thousand']:.2f}", hits=figures["with_identifier"], n=figures["records"]
        )
        return CheckVerdict(status=Status.TO_JUDGE, reason=followed(said))


def _read(records: Records) -> list[int]:
    return [j for j in range(len(records.columns)) if _is_read(records.features[:, j])]


def _is_read(column: NDArray[Any]) -> bool:
    """Text; or whole numbers, some of them long."""
    if column.dtype == object:
        if isinstance(column[0], str):
            return True
        column = column.astype(np.float64)
    return bool((column == np.rint(column)).all()) and LONG <= float(np.abs(column).max()) <= LARGEST


def _spelt(column: NDArray[Any]) -> NDArray[np.str_]:
    if column.dtype == object and isinstance(column[0], str):
        return column.astype(np.str_)
    return column.astype(np.float64).astype(np.int64).astype(np.str_)


def _recalls() -> dict[str, Any]:
    """How much of each kind the detectors find, on texts held out; None where that was not measured."""
    known = measured()
    return {
        str(name): None if name not in known or (recall := known[name].recall) is None else recall.to_dict()
        for name in sorted(DIRECT)
    }


_NO_TEXT = Text(
    fr="Aucune colonne ne contient de texte ni de nombre long : les détecteurs n'ont rien à lire.",
    en="No column holds text or long numbers: the detectors have nothing to read.",
)
_NONE = Text(
    fr="Aucun identifiant direct trouvé dans {n} enregistrements ({read} colonnes lues sur {columns}) ; au plus {high} "
    "pour 1 000, hors ce que les détecteurs manquent.",
    en="No direct identifier found in {n} records ({read} of {columns} columns read); at most {high} per 1,000, besides "
    "what the detectors miss.",
)
_SOME = Text(
    fr="{rate} enregistrements pour 1 000 contiennent un identifiant direct ({hits} sur {n}).",
    en="{rate} records per 1,000 hold a direct identifier ({hits} of {n}).",
)
