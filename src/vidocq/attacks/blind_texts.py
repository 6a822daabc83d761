"""Can members' texts be told from the others without any model, by their words, their dates or their length?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from vidocq.attacks.blind import Blind
from vidocq.core.arrays import BoolArray, FloatArray, IntArray

MOST_READ = 20_000
"""Characters of one text whose words are counted; its length counts whole."""


@dataclass(frozen=True, kw_only=True)
class BlindTexts:
    """The `blind` control where records are texts: logistic regression, by cross-validation with whole persons held out.

    It reads words and pairs of words, hashed and weighed by how rare they are, and the spans of dates and of lengths
    that a text falls into, so that a period in the middle of another is told apart too.
    """

    card: ClassVar = Blind.card
    folds: int = 5
    buckets: int = 2**18
    spans: int = 20
    strength: float = 4.0

    def score_texts(
        self,
        texts: Sequence[str],
        is_member: BoolArray,
        persons: IntArray,
        *,
        dates: FloatArray | None = None,
        rng: np.random.Generator,
    ) -> FloatArray:
        """(n,) log-odds of membership from the texts alone, each from a fold that held its person out.

        dates    (n,) in days, NaN where unknown.   persons  (n,) index of each text's person.
        """
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - heavy, on use

        table = self._table(texts, dates)
        fold_of = self._folds(is_member, persons, rng=rng)
        scores = np.zeros(len(texts))
        for fold in range(self.folds):
            held = fold_of == fold
            if not held.any() or len(np.unique(is_member[~held])) == 1:
                continue  # nothing to learn from one group: the score stays at even odds
            model = LogisticRegression(
                C=self.strength,
                class_weight="balanced",
                solver="liblinear",
                dual=True,  # texts are fewer than words
                tol=1e-2,
                max_iter=1000,
                random_state=int(rng.integers(2**31)),
            )
            model.fit(table[~held], is_member[~held])
            scores[held] = model.decision_function(table[held])
        return scores

    def _folds(self, is_member: BoolArray, persons: IntArray, *, rng: np.random.Generator) -> IntArray:
        """(n,) each side spread evenly: a fold with fewer members would teach that members are fewer."""
        side = np.zeros(int(persons.max()) + 1, dtype=bool)
        side[persons] = is_member
        fold = np.empty(len(side), dtype=np.int64)
        for one in (True, False):
            some = rng.permutation(np.flatnonzero(side == one))
            fold[some] = np.arange(len(some)) % self.folds
        return fold[persons]

    def _table(self, texts: Sequence[str], dates: FloatArray | None) -> Any:
        """(n, d) sparse."""
        from scipy.sparse import hstack  # noqa: PLC0415
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer  # noqa: PLC0415

        words = HashingVectorizer(
            n_features=self.buckets,
            ngram_range=(1, 2),
            token_pattern=r"(?u)\b\w+\b",  # noqa: S106 - no password
            alternate_sign=False,
            norm=None,
        )
        counts = words.transform(text[:MOST_READ] for text in texts)
        parts = [TfidfTransformer(sublinear_tf=True).fit_transform(counts)]
        parts.append(self._spanned(np.log1p([float(len(text)) for text in texts])))
        if dates is not None and np.isfinite(dates).any():
            parts.append(self._spanned(dates))
        return hstack(parts, format="csr")

    def _spanned(self, values: FloatArray) -> Any:
        """(n, spans + 1) sparse: the span between quantiles that each value falls into; the last one is for NaN."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415

        known = np.isfinite(values)
        edges = np.unique(np.quantile(values[known], np.linspace(0, 1, self.spans + 1)[1:-1]))
        place = np.where(known, np.searchsorted(edges, np.where(known, values, 0.0), side="right"), self.spans)
        at = (np.arange(len(values)), place)
        return csr_matrix((np.ones(len(values)), at), shape=(len(values), self.spans + 1))
