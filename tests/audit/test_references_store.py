"""What is kept of reference models is read again for the same records in the same order, and for nothing else."""

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from vidocq.audit.references.asking import Asking
from vidocq.audit.references.collect import train_references
from vidocq.audit.sampling.design import draw_design
from vidocq.core.errors import ModelError
from vidocq.core.records import Records
from vidocq.core.stacking import Stacking
from vidocq.engine.local import Local
from vidocq.engine.store import Store
from vidocq.targets.sklearn import SklearnRecipe

N, K = 80, 8


def noise(seed=1):
    rng = np.random.default_rng(seed)
    return Records(rng.normal(size=(N, 4)), rng.integers(0, 2, N), tuple("abcd"))


def collected(records, store, recipe=None):
    return train_references(
        recipe or SklearnRecipe(DecisionTreeClassifier(), classes=np.arange(2)),
        records,
        np.arange(N),
        draw_design(N, K, share=0.5, rng=np.random.default_rng(3)),
        asking=Asking("probabilities"),
        seed=5,
        key="ab" * 32,
        engine=Local(1),
        store=store,
        progress=None,
        title="",
    )


def test_records_in_another_order_are_not_taken_for_those_kept(tmp_path):
    records, store = noise(), Store(tmp_path)
    first = collected(records, store)
    kept = len(store.keys())
    np.testing.assert_array_equal(collected(records, store).correct, first.correct)
    assert len(store.keys()) == kept
    order = np.random.default_rng(9).permutation(N)
    again = collected(records.take(order), store)
    np.testing.assert_array_equal(again.correct, collected(records.take(order), None).correct)
    assert len(store.keys()) > kept


class Overflowing:
    """Its answers are no numbers, though it was trained."""

    classes = np.arange(2)

    def probabilities(self, records):
        raise ModelError("answers are not finite", where="a test", fix="none")


class Half(SklearnRecipe):
    """Trains in stacks of four, the first of which overflows."""

    def stacking(self, records):
        return Stacking(4, groups=1)

    def fit_stack(self, records, trained_on, *, seeds):
        rest = [self.fit(records.take(row), seed=seed) for row, seed in zip(trained_on[1:], seeds[1:], strict=True)]
        return [Overflowing(), *rest]


@pytest.mark.parametrize(("tolerated", "failed"), [(1.0, 2), (0.1, None)])
def test_one_that_overflows_fails_alone_and_is_counted(monkeypatch, tolerated, failed):
    monkeypatch.setattr("vidocq.audit.references.collect.LARGEST_SHARE_OF_FAILURES", tolerated)
    recipe = Half(DecisionTreeClassifier(), classes=np.arange(2))
    if failed is None:
        with pytest.raises(ModelError, match="2 of 8 reference models"):
            collected(noise(), None, recipe)
    else:
        found = collected(noise(), None, recipe)
        assert (found.failed, len(found.confidence), len(found.trained_on)) == (failed, K - failed, K - failed)


class Starved(SklearnRecipe):
    """Has too little memory for any model."""

    def fit(self, records, *, seed):
        raise ModelError("memory is too small for one model", where="a test", fix="lower batch_size")


def test_why_none_could_be_trained_is_told_in_its_own_words():
    with pytest.raises(ModelError, match="8 of 8 reference models could not be trained: memory is too small") as told:
        collected(noise(), None, Starved(DecisionTreeClassifier(), classes=np.arange(2)))
    assert told.value.fix == "lower batch_size"
