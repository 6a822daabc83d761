"""Answers become signals without losing what they tell, and infinite ones stay in order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vidocq.core.errors import ConfigurationError, DataError, ModelError, SignalError
from vidocq.core.records import Records
from vidocq.targets.observe import FLOOR, from_probabilities, observe, served
from vidocq.targets.observed import bound_confidence, loss_of


class Saying:
    """A model that says what it is told."""

    def __init__(self, answer, classes=(0, 1)):
        self.classes = None if classes is None else np.array(classes)
        self.answer = np.asarray(answer)

    def probabilities(self, records):
        return self.answer

    def predictions(self, records):
        return self.answer


def records(labels):
    return Records(np.zeros((len(labels), 1)), np.asarray(labels), ("a",))


def test_a_value_worked_by_hand():
    seen = observe(Saying([[0.2, 0.8], [0.6, 0.4]]), records([1, 1]), outputs="probabilities")
    np.testing.assert_allclose(seen.confidence, [np.log(4), np.log(2 / 3)])
    np.testing.assert_allclose(seen.loss, [-np.log(0.8), -np.log(0.4)])
    assert seen.correct.tolist() == [True, False]


def test_a_probability_near_one_keeps_its_precision():
    others = np.array([1e-20, 3e-20])
    table = np.column_stack([1 - others, others / 3, others * 2 / 3])
    seen = from_probabilities(table, np.array([0, 0]))
    np.testing.assert_allclose(seen.confidence, -np.log(others))
    np.testing.assert_allclose(seen.loss, others, rtol=1e-9)


def test_zero_and_one_are_infinite_and_never_nan():
    seen = from_probabilities(np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([0, 1]))
    assert seen.confidence.tolist() == [np.inf, -np.inf]
    assert seen.loss.tolist() == [0.0, np.inf]
    many = np.full((1, 1000), 0.001)
    assert from_probabilities(many, np.array([5]), decimals=2).confidence.tolist() == [-np.inf]


def test_rounding_comes_before_reading():
    seen = observe(Saying([[0.0004, 0.9996], [0.1234, 0.8766]]), records([1, 1]), outputs="probabilities", decimals=3)
    assert seen.confidence[0] == np.inf
    np.testing.assert_allclose(seen.confidence[1], np.log(0.877 / 0.123))


@given(arrays(np.float64, (6, 3), elements=st.floats(1e-12, 1.0)), st.permutations(range(6)))
def test_signals_follow_their_record_and_loss_is_minus_log_p(table, order):
    table = table / table.sum(axis=1, keepdims=True)
    labels = np.array([0, 1, 2, 0, 1, 2])
    before = table.copy()
    seen = from_probabilities(table, labels)
    np.testing.assert_array_equal(table, before)
    np.testing.assert_allclose(np.exp(-seen.loss), table[np.arange(6), labels], rtol=1e-9)
    np.testing.assert_allclose(seen.loss, loss_of(seen.confidence))
    again = from_probabilities(table[order], labels[order])
    np.testing.assert_array_equal(again.confidence, seen.confidence[order])
    assert again.correct.tolist() == seen.correct[order].tolist()


def test_labels_alone_tell_only_what_was_right():
    seen = observe(Saying(["u", "v", "w"], classes=["u", "v"]), records(["u", "u", "v"]), outputs="labels")
    assert seen.correct.tolist() == [True, False, False]
    assert np.isnan(seen.confidence).all()
    assert np.isnan(seen.loss).all()


def test_a_regression_is_read_from_its_residuals():
    model = Saying([1.0, 2.5, 3.04], classes=None)
    seen = observe(model, records([1.0, 2.0, 3.0]), outputs="probabilities", decimals=1, scale=2.0, tolerance=0.1)
    np.testing.assert_allclose(seen.loss, [0, 0.25, 0], atol=1e-12)
    np.testing.assert_allclose(seen.confidence[0], -np.log((FLOOR * 2) ** 2))
    assert seen.correct.tolist() == [True, False, True]
    served = observe(model, records([1.0, 2.0, 3.0]), outputs="labels", scale=2.0, tolerance=0.1)
    assert np.isnan(served.loss).all()


def test_what_cannot_be_observed_is_refused(refused):
    unknown = records(["u", "Jacquot"])
    message = refused(DataError, observe, Saying([[1, 0]], classes=["u", "v"]), unknown, outputs="probabilities")
    assert "1 of 2 records" in message
    two = records([0, 1])
    for answer in ([[np.nan, 1], [0, 1]], [[0.5, 0.6], [0, 1]], [[0, 1]]):
        refused(ModelError, observe, Saying(answer), two, outputs="probabilities")
    regression = Saying([1.0, 2.0], classes=None)
    assert "scale" in refused(ConfigurationError, observe, regression, two, outputs="probabilities")
    flat = {"scale": 0.0, "tolerance": 1.0}
    assert "all the same" in refused(DataError, observe, regression, two, outputs="probabilities", **flat)
    named = {"scale": 1.0, "tolerance": 1.0}
    assert "text" in refused(DataError, observe, regression, unknown, outputs="probabilities", **named)
    refused(ModelError, observe, Saying([np.nan, 1], classes=None), two, outputs="probabilities", **named)


def test_a_forest_of_a_hundred_trees_ends_half_a_vote_beyond():
    references = np.array([[np.log(99), 0.0], [np.inf, -1.0]])
    bounded = bound_confidence(np.array([np.inf, -np.inf]), references)
    edge = np.log(99) + np.log(2)
    np.testing.assert_allclose(bounded.target, [edge, -edge])
    np.testing.assert_allclose(bounded.references, [[np.log(99), 0], [edge, -1]])
    assert np.isinf(references[1, 0])


def test_the_bound_comes_from_the_target_or_is_log_two_without_references():
    none = np.empty((0, 3))
    np.testing.assert_allclose(bound_confidence(np.array([np.inf, 1.0, -3.0]), none).bound, 3 + np.log(2))
    np.testing.assert_allclose(bound_confidence(np.array([np.inf, np.inf, -np.inf]), none).target[0], np.log(2))
    only_target = bound_confidence(np.array([5.0, 1.0, -3.0]), np.full((2, 3), np.inf))
    np.testing.assert_allclose(only_target.bound, 5 + np.log(2))


finite_or_not = st.one_of(st.floats(-50, 50), st.sampled_from([np.inf, -np.inf]))


@given(arrays(np.float64, 5, elements=finite_or_not), arrays(np.float64, (3, 5), elements=finite_or_not))
def test_bounded_values_are_finite_and_keep_their_order(target, references):
    bounded = bound_confidence(target, references)
    every = np.concatenate([target, references.ravel()])
    after = np.concatenate([bounded.target, bounded.references.ravel()])
    assert np.isfinite(after).all()
    assert (np.diff(after[np.argsort(every, kind="stable")]) >= 0).all()
    assert np.isfinite(loss_of(after)).all()


def test_finite_values_and_labels_alone_stay_as_they_are(refused):
    target, references = np.array([90.0, 1.0]), np.array([[3.0, 2.0]])
    untouched = bound_confidence(target, references)
    assert untouched.target.tolist() == [90.0, 1.0]
    assert untouched.bound is None
    assert np.isnan(bound_confidence(target * np.nan, references * np.nan).target).all()
    assert "1 of 4" in refused(SignalError, bound_confidence, np.array([np.nan, 1.0]), references)


def test_the_likeliest_classes_alone_and_what_is_left_shared_among_the_others():
    table = np.array([[0.5, 0.3, 0.15, 0.05], [0.1, 0.2, 0.3, 0.4]])
    np.testing.assert_allclose(served(table, decimals=None, top=2), [[0.5, 0.3, 0.1, 0.1], [0.15, 0.15, 0.3, 0.4]])
    np.testing.assert_allclose(
        served(table, decimals=1, top=1), [[0.5, 0.5 / 3, 0.5 / 3, 0.5 / 3], [0.2, 0.2, 0.2, 0.4]]
    )
    np.testing.assert_array_equal(served(table, decimals=None, top=4), table)
    seen = from_probabilities(table, np.array([3, 3]), top=2)
    np.testing.assert_allclose(seen.confidence, [np.log(0.1 / 0.9), np.log(0.4 / 0.6)])
    assert seen.correct.tolist() == [False, True]


def test_of_equal_classes_the_first_is_served():
    table = np.full((1, 4), 0.25)
    np.testing.assert_allclose(served(table, decimals=1, top=1), [[0.2, 0.8 / 3, 0.8 / 3, 0.8 / 3]])


@given(arrays(np.float64, (5, 6), elements=st.floats(0.01, 1.0)), st.integers(1, 6))
def test_what_is_filled_in_still_sums_to_one_and_never_exceeds_what_was_served(table, top):
    table = table / table.sum(axis=1, keepdims=True)
    known = served(table, decimals=None, top=top)
    np.testing.assert_allclose(known.sum(axis=1), 1.0)
    least = np.sort(table, axis=1)[:, -top]
    assert (np.sort(known, axis=1)[:, : 6 - top] <= least[:, None] + 1e-12).all()
