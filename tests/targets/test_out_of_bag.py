"""Trees that never saw a record: who they are, counted by hand on a small forest, and when they may not speak."""

import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier, RandomForestRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from vidocq.core.protocols import PartsUnseen
from vidocq.core.records import Records
from vidocq.targets import out_of_bag
from vidocq.targets.out_of_bag import out_of_bag_votes
from vidocq.targets.sklearn import SklearnModel


def table(n=120, classes=3, seed=1):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 4)), rng.integers(0, classes, n)


@pytest.mark.parametrize("kind", [RandomForestClassifier, ExtraTreesClassifier])
@pytest.mark.parametrize("share", [None, 0.5])
def test_votes_are_those_of_the_trees_whose_bootstrap_left_the_record_out(kind, share, monkeypatch):
    monkeypatch.setattr(out_of_bag, "FEWEST_TREES", 5)
    x, y = table()
    forest = kind(5, bootstrap=True, max_samples=share, random_state=3).fit(x, y)
    told = out_of_bag_votes(forest, x)
    for i in range(len(x)):
        voices = [
            tree.predict_proba(x[i : i + 1].astype(np.float32))[0]
            for tree, drawn in zip(forest.estimators_, forest.estimators_samples_, strict=True)
            if i not in drawn.tolist()
        ]
        np.testing.assert_allclose(told[i], np.mean(voices, axis=0) if voices else np.nan, atol=1e-12)
    if share is None:
        assert np.isnan(told).any(), "with five trees, some record stands in every bootstrap"


def test_they_are_scikit_learns_own_out_of_bag_votes():
    x, y = table()
    forest = RandomForestClassifier(100, oob_score=True, random_state=3).fit(x, y)
    np.testing.assert_allclose(out_of_bag_votes(forest, x), forest.oob_decision_function_, atol=1e-12)


def test_who_has_no_tree_that_never_saw_a_record_is_silent():
    x, y = table()
    for model in (
        RandomForestClassifier(100, bootstrap=False).fit(x, y),
        RandomForestClassifier(99).fit(x, y),
        RandomForestRegressor(100).fit(x, y),
        make_pipeline(StandardScaler(), RandomForestClassifier(100)).fit(x, y),  # the scaler saw every record
    ):
        assert out_of_bag_votes(model, x) is None


def test_a_model_answers_about_its_training_in_the_order_of_the_targets_classes():
    x, y = table(classes=2)
    model = SklearnModel(RandomForestClassifier(100, random_state=1).fit(x, y), classes=np.array([1, 5, 0]))
    assert isinstance(model, PartsUnseen)
    told = model.out_of_bag(Records(x, y, ("a", "b", "c", "d")))
    np.testing.assert_allclose(told.sum(axis=1), 1.0)
    assert (told[:, 1] == 0).all()
    right = (model.classes[told.argmax(axis=1)] == y).mean()
    assert 0.3 < right < 0.7, "labels are drawn: who never saw a record guesses"
