"""What a model keeps is found; what it does not keep is not; counts are those worked by hand."""

import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import BaggingClassifier, RandomForestClassifier, StackingClassifier, VotingClassifier
from sklearn.feature_selection import RFE
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.impute import KNNImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import FixedThresholdClassifier
from sklearn.multiclass import OneVsRestClassifier
from sklearn.multioutput import ClassifierChain
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import OneHotEncoder, QuantileTransformer, StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier

from vidocq.attacks.structure import Structure
from vidocq.measure.looks import error_of_look
from vidocq.measure.significance import fisher_greater
from vidocq.targets.capacity import cell_sizes, leaves_of, parameters_of
from vidocq.targets.parts import parts_of
from vidocq.targets.stored_rows import kept_rows

N = 200


class LinearKeeper(LogisticRegression):
    """A model that keeps its table under a name of its own."""

    def fit(self, x, y, sample_weight=None):
        self.my_rows_ = x.copy()
        return super().fit(x, y, sample_weight)


@pytest.fixture
def table():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(2 * N, 4))
    y = (x[:, 0] + rng.logistic(size=2 * N) > 0).astype(int)
    return x, y, np.arange(2 * N) < N


def inspected(model, x, is_member, outputs=None):
    return {f.quantity.en.split(" (")[0]: f for f in Structure().inspect(model, x, is_member, outputs).findings}


def direct(model, x, is_member, **more):
    """Whether the verdict rule, with ten other tests in the family, takes what the model keeps for a leak."""
    kept = Structure().inspect(model, x, is_member, None, **more).kept
    return kept is not None and 11 * kept.p <= error_of_look(1)


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
    assert direct(model, x, is_member)
    assert kept.p < 1e-50


def test_a_model_trained_on_other_persons_accuses_nobody(table):
    x, y, is_member = table
    rng = np.random.default_rng(2)
    model = KNeighborsClassifier().fit(rng.normal(size=(N, 4)), y[:N])
    kept = inspected(model, x, is_member)["share of records found whole inside the model"]
    assert kept.estimate.value == kept.control.value == 0.0
    assert not direct(model, x, is_member)


def test_rows_that_outsiders_share_by_chance_are_no_evidence():
    """Two yes-or-no columns: whoever is asked about has his row in any model."""
    rng = np.random.default_rng(3)
    x = rng.integers(0, 2, size=(2 * N, 2)).astype(float)
    is_member = np.arange(2 * N) < N
    model = KNeighborsClassifier().fit(x[is_member], rng.integers(0, 2, N))
    kept = inspected(model, x, is_member)["share of records found whole inside the model"]
    assert kept.estimate.value == kept.control.value == 1.0
    assert not direct(model, x, is_member)


def test_support_vectors_are_the_members_that_the_machine_says_it_keeps(table):
    x, y, is_member = table
    model = SVC().fit(x[is_member], y[is_member])
    rows = kept_rows(model, x)
    assert np.flatnonzero(rows.found).tolist() == sorted(model.support_.tolist())
    assert rows.kept == len(model.support_)
    assert rows.whole
    assert rows.places == ("SVC.support_vectors_",)
    assert [view.trained for view in rows.views] == [N]


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_model_that_keeps_no_row_says_so_by_silence(table):
    x, y, is_member = table
    for model in (LogisticRegression(), DecisionTreeClassifier(), MLPClassifier((3,), max_iter=20)):
        assert not kept_rows(model.fit(x[is_member], y[is_member]), x).found.any()


def test_rows_are_found_through_one_hot_encoding_and_as_sparse():
    rng = np.random.default_rng(4)
    text = np.array([f"city {i}" for i in range(120)], dtype=object)[rng.permutation(120)]
    x = np.column_stack([rng.normal(size=120), text])
    y = rng.integers(0, 2, 120)
    encode = ColumnTransformer(
        [("text", OneHotEncoder(handle_unknown="ignore"), [1])], remainder="passthrough", sparse_threshold=1.0
    )
    model = make_pipeline(encode, KNeighborsClassifier()).fit(x[:60], y[:60])
    rows = kept_rows(model, x)
    assert rows.kept == 60
    assert rows.found.tolist() == [True] * 60 + [False] * 60


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
    assert sides[1][quantity].p is None


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
    seen = Structure().inspect(model, x, is_member, None)
    assert [f.quantity.en for f in seen.findings] == [
        "share of records found whole inside the model (GaussianProcessRegressor.X_train_)"
    ]
    assert direct(model, x, is_member)


def test_a_large_table_is_searched_in_seconds():
    import time

    rng = np.random.default_rng(5)
    x = rng.normal(size=(30_000, 100))
    model = KNeighborsClassifier().fit(x[:15_000], rng.integers(0, 2, 15_000))
    start = time.perf_counter()
    assert kept_rows(model, x).found.sum() == 15_000
    assert time.perf_counter() - start < 20


def test_what_is_no_estimator_gives_nothing(table):
    x, _, is_member = table
    seen = Structure().inspect(object(), x, is_member, None)
    assert seen.findings == ()
    assert "of no kind" in seen.absent.en


# What counts as evidence


def separable(rng, n=170):
    """Two clouds far apart: a linear machine keeps a handful of rows."""
    y = rng.integers(0, 2, 2 * n)
    return rng.normal(size=(2 * n, 12)) + 4.0 * y[:, None], y, np.arange(2 * n) < n


