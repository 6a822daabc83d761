"""What the file of a model gives away without a single query."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from vidocq.core.access import Access
from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.cards import AttackCard
from vidocq.core.estimate import Estimate
from vidocq.core.findings import Finding
from vidocq.core.text import Text
from vidocq.measure.intervals import clopper_pearson
from vidocq.measure.significance import fisher_greater
from vidocq.targets.capacity import cell_sizes, leaves_of, parameters_of
from vidocq.targets.parts import Table
from vidocq.targets.stored_rows import kept_rows

DIRECT_LEVEL = 0.001
"""Level of the test that separates rows kept in the model from rows that happen to look like them."""


@dataclass(frozen=True, kw_only=True)
class Structure:
    """Rows kept inside, leaves and cells of few records, pure leaves, parameters against records.

    Kept rows are direct evidence where members are found and outsiders, passed through the same search, are not. The
    other figures are signs, no proof: each stands beside the same figure on outsiders.
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

    def inspect(self, model: Any, table: Table, is_member: BoolArray, outputs: FloatArray | None) -> list[Finding]:
        """model fitted; table (n, d) as it is given it; is_member (n,); outputs (n, c) probabilities, None for a regression.

        Empty if nothing in the model can be read, which is for the caller to tell.
        """
        found, kept, whole = kept_rows(model, table)
        findings = [self._kept(found, is_member, whole)] if kept else []
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
        return findings

    def _kept(self, found: BoolArray, is_member: BoolArray, whole: bool) -> Finding:
        inside, outside = _rates(found, is_member)
        p = fisher_greater(
            int(found[is_member].sum()),
            int(is_member.sum()),
            int(found[~is_member].sum()),
            int((~is_member).sum()),
        )
        return Finding(
            id=self.card.id,
            criterion="singling_out",
            quantity=_KEPT,
            estimate=inside,
            control=outside,
            p=p,
            direct=bool(found[is_member].any()) and p <= DIRECT_LEVEL,
            limits=None if whole else _IN_PART,
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
