"""What a model keeps is found; what it does not keep is not; counts are those worked by hand."""

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import BaggingClassifier, RandomForestClassifier, VotingClassifier
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.impute import KNNImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from vidocq.attacks.structure import Structure
from vidocq.targets.capacity import cell_sizes, leaves_of, parameters_of
from vidocq.targets.stored_rows import kept_rows

N = 200


@pytest.fixture
def table():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(2 * N, 4))
    y = (x[:, 0] + rng.logistic(size=2 * N) > 0).astype(int)
    return x, y, np.arange(2 * N) < N


def inspected(model, x, is_member, outputs=None):
    return {f.quantity.en: f for f in Structure().inspect(model, x, is_member, outputs)}


KEEP_ALL = {
    "neighbours": KNeighborsClassifier(),
    "behind a scaler": make_pipeline(StandardScaler(), KNeighborsClassifier()),
    "in a vote": VotingClassifier([("a", LogisticRegression()), ("b", KNeighborsClassifier())]),
    "Gaussian process": GaussianProcessClassifier(random_state=0),
    "an imputer before a model that keeps nothing": make_pipeline(KNNImputer(), LogisticRegression()),
}


@pytest.mark.parametrize("name", KEEP_ALL)
def test_a_model_that_keeps_its_rows_is_direct_evidence(table, name):
    x, y, is_member = table
    model = KEEP_ALL[name].fit(x[is_member], y[is_member])
    kept = inspected(model, x, is_member)["share of records found whole inside the model"]
    assert kept.estimate.value == 1.0
    assert kept.control.value == 0.0
    assert kept.direct
    assert kept.p < 1e-50


def test_a_model_trained_on_other_persons_accuses_nobody(table):
    x, y, is_member = table
    rng = np.random.default_rng(2)
    model = KNeighborsClassifier().fit(rng.normal(size=(N, 4)), y[:N])
    kept = inspected(model, x, is_member)["share of records found whole inside the model"]
    assert kept.estimate.value == kept.control.value == 0.0
    assert not kept.direct


def test_rows_that_outsiders_share_by_chance_are_no_evidence():
    """Two yes-or-no columns: whoever is asked about has his row in any model."""
    rng = np.random.default_rng(3)
    x = rng.integers(0, 2, size=(2 * N, 2)).astype(float)
    is_member = np.arange(2 * N) < N
    model = KNeighborsClassifier().fit(x[is_member], rng.integers(0, 2, N))
    kept = inspected(model, x, is_member)["share of records found whole inside the model"]
    assert kept.estimate.value == kept.control.value == 1.0
    assert not kept.direct


def test_support_vectors_are_the_members_that_the_machine_says_it_keeps(table):
    x, y, is_member = table
    model = SVC().fit(x[is_member], y[is_member])
    found, kept, whole = kept_rows(model, x)
    assert np.flatnonzero(found).tolist() == sorted(model.support_.tolist())
    assert kept == len(model.support_)
    assert whole


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_model_that_keeps_no_row_says_so_by_silence(table):
    x, y, is_member = table
    for model in (LogisticRegression(), DecisionTreeClassifier(), MLPClassifier((3,), max_iter=20)):
        found, _, _ = kept_rows(model.fit(x[is_member], y[is_member]), x)
        assert not found.any()


def test_rows_are_found_through_one_hot_encoding_and_as_sparse():
    rng = np.random.default_rng(4)
    text = np.array([f"city {i}" for i in range(120)], dtype=object)[rng.permutation(120)]
    x = np.column_stack([rng.normal(size=120), text])
    y = rng.integers(0, 2, 120)
    encode = ColumnTransformer(
        [("text", OneHotEncoder(handle_unknown="ignore"), [1])], remainder="passthrough", sparse_threshold=1.0
    )
    model = make_pipeline(encode, KNeighborsClassifier()).fit(x[:60], y[:60])
    found, kept, _ = kept_rows(model, x)
    assert kept == 60
    assert found.tolist() == [True] * 60 + [False] * 60


def test_leaves_worked_by_hand():
    """Split at 2.5: two records of class 0 on one side, three on the other, of both classes."""
    x = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]])
    model = DecisionTreeClassifier(max_depth=1).fit(x, [0, 0, 1, 1, 1])
    leaves = leaves_of(model, np.array([[0.0], [9.0]]))
    assert leaves.trees == 1
    assert leaves.fewest.tolist() == [2, 3]
    assert leaves.pure.tolist() == [1.0, 1.0]
    mixed = DecisionTreeClassifier(max_depth=1).fit(x, [0, 0, 1, 0, 1])
    assert leaves_of(mixed, np.array([[0.0], [9.0]])).pure.tolist() == [1.0, 0.0]


def test_leaves_that_hold_enough_show_no_small_cell(table):
    x, y, is_member = table
    sides = [
        inspected(
            RandomForestClassifier(20, min_samples_leaf=leaf, random_state=0, bootstrap=False).fit(x[:N], y[:N]),
            x,
            is_member,
        )
        for leaf in (20, 1)
    ]
    quantity = "share of records that fall into a leaf of fewer than 10 training records"
    assert sides[0][quantity].estimate.value == 0.0
    assert sides[1][quantity].estimate.value > 0.95
    assert sides[1][quantity].control.value > 0.9  # small cells form around anyone: a sign, no evidence
    assert not sides[1][quantity].direct


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (LogisticRegression(), 4 + 1),
        (MLPClassifier((3,), max_iter=5), 4 * 3 + 3 + 3 + 1),
        (make_pipeline(StandardScaler(), LogisticRegression()), 4 + 1),
        (DecisionTreeClassifier(max_leaf_nodes=3), 2 + 3),
        (BaggingClassifier(LogisticRegression(), n_estimators=7), 7 * 5),
        (KNeighborsClassifier(), None),
    ],
    ids=["logistic", "perceptron", "pipeline", "tree", "bagging", "neighbours"],
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_parameters_are_counted_as_by_hand(table, model, expected):
    x, y, _ = table
    assert parameters_of(model.fit(x, y)) == expected


def test_cells_are_counted_within_each_side():
    outputs = np.array([[0.1], [0.1], [0.10000001], [0.2], [0.1], [0.3]])
    group = np.array([True, True, True, True, False, False])
    assert cell_sizes(outputs, group).tolist() == [3, 3, 3, 1, 1, 1]


def test_a_regression_has_no_classes_to_disclose(table):
    x, _, is_member = table
    model = GaussianProcessRegressor(alpha=0.1).fit(x[is_member], x[is_member, 0])
    findings = Structure().inspect(model, x, is_member, None)
    assert [f.direct for f in findings] == [True]


def test_a_large_table_is_searched_in_seconds():
    import time

    rng = np.random.default_rng(5)
    x = rng.normal(size=(30_000, 100))
    model = KNeighborsClassifier().fit(x[:15_000], rng.integers(0, 2, 15_000))
    start = time.perf_counter()
    found, _, _ = kept_rows(model, x)
    assert found.sum() == 15_000
    assert time.perf_counter() - start < 20


def test_what_is_no_estimator_gives_nothing(table):
    x, _, is_member = table
    assert Structure().inspect(object(), x, is_member, None) == []
