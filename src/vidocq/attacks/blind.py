"""Can members be told from non-members without any model? Then no attack's success means anything."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.core.access import Access
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Blind:
    """Gradient boosting on the records alone, scored by cross-validation with whole persons held out."""

    card: ClassVar = AttackCard(
        id="blind",
        title=Text(fr="À l'aveugle, sans le modèle", en="Blind, without the model"),
        needs=Access.NONE,
        source="Das et al. (2024), arXiv:2406.16201",
        limits=Text(
            fr="Un témoin, non une attaque : sa réussite révèle deux fichiers qui diffèrent, non une fuite du modèle.",
            en="A control, not an attack: its success shows two files that differ, not a leak of the model.",
        ),
        baseline=True,
        pooling="mean",
    )
    folds: int = 5
    trees: int = 30
    leaves: int = 8
    bins: int = 63

    def score_records(
        self, table: FloatArray, is_member: BoolArray, persons: IntArray, *, rng: np.random.Generator
    ) -> FloatArray:
        """(n,) log-odds of membership from the records alone, each from a fold that held its person out.

        table      (n, d) numbers, the label among the columns.
        persons    (n,) index of each record's person.
        """
        from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415 - heavy, on use

        count = int(persons.max()) + 1
        fold_of = rng.permutation(np.arange(count) % self.folds)[persons]
        scores = np.zeros(len(table))
        for fold in range(self.folds):
            held = fold_of == fold
            if not held.any():
                continue
            if len(np.unique(is_member[~held])) == 1:
                continue  # nothing to learn from one group: the score stays at even odds
            model = HistGradientBoostingClassifier(
                max_iter=self.trees,
                max_leaf_nodes=self.leaves,
                max_bins=self.bins,
                early_stopping=False,
                random_state=int(rng.integers(2**31)),
            )
            model.fit(table[~held], is_member[~held])
            scores[held] = model.decision_function(table[held])
        return scores
