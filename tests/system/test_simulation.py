"""A small part of the proof of the verdict rule; the whole of it is `make simulate`."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

import vidocq


def audited(tmp_path, *, estimator, seed, saw_members, tau=(0.25, 0.9), n=300, references=32):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(3 * n, 3))
    y = (x[:, 0] + rng.normal(size=3 * n) > 0).astype(int)
    trained_on = slice(0, n) if saw_members else slice(2 * n, 3 * n)
    return vidocq.audit(
        estimator.fit(x[trained_on], y[trained_on]),
        members=(x[:n], y[:n]),
        non_members=(x[n : 2 * n], y[n : 2 * n]),
        split="randomised",
        declared_by="test",
        dossier=f"sqlite:///{tmp_path}/{seed}.db",
        references=references,
        tolerance_average=tau[0],
        tolerance_worst=tau[1],
        set_by="test",
        seed=seed,
        workers=1,
    )


def test_targets_that_never_saw_the_members_are_not_accused(tmp_path):
    estimator = LogisticRegression(C=0.01)
    verdicts = [audited(tmp_path, estimator=estimator, seed=s, saw_members=False).verdict for s in range(6)]
    assert verdicts.count("leak_shown") <= 1
    assert verdicts.count("no_leak_above_bound") >= 3


def test_a_leaky_recipe_is_not_blamed_on_a_target_that_never_saw_the_members(tmp_path):
    estimator = DecisionTreeClassifier(random_state=0)
    results = [audited(tmp_path, estimator=estimator, seed=s, saw_members=False, tau=(0.0, 0.0)) for s in range(4)]
    assert all(result.to_dict()["recipe_gate"]["passed"] is False for result in results)
    assert [result.verdict for result in results].count("leak_shown") <= 1


@pytest.mark.parametrize("seed", range(3))
def test_the_same_recipe_is_accused_where_it_saw_them(tmp_path, seed):
    result = audited(tmp_path, estimator=DecisionTreeClassifier(random_state=0), seed=seed, saw_members=True)
    assert result.verdict == "leak_shown"
