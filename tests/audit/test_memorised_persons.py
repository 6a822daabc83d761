"""Persons whom a model learns by heart, from the model to the table of persons: none of them may be missed."""

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier

import vidocq
from vidocq.audit.persons.exposure import exposure_table

SIDE = 400


def mislabelled(*, rng):
    """Two sides whose labels follow from a column, but for one in twenty that nothing suggests."""
    x = rng.normal(size=(2 * SIDE, 3))
    against = rng.random(2 * SIDE) < 0.05
    y = (x[:, 0] > 0).astype(int) ^ against
    return (x[:SIDE], y[:SIDE]), (x[SIDE:], y[SIDE:]), against


@pytest.mark.parametrize(
    "model", [DecisionTreeClassifier(random_state=0), KNeighborsClassifier(1)], ids=["tree", "1-NN"]
)
def test_persons_whose_label_nothing_suggests_are_found(model):
    members, others, against = mislabelled(rng=np.random.default_rng(1))
    result = vidocq.audit(
        model.fit(*members), members=members, non_members=others, references=32, suite="quick", workers=1
    )
    table = exposure_table(result.performed.examination.exposure)
    assert (table["shift"][against] > 0).all()
    assert (table["q"][against] <= 0.05).mean() > 0.9
    assert np.median(table["shift"][against]) > np.quantile(table["shift"][~against], 0.9)
    assert result.to_dict()["exposure"]["exposed"] >= 0.9 * against.sum()
