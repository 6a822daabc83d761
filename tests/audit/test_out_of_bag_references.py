"""Parts of reference models that never saw a record speak as outsiders, where there are few models, and tell nobody apart."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

import vidocq
from vidocq.attacks.lira import Lira
from vidocq.attacks.lira_offline import LiraOffline
from vidocq.audit.references import collect
from vidocq.audit.references.asking import Asking
from vidocq.audit.references.collect import assemble, train_references
from vidocq.audit.references.signals_file import digest, load_references, on_records, save_references
from vidocq.audit.sampling.design import draw_design
from vidocq.core.records import Records
from vidocq.engine.local import Local
from vidocq.targets.observed import Observed, loss_of
from vidocq.targets.sklearn import SklearnRecipe

from synthetic import scene, seed


def table(n=120):
    rng = np.random.default_rng(2)
    return Records(rng.normal(size=(n, 4)), rng.integers(0, 2, n), ("a", "b", "c", "d"))


def references_of(records, *, estimator=None, count=4, person=None, outputs="probabilities", workers=1):
    estimator = RandomForestClassifier(100) if estimator is None else estimator
    recipe = SklearnRecipe(estimator, classes=np.arange(2))
    person = np.arange(len(records)) if person is None else person
    design = draw_design(int(person.max()) + 1, count, share=0.5, rng=seed(1))
    return train_references(
        recipe,
        records,
        person,
        design,
        asking=Asking(outputs),
        seed=5,
        key="k",
        engine=Local(workers),
        store=None,
        progress=None,
        title="",
    )


def test_they_speak_about_records_of_the_training_only_and_as_outsiders():
    records = table()
    found = references_of(records)
    assert (np.isfinite(found.out_of_bag) | np.isinf(found.out_of_bag))[found.trained_on].all()
    assert np.isnan(found.out_of_bag[~found.trained_on]).all()
    assert (found.confidence[found.trained_on] > 0).all(), "a forest knows its own records"
    assert abs((found.out_of_bag[found.trained_on] > 0).mean() - 0.5) < 0.15, "its unseen trees guess"
    again = references_of(records, workers=2)
    np.testing.assert_array_equal(found.out_of_bag, again.out_of_bag)


@pytest.mark.parametrize(
    "changes",
    [
        {"estimator": DecisionTreeClassifier()},
        {"outputs": "labels"},
        {"person": np.repeat(np.arange(60), 2)},  # a tree that never saw one record may have seen the person's other
    ],
)
def test_they_are_silent_where_that_is_not_measured_or_not_so(changes):
    assert references_of(table(), **changes).out_of_bag is None


def test_they_are_silent_where_voices_are_many(monkeypatch):
    monkeypatch.setattr(collect, "MOST_OUT_OF_BAG", 3)
    assert references_of(table()).out_of_bag is None


def test_infinite_log_odds_are_bounded_with_the_others():
    found = references_of(table())
    target = np.full(120, np.inf)
    signals = assemble(Observed(target, loss_of(target), target > 0), found)
    bag = signals.reference_out_of_bag
    assert np.array_equal(np.isnan(bag), ~found.trained_on)
    assert np.nanmax(np.abs(bag)) <= signals.target_confidence.max() < np.inf


def test_they_are_saved_found_again_by_record_and_part_of_the_digest(tmp_path):
    records = table()
    found = references_of(records)
    save_references(tmp_path / "s.npz", found, records, key="k")
    order = np.random.default_rng(0).permutation(len(records))
    again = on_records(load_references(tmp_path / "s.npz"), records.take(order))
    np.testing.assert_array_equal(again.out_of_bag, found.out_of_bag[:, order])
    assert digest(found) != digest(replace(found, out_of_bag=None))


def with_bag(made, rng):
    """A scene whose reference models have unseen parts, noisier by half; they follow the record's own difficulty."""
    s = made.signals
    outside = np.where(s.trained_on, 0.0, s.reference_confidence).sum(axis=0) / s.speaks_out
    bag = outside + rng.normal(scale=1.5, size=s.trained_on.shape)
    return replace(s, reference_out_of_bag=np.where(s.trained_on, bag, np.nan))


@pytest.mark.parametrize("attack", [Lira(), LiraOffline()], ids=["lira", "lira-offline"])
def test_scores_of_all_stand_ins_at_once_are_those_one_by_one(attack):
    signals = with_bag(scene(rng=seed(3), references=10), seed(4))
    at_once = attack.score_stand_ins(signals, np.arange(10))
    wanted = [standing_in_alone(attack, signals, k) for k in range(10)]
    for row, one in zip(at_once, wanted, strict=True):
        assert np.corrcoef(row, one)[0, 1] > 0.99


def standing_in_alone(attack, signals, k):
    return attack.score(signals.standing_in(k), rng=seed(0))


@pytest.mark.parametrize("attack", [Lira(), LiraOffline()], ids=["lira", "lira-offline"])
def test_they_move_the_score_and_tell_no_member_apart_where_nothing_leaks(attack):
    made = scene(rng=seed(5), references=10, members=2000, non_members=2000)
    signals = with_bag(made, seed(6))
    score = attack.score(signals, rng=seed(0))
    assert not np.allclose(score, attack.score(made.signals, rng=seed(0)))
    member, other = score[made.is_member], score[~made.is_member]
    assert abs((member[:, None] > other[None]).mean() - 0.5) < 0.03


def test_lira_worked_by_hand_with_an_unseen_part():
    """Outside: 0, 2 and the part's 1; inside: 3 and 5. One record: variances are those of its own voices."""
    from scipy import stats

    from synthetic import signals_of

    trained_on = np.array([[True], [True], [False], [False]])
    signals = signals_of(np.array([1.5]), np.array([[3.0], [5.0], [0.0], [2.0]]), trained_on)
    signals = replace(signals, reference_out_of_bag=np.array([[1.0], [np.nan], [np.nan], [np.nan]]))
    expected = -stats.norm(1.0, np.sqrt(1.0 * (1 + 1 / 3))).logsf(1.5)
    assert LiraOffline().score(signals, rng=seed(0))[0] == pytest.approx(expected, abs=1e-4)


def test_an_audit_says_that_they_spoke_and_an_honest_forest_stays_without_a_leak():
    rng = np.random.default_rng(7)
    x, y = rng.normal(size=(600, 4)), rng.integers(0, 2, 600)
    asked = {"references": 10, "suite": "quick", "workers": 1, "split": "randomised", "declared_by": "a test"}
    told = []
    for own in (slice(0, 200), slice(400, 600)):
        forest = RandomForestClassifier(100, random_state=1).fit(x[own], y[own])
        told.append(vidocq.audit(forest, members=(x[:200], y[:200]), non_members=(x[200:400], y[200:400]), **asked))
    assert [result.verdict == "leak_shown" for result in told] == [True, False]
    assert all(result.performed.references.out_of_bag is not None for result in told)
    areas = {a["id"]: a["auc"] for a in told[1].to_dict()["attacks"] if a["auc"]}
    assert areas["lira-offline"]["low"] < 0.5 < areas["lira-offline"]["high"]