def test_a_handful_of_rows_that_nobody_else_has_is_evidence():
    x, y, is_member = separable(np.random.default_rng(6))
    model = SVC(kernel="linear").fit(x[is_member], y[is_member])
    kept = Structure().inspect(model, x, is_member, None).kept
    assert 4 <= kept.members_alone == len(model.support_) <= 9
    assert (kept.outsiders_alone, kept.shared, kept.trained) == (0, 0, 170)
    assert kept.p < 0.25 ** (kept.members_alone - 1)
    assert kept.p < fisher_greater(kept.members_alone, 170, 0, 170) / 10
    assert direct(model, x, is_member) == (11 * kept.p <= error_of_look(1))


@pytest.mark.parametrize(
    "model",
    [
        make_pipeline(QuantileTransformer(n_quantiles=50), LogisticRegression()),
        LinearSVC(),
        make_pipeline(KMeans(8, n_init=1, random_state=0), LogisticRegression()),
        PCA(2),
    ],
    ids=["quantiles", "linear", "centres", "axes"],
)
def test_what_only_resembles_rows_is_no_evidence(table, model):
    x, y, is_member = table
    assert not direct(model.fit(x[is_member], y[is_member]), x, is_member)


def test_neighbours_behind_quantiles_are_found_in_their_own_encoding(table):
    x, y, is_member = table
    model = make_pipeline(QuantileTransformer(n_quantiles=50), KNeighborsClassifier()).fit(x[is_member], y[is_member])
    assert direct(model, x, is_member)
    assert kept_rows(model, x).places == ("KNeighborsClassifier._fit_X",)


@pytest.mark.parametrize("kind", ["constant columns", "yes or no", "drawn again and again"])
def test_rows_of_other_persons_that_coincide_are_no_evidence(kind):
    """A model of other persons, whose rows are often those of members: level 5 %, twenty to fifty values shared by many."""
    alarms, draws = 0, 150
    for draw in range(draws):
        rng = np.random.default_rng([7, draw])
        n = 150
        if kind == "constant columns":
            x = np.column_stack([rng.integers(0, 400, 3 * n), np.ones((3 * n, 2))]).astype(float)
        elif kind == "yes or no":
            x = rng.integers(0, 2, size=(3 * n, 9)).astype(float)
        else:
            x = rng.normal(size=(3000, 4))[rng.integers(0, 3000, 3 * n)]
        model = SVC().fit(x[2 * n :], rng.permutation(np.arange(n) % 2))
        kept = Structure().inspect(model, x[: 2 * n], np.arange(2 * n) < n, None).kept
        alarms += kept.p <= 0.05
    assert alarms <= 14  # of 150 at 5 %, with probability 0.99


def test_a_person_counts_once_however_many_rows_the_model_keeps_of_him(table):
    x, y, is_member = table
    model = KNeighborsClassifier().fit(x[is_member], y[is_member])
    person = np.arange(2 * N) // 20
    kept = Structure().inspect(model, x, is_member, None, person=person).kept
    assert (kept.members_alone, kept.members, kept.non_members) == (10, 10, 10)


def test_rows_that_stood_on_both_sides_speak_against_evidence():
    x, y, is_member = separable(np.random.default_rng(6))
    model = SVC(kernel="linear").fit(x[is_member], y[is_member])
    alone, with_twins = (Structure().inspect(model, x, is_member, None, removed=r).kept for r in (0, 30))
    assert with_twins.shared == 30
    assert with_twins.p > 0.5 > alone.p


# What is walked


INSIDE = {
    "a union": make_pipeline(
        FeatureUnion([("k", KNNImputer()), ("s", StandardScaler())]), LogisticRegression(max_iter=500)
    ),
    "a stack's last word": StackingClassifier(
        [("a", GaussianNB()), ("b", LogisticRegression())], final_estimator=KNeighborsClassifier(), cv="prefit"
    ),
    "columns": make_pipeline(ColumnTransformer([("k", KNNImputer(), [0, 1, 2])]), LogisticRegression()),
    "a selection": RFE(LinearKeeper(), n_features_to_select=3),
    "calibration": CalibratedClassifierCV(SVC(), cv=2),
    "a threshold": FixedThresholdClassifier(KNeighborsClassifier()),
    "one against the rest": OneVsRestClassifier(SVC()),
}


@pytest.mark.parametrize("name", INSIDE)
def test_rows_are_found_wherever_a_part_keeps_them(table, name):
    x, y, is_member = table
    model = INSIDE[name]
    if name == "a stack's last word":  # its last estimator is given what fitted ones answer about the rows
        model.estimators = [(n, e.fit(x[is_member], y[is_member])) for n, e in model.estimators]
    model.fit(x[is_member], y[is_member])
    rows = kept_rows(model, x)
    assert rows.found[is_member].mean() > 0.25
    assert not rows.found[~is_member].any()


def test_a_model_that_holds_itself_is_walked_once(table):
    x, y, is_member = table
    model = KNeighborsClassifier().fit(x[is_member], y[is_member])
    model.self_ = {"again": [model]}
    assert len(list(parts_of(model))) == 1


def test_a_tree_that_saw_another_table_is_left_out(table):
    x, y, _ = table
    model = ClassifierChain(DecisionTreeClassifier()).fit(x, np.column_stack([y, 1 - y]))
    assert leaves_of(model, x).trees == 1  # the second tree saw the first one's answers too


def test_one_column_is_told_apart_from_a_model_that_cannot_be_read(table):
    x, y, is_member = table
    seen = Structure().inspect(KNeighborsClassifier().fit(x[is_member, :1], y[is_member]), x[:, :1], is_member, None)
    assert seen.kept is None
    assert "one column" in seen.absent.en
    assert "une seule colonne" in seen.absent.fr
