"""Persons whom a model learns by heart, from the model to the table of persons: none of them may be missed."""

import numpy as np
import pandas as pd
import pytest
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier

import vidocq
from vidocq.audit.persons.exposure import exposure_table
from vidocq.audit.schema import require_valid
from vidocq.core.errors import ConfigurationError

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


def test_panels_are_asked_for_in_python_too():
    members, others, _ = mislabelled(rng=np.random.default_rng(2))
    names = ["age", "income", "height"]
    sides = [(pd.DataFrame(x, columns=names), y) for x, y in (members, others)]
    model = DecisionTreeClassifier(random_state=0).fit(*sides[0])
    asked = [{"name": "high", "column": "income", "at_least": 1.0}, {"name": "none", "column": "age", "below": -99}]
    result = vidocq.audit(
        model, members=sides[0], non_members=sides[1], references=28, suite="quick", workers=1, panels=asked
    )
    content = result.to_dict()
    require_valid(content)
    high, none = content["exposure"]["groups"]
    assert (high["name"], high["shift"]["n"], none["persons"]) == ("high", high["persons"], 0)
    assert [warning["code"] for warning in content["warnings"]] == ["panel-empty"]
    with pytest.raises(ConfigurationError, match="either equals"):
        vidocq.audit(model, members=sides[0], non_members=sides[1], panels=[{"name": "x", "column": "age"}])
