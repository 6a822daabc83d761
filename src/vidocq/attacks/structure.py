"""What the file of a model gives away without a single query."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from vidocq.core.access import Access
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.estimate import Estimate
from vidocq.core.findings import Finding
from vidocq.core.text import Text
from vidocq.measure.coincidence import Coincidences, coincidences
from vidocq.measure.intervals import clopper_pearson
from vidocq.targets.capacity import cell_sizes, leaves_of, parameters_of
from vidocq.targets.parts import Table
from vidocq.targets.stored_rows import KeptRows, kept_rows

MOST_PLACES = 3
"""Attributes named in a finding; the others are counted."""


@dataclass(frozen=True)
class Inspection:
    """What the file gave away.

    kept    counts on which the verdict rests (rule, line 7); None where the model keeps no rows that could be compared.
    absent  what could not be looked for, and why; None where nothing is missing.
    """

    findings: tuple[Finding, ...] = ()
    kept: Coincidences | None = None
    absent: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Structure:
    """Rows kept inside, leaves and cells of few records, pure leaves, parameters against records.

    Kept rows are direct evidence where members are found whose row nobody else has, more often than persons who coincide
    would make it (`measure.coincidence`). The other figures are signs, no proof: each stands beside the same figure on
    outsiders.
    """

    card: ClassVar = AttackCard(
        id="structure",
        title=Text(fr="Lecture du fichier du modèle, sans requête", en="Reading the model's file, no query"),
        needs=Access.WEIGHTS,
        source="structural attack of SACRO, arXiv:2502.09396",
        limits=Text(
            fr="Ne trouve que des lignes conservées telles quelles ou après l'encodage du modèle : un modèle qui les "
            "transforme autrement, ou d'une autre bibliothèque, n'est pas lu.",
            en="Finds rows only as they are, or after the model's own encoding: a model that transforms them otherwise, "
            "or of another library, is not read.",
        ),
    )
    few: int = 10

    def inspect(
        self,
        model: Any,
        table: Table,
        is_member: BoolArray,
        outputs: FloatArray | None,
        *,
        person: IntArray | None = None,
        removed: int = 0,
    ) -> Inspection:
        """model fitted; table (n, d) as it is given it; is_member (n,); outputs (n, c) probabilities as served, or None.

        person   (n,) number of each record's person; each record is one by default.
        removed  rows that stood on both sides and were taken off both.
        """
        rows = kept_rows(model, table)
        who = np.arange(len(is_member)) if person is None else person
        counts = [
            coincidences(
                view.values,
                view.stored,
                who,
                is_member,
                attack=self.card.id,
                removed=removed,
                trained=view.trained,
                views=len(rows.views),
            )
            for view in rows.views
        ]
        kept = min(counts, key=lambda count: count.p, default=None)
        findings = [] if kept is None else [self._kept(rows, kept, is_member)]
        leaves = leaves_of(model, table)
        if leaves is not None:
            findings.append(self._share(leaves.fewest < self.few, is_member, _LEAF, few=self.few))
            if not np.isnan(leaves.pure).any():
                findings.append(self._share(leaves.pure == 1.0, is_member, _PURE, criterion="inference"))
        if outputs is not None:
            findings.append(self._share(cell_sizes(outputs, is_member) < self.few, is_member, _CELL, few=self.few))
        parameters = parameters_of(model)
        if parameters is not None:
            findings.append(
                Finding(
                    id=self.card.id,
                    criterion="extraction",
                    quantity=_PARAMETERS,
                    estimate=float(parameters),
                    baseline=float(is_member.sum()),
                    limits=_ROOM,
                )
            )
        absent = _ONE_COLUMN if rows.narrow and kept is None else None if findings else NOT_READ
        return Inspection(tuple(findings), kept, absent)

    def _kept(self, rows: KeptRows, kept: Coincidences, is_member: BoolArray) -> Finding:
        inside, outside = _rates(rows.found, is_member)
        return Finding(
            id=self.card.id,
            criterion="singling_out",
            quantity=_at(rows.places),
            estimate=inside,
            control=outside,
            p=kept.p,
            limits=None if rows.whole else _IN_PART,
        )

    def _share(
        self, flags: BoolArray, is_member: BoolArray, quantity: Text, *, criterion: Any = "singling_out", few: int = 0
    ) -> Finding:
        inside, outside = _rates(flags, is_member)
        said = Text(fr=quantity.fr.format(few=few), en=quantity.en.format(few=few))
        return Finding(
            id=self.card.id, criterion=criterion, quantity=said, estimate=inside, control=outside, limits=_SIGN
        )


def _rates(flags: BoolArray, is_member: BoolArray) -> tuple[Estimate, Estimate]:
    sides = (clopper_pearson(int(flags[side].sum()), int(side.sum()), level=0.95) for side in (is_member, ~is_member))
    inside, outside = sides
    return inside, outside


def _at(places: tuple[str, ...]) -> Text:
    """What the figure of kept rows is, with the attributes of the model that held them."""
    if not places:
        return _KEPT
    named, more = ", ".join(places[:MOST_PLACES]), len(places) - MOST_PLACES
    rest = Text(f" et {more} autres", f" and {more} more") if more > 0 else Text("", "")
    return Text(f"{_KEPT.fr} ({named}{rest.fr})", f"{_KEPT.en} ({named}{rest.en})")


NOT_READ = Text(
    fr="Le fichier du modèle n'est pas là, ou n'est d'aucune sorte que cette version sache lire.",
    en="The model's file is not at hand, or of no kind that this version can read.",
)
_ONE_COLUMN = Text(
    fr="Le modèle conserve une table d'une seule colonne : retrouver un nombre n'est pas retrouver une personne, et "
    "les lignes conservées n'y sont pas cherchées.",
    en="The model keeps a table of one column: to find a number is not to find a person, and stored rows are not "
    "looked for in it.",
)
_KEPT = Text(
    fr="part des enregistrements retrouvés tels quels dans le modèle",
    en="share of records found whole inside the model",
)
_LEAF = Text(
    fr="part des enregistrements qui tombent dans une feuille de moins de {few} enregistrements d'entraînement",
    en="share of records that fall into a leaf of fewer than {few} training records",
)
_PURE = Text(
    fr="part des enregistrements dont toutes les feuilles sont d'une seule classe",
    en="share of records all of whose leaves are of one class",
)
_CELL = Text(
    fr="part des enregistrements dont les réponses sont communes à moins de {few} enregistrements, lui compris",
    en="share of records whose answers fewer than {few} records share, itself included",
)
_PARAMETERS = Text(
    fr="paramètres libres, face au nombre d'enregistrements d'entraînement",
    en="free parameters, against the number of training records",
)
_ROOM = Text(
    fr="De la place pour retenir n'est pas la preuve d'avoir retenu.",
    en="Room to remember is no proof of remembering.",
)
_SIGN = Text(
    fr="Un indice : de petites cellules se forment aussi autour de personnes que le modèle n'a pas vues.",
    en="A sign: small cells also form around persons that the model never saw.",
)
_IN_PART = Text(fr="Le modèle n'a pu être lu qu'en partie.", en="The model could be read in part only.")
