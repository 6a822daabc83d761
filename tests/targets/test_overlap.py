"""Whoever stands on both sides is found, whatever the order, and everybody else stays."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

from vidocq.core.errors import DataError, ModelError
from vidocq.core.records import Records
from vidocq.targets.digests import six_digits
from vidocq.targets.encoding import encoded
from vidocq.targets.overlap import find_overlap
from vidocq.targets.sklearn import SklearnModel


def side(features, labels=None, persons=None):
    features = np.asarray(features, dtype=np.float64)
    labels = np.zeros(len(features), dtype=np.int64) if labels is None else np.asarray(labels)
    columns = tuple(f"x{j}" for j in range(features.shape[1]))
    return Records(features, labels, columns, None if persons is None else np.array(persons))


def overlap(members, non_members):
    return find_overlap(
        members, non_members, members_encoded=encoded(None, members), non_members_encoded=encoded(None, non_members)
    )


def test_exact_and_near_equals_leave_both_sides():
    found = overlap(side([[1, 2], [3, 4], [5, 6]]), side([[3, 4], [5, 6.0000001], [7, 8], [3, 4]]))
    assert found.remove_members.tolist() == [False, True, True]
    assert found.remove_non_members.tolist() == [True, True, False, True]
    assert (found.exact, found.near, found.persons) == (3, 2, 0)


def test_another_label_or_a_difference_in_the_sixth_digit_is_another_record():
    assert not overlap(side([[1, 2]], [0]), side([[1, 2]], [1])).remove_members.any()
    assert not overlap(side([[1.00001, 2]]), side([[1.00002, 2]])).remove_members.any()
    assert overlap(side([[0.0, 2]]), side([[-0.0, 2]])).exact == 2
    assert overlap(side([[1, 2]], ["u"]), side([[1, 2]], ["u"])).exact == 2


def test_a_person_goes_with_all_of_their_records():
    members = side([[1, 0], [2, 0], [3, 0], [4, 0]], persons=["a", "a", "b", "c"])
    others = side([[9, 0], [8, 0], [3, 0], [7, 0], [6, 0]], persons=["a", "d", "e", "e", "f"])
    found = overlap(members, others)
    assert found.remove_members.tolist() == [True, True, True, False]  # a by id, b by the record shared with e
    assert found.remove_non_members.tolist() == [True, False, True, True, False]
    assert (found.exact, found.near, found.persons) == (2, 0, 3)


def test_what_is_left_has_nothing_in_common(rng):
    members, others = (
        side(rng.integers(0, 4, (80, 3)), rng.integers(0, 2, 80), [f"p{i}" for i in rng.integers(0, 200, 80)])
        for _ in range(2)
    )
    found = overlap(members, others)
    left = overlap(members.take(~found.remove_members), others.take(~found.remove_non_members))
    assert (left.exact, left.near, left.persons) == (0, 0, 0)
    assert found.remove_members.any()


@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_and_sides_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    members, others = (
        side(rng.integers(0, 3, (12, 2)), persons=[f"p{i}" for i in rng.integers(0, 30, 12)]) for _ in "ab"
    )
    found, order = overlap(members, others), rng.permutation(12)
    again = overlap(members.take(order), others)
    assert again.remove_members.tolist() == found.remove_members[order].tolist()
    swapped = overlap(others, members)
    assert swapped.remove_members.tolist() == found.remove_non_members.tolist()
    assert (swapped.exact, swapped.near, swapped.persons) == (found.exact, found.near, found.persons)


def test_text_is_compared_as_text(mixed):
    found = overlap(mixed.take(np.arange(60)), mixed.take(np.arange(50, 120)))
    assert found.exact == 20
    assert found.remove_members.sum() == 10


def test_a_record_the_model_cannot_tell_apart_is_near(mixed):
    names = list(mixed.columns)
    kept = ColumnTransformer([("text", OneHotEncoder(), ["b"]), ("number", StandardScaler(), ["a"])])
    table = pd.DataFrame({name: list(mixed.features[:, j]) for j, name in enumerate(names)})
    model = SklearnModel(make_pipeline(kept, LogisticRegression()).fit(table, mixed.labels))
    features = mixed.features.copy()
    features[:, 3] = 0.0  # a column that the model never reads
    twins = replace(mixed, features=features, persons=None)
    members = replace(mixed, persons=None)
    found = find_overlap(
        members, twins, members_encoded=encoded(model, members), non_members_encoded=encoded(model, twins)
    )
    assert (found.exact, found.near) == (0, 240)


def test_shapes_that_disagree_are_refused(refused):
    two, three = side([[1, 2]]), side([[1, 2, 3]])
    assert "same columns" in refused(DataError, overlap, two, three)
    short = np.empty((0, 2))
    refused(DataError, find_overlap, two, two, members_encoded=short, non_members_encoded=short)


def test_a_hundred_thousand_records_take_seconds(rng):
    tables = [side(rng.normal(size=(100_000, 100))) for _ in range(2)]
    start = time.process_time()
    found = find_overlap(*tables, members_encoded=tables[0].features, non_members_encoded=tables[1].features)
    assert time.process_time() - start < 6  # a second or two on a free machine
    assert found.exact + found.near == 0


@given(st.floats(1e-290, 1e290), st.sampled_from([1, -1]))
def test_six_digits_agree_with_decimal_notation(value, sign):
    value = float(f"{value:.8e}")
    if f"{value:.8e}"[7:10] in ("500", "499"):  # halfway: either neighbour is right
        return
    told = float(f"{value:.5e}")
    codes = six_digits(sign * np.array([value, told, told * (1 + 1e-5) * (1 + 1e-6)]))
    assert codes[0] == codes[1]
    assert codes[1] != codes[2]
    assert six_digits(-sign * np.array([value]))[0] == -codes[0]


def test_special_numbers_are_told_apart():
    codes = six_digits(np.array([0.0, -0.0, np.nan, np.inf, -np.inf, 1.0, -1.0, 10.0, 5e-324, 1.7e308]))
    assert codes[0] == codes[1] == codes[8]
    assert len(set(codes.tolist())) == 8


def test_an_encoding_depends_on_the_record_alone(mixed):
    whole = encoded(None, mixed)
    part = encoded(None, mixed.take(np.arange(90, 100)))
    np.testing.assert_array_equal(whole[90:100], part)


def test_a_search_and_a_sparse_step_are_seen_through(mixed):
    features = mixed.features[:, 1:2]
    text = Records(features, mixed.labels, ("b",))
    search = GridSearchCV(
        make_pipeline(OneHotEncoder(), LogisticRegression()), {"logisticregression__C": [1, 2]}, cv=2
    )
    dense = encoded(search.fit(features, mixed.labels), text)
    assert dense.shape == (120, 3)
    prints = encoded(search, text, max_bytes=100)
    assert prints.shape == (120, 6)
    groups = [np.unique(table, axis=0, return_inverse=True)[1] for table in (dense, prints)]
    same = [group[:, None] == group[None, :] for group in groups]
    np.testing.assert_array_equal(*same)


def test_encodings_that_fail_are_told(numbers, refused):
    def fail(table):
        raise RuntimeError("Jacquot")

    good = make_pipeline(FunctionTransformer(), LogisticRegression()).fit(numbers.features, numbers.labels)
    good.steps[0] = ("functiontransformer", FunctionTransformer(fail))
    assert "raised RuntimeError" in refused(ModelError, encoded, good, numbers)
    assert "GiB" in refused(DataError, encoded, None, numbers, max_bytes=10)
    odd = replace(numbers, features=np.array([[{"Jacquot": 1}]] * 120, dtype=object))
    assert "neither" in refused(DataError, encoded, None, odd)


@pytest.mark.parametrize("kind", [sparse.csr_matrix, sparse.csc_array, sparse.coo_array])
def test_any_sparse_kind_is_read(kind, numbers):
    steps = make_pipeline(FunctionTransformer(kind), LogisticRegression()).fit(numbers.features, numbers.labels)
    np.testing.assert_array_equal(encoded(steps, numbers), numbers.features)
    assert encoded(steps, numbers, max_bytes=10).shape == (120, 6)
