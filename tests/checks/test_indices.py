"""Each index sees what was planted, stays silent on clean data, and agrees with a value worked by hand."""

import math
import time
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from vidocq.checks import indices
from vidocq.checks.catalogue import INDICES
from vidocq.checks.indices.identifiers import Identifiers
from vidocq.checks.indices.inputs import Answered, IndexInputs
from vidocq.checks.indices.precedents import FAMILIES, Precedents, table
from vidocq.checks.indices.rare_values import RareValues
from vidocq.checks.indices.repetition import Repetition
from vidocq.checks.indices.safeguards import Safeguards
from vidocq.checks.indices.size_ratio import SizeRatio
from vidocq.checks.indices.train_test_gap import TrainTestGap
from vidocq.core.canonical import canonical_bytes
from vidocq.core.records import Records
from vidocq.core.status import Status
from vidocq.targets.size import family_of, parameters_in, settings_of
from vidocq.targets.sklearn import SklearnModel


def records(features, *, columns=None, labels=None, persons=None):
    features = np.asarray(features)
    names = columns or tuple(f"c{j}" for j in range(features.shape[1]))
    labels = np.zeros(len(features), dtype=np.int64) if labels is None else labels
    return Records(features, labels, names, None if persons is None else np.asarray(persons, dtype=np.str_), True)


def measured(index, **given):
    seen = index.measure(IndexInputs(**given))
    return seen.figures, index.judge(seen)


def texts(rows):
    return np.array(rows, dtype=object)


@pytest.mark.parametrize("index", INDICES.defaults(), ids=lambda index: index.card.id)
def test_without_its_input_an_index_is_not_measured(index):
    seen = index.measure(IndexInputs())
    verdict = index.judge(seen)
    assert verdict.status is Status.NOT_MEASURED
    assert verdict.reason == seen.lacking
    assert verdict.reason.fr != verdict.reason.en


def test_the_catalogue_lists_every_file():
    folder = Path(indices.__file__).parent
    apart = {"__init__", "inputs", "words"}
    named = {path.stem for path in folder.glob("*.py")} - apart
    assert {kind.card.id.removeprefix("index-").replace("-", "_") for kind in INDICES} == named
    assert {kind.__module__.rsplit(".", 1)[1] for kind in INDICES} == named


# Identifiers


def test_planted_identifiers_are_counted_by_record():
    rows = [["rien à dire", 1.0] for _ in range(200)]
    rows[3][0] = rows[9][0] = "écrire à jeanne.martin@exemple.fr"
    rows[5][0] = "IBAN FR76 3000 6000 0112 3456 7890 189, courriel p.durand@exemple.fr"
    figures, verdict = measured(Identifiers(), members=records(texts(rows), columns=("note", "x")))
    assert figures["with_identifier"] == 3
    assert math.isclose(figures["per_thousand"], 15.0)
    assert figures["by_category"] == {"email": 3, "iban": 1}
    assert figures["columns_read"] == 1
    assert verdict.status is Status.TO_JUDGE
    assert "15,00" in verdict.reason.fr
    assert "15.00" in verdict.reason.en
    assert "jeanne" not in str(figures)


def test_no_identifier_is_satisfied_with_its_bound_and_one_is_not():
    rows = texts([[f"bleu {i % 7}"] for i in range(100)])
    figures, verdict = measured(Identifiers(), members=records(rows, columns=("couleur",)))
    assert verdict.status is Status.SATISFIED
    assert math.isclose(figures["share"]["high"], 1 - 0.025 ** (1 / 100))
    assert figures["recall"]["email"]["n"] > 0
    rows[0, 0] = "x@exemple.fr"
    assert measured(Identifiers(), members=records(rows, columns=("couleur",)))[1].status is Status.TO_JUDGE


def test_long_numbers_are_read_and_short_ones_are_no_text():
    valid = 185057800608491  # a made number whose key is right
    assert 97 - (valid // 100) % 97 == valid % 100
    long = np.full((50, 1), float(valid))
    figures, _ = measured(Identifiers(), members=records(long, columns=("nir",)))
    assert figures["by_category"] == {"nir": 50}
    seen = Identifiers().measure(IndexInputs(members=records(np.arange(50.0)[:, None])))
    assert seen.lacking is not None


# Rare values


def test_a_record_alone_in_its_combination_is_counted():
    rows = [[0.0, 0.0]] * 40 + [[1.0, 1.0]] * 40 + [[0.0, 1.0]]  # one alone, though each of its values is common
    figures, verdict = measured(RareValues(), members=records(rows))
    assert math.isclose(figures["alone"]["value"], 1 / 81)
    assert figures["combined"] == 2
    assert figures["quantities"] == 0
    assert verdict.status is Status.TO_JUDGE
    assert "1,23 %" in verdict.reason.fr
    assert "quantities" not in verdict.reason.en  # there is none
    figures, _ = measured(RareValues(), members=records(rows[:-1]))
    assert figures["alone"]["value"] == 0


def test_named_columns_are_combined_and_unknown_ones_refused():
    rows = [[float(i), 0.0] for i in range(30)]
    figures, _ = measured(RareValues(), members=records(rows, columns=("age", "sex")), quasi=("age",))
    assert figures["alone"]["value"] == 1.0
    assert RareValues().measure(IndexInputs(members=records(rows), quasi=("nowhere",))).lacking is not None


def test_an_atypical_quantity_is_counted():
    values = np.arange(101.0)  # median 50, median deviation 25: far is beyond 50 ± 129.7
    figures, _ = measured(RareValues(), members=records(values[:, None]))
    assert figures["far"]["value"] == 0
    values[0], values[100] = -79.0, 180.0  # one on either side of the bound
    figures, _ = measured(RareValues(), members=records(values[:, None]))
    assert math.isclose(figures["far"]["value"], 1 / 101)
    assert math.isclose(figures["far_if_normal"], 0.000465, rel_tol=0.01)


# Repetition


def test_copies_are_counted_by_band():
    rows = [[float(i), 1.5] for i in range(20)] + [[0.0, 1.5]] * 3
    figures, verdict = measured(Repetition(), members=records(rows))
    assert math.isclose(figures["repeated"]["value"], 4 / 23)
    assert [band["records"] for band in figures["histogram"]] == [19, 0, 4, 0, 0]
    assert figures["most_copies"] == 4
    assert verdict.status is Status.TO_JUDGE
    figures, verdict = measured(Repetition(), members=records(rows[:20]))
    assert verdict.status is Status.SATISFIED
    assert figures["repeated"]["value"] == 0


def test_another_label_is_another_record_and_a_second_pass_or_record_is_told():
    rows, labels = [[1.0], [1.0]], np.array([0, 1])
    assert measured(Repetition(), members=records(rows, labels=labels))[1].status is Status.SATISFIED
    twice = records(rows, labels=labels, persons=["a", "a"])
    figures, verdict = measured(Repetition(), members=twice)
    assert figures["per_person"] == {"persons": 1, "mean": 2.0, "most": 2}
    assert verdict.status is Status.TO_JUDGE
    assert measured(Repetition(), members=records(rows, labels=labels), epochs=30)[1].status is Status.TO_JUDGE


# Size


@pytest.mark.parametrize(
    ("estimator", "count", "family"),
    [
        (LogisticRegression(), 4, "linear"),
        (make_pipeline(StandardScaler(), LogisticRegression()), 4, "linear"),
        (DecisionTreeClassifier(max_depth=1), 3, "tree"),
        (MLPClassifier(hidden_layer_sizes=(5,), max_iter=5), 5 * 3 + 5 + 5 + 1, "network"),
        (RandomForestClassifier(n_estimators=4, max_depth=1, max_features=None), 12, "trees"),
        (HistGradientBoostingClassifier(max_iter=3, max_leaf_nodes=2), 9, "boosting"),
        (GradientBoostingClassifier(n_estimators=2, max_depth=1), 6, "boosting"),
        (KNeighborsClassifier(), None, "neighbours"),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_parameters_are_counted_in_the_model(estimator, count, family):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 3))
    fitted = estimator.fit(x, (x[:, 0] > 0).astype(int))
    model = SklearnModel(fitted)
    assert parameters_in(model, fitted) == count
    assert family_of(model, fitted) == family


def test_boosters_and_networks_are_counted(tmp_path):
    lightgbm, torch, xgboost = (pytest.importorskip(name) for name in ("lightgbm", "torch", "xgboost"))
    from vidocq.targets.boosting.boosted import BoostedModel
    from vidocq.targets.boosting.lightgbm import load_lightgbm
    from vidocq.targets.boosting.xgboost import load_xgboost
    from vidocq.targets.networks.model import TorchModel

    x = np.random.default_rng(0).normal(size=(300, 3))
    y = (x[:, 0] > 0).astype(int)
    grown = xgboost.train({"objective": "binary:logistic", "max_depth": 1}, xgboost.DMatrix(x, y), 4)
    grown.save_model(tmp_path / "m.json")
    classes = np.array([0, 1])
    assert parameters_in(BoostedModel(load_xgboost(tmp_path / "m.json").trees, classes), None) == 12
    asked = {"objective": "binary", "num_leaves": 2, "verbose": -1}
    lightgbm.train(asked, lightgbm.Dataset(x, y), 5).save_model(tmp_path / "m.txt")
    assert parameters_in(BoostedModel(load_lightgbm(tmp_path / "m.txt").trees, classes), None) == 15
    network = TorchModel(torch.nn.Linear(3, 2), classes, (3,))
    assert parameters_in(network, None) == 8
    assert family_of(network, None) == "network"


def test_a_ratio_by_hand():
    figures, verdict = measured(SizeRatio(), members=records(np.zeros((50, 4))), parameters=100)
    assert (figures["per_record"], figures["per_cell"]) == (2.0, 0.5)
    assert verdict.status is Status.TO_JUDGE


# Gap


def answered(right, n, loss):
    return Answered(np.full(n, loss) * np.linspace(0.9, 1.1, n), np.arange(n) < right, np.arange(n))


def test_a_model_that_knows_its_members_has_a_gap_above_zero():
    figures, verdict = measured(TrainTestGap(), inside=answered(190, 200, 0.1), outside=answered(120, 200, 0.9))
    gap = figures["accuracy"]["gap"]
    assert math.isclose(gap["value"], 0.35)
    assert gap["low"] > 0.25
    assert math.isclose(figures["loss"]["gap"]["value"], 0.8)
    assert figures["loss"]["gap"]["low"] > 0.7
    assert verdict.status is Status.TO_JUDGE


def test_no_gap_is_left_to_a_person_all_the_same():
    same = answered(150, 200, 0.5)
    figures, verdict = measured(TrainTestGap(), inside=same, outside=same)
    assert figures["accuracy"]["gap"]["low"] < 0 < figures["accuracy"]["gap"]["high"]
    assert verdict.status is Status.TO_JUDGE
    figures, _ = measured(TrainTestGap(), inside=answered(9, 10, np.nan), outside=answered(5, 10, np.nan))
    assert figures["loss"] is None


# Safeguards and precedents


def test_settings_are_read_beside_the_defaults():
    x = np.random.default_rng(0).normal(size=(20, 2))
    strong = make_pipeline(StandardScaler(), Ridge(alpha=7.5)).fit(x, x[:, 0])
    settings = settings_of(None, strong)
    figures, verdict = measured(Safeguards(), settings=settings)
    assert figures["settings"]["alpha"] == {"value": 7.5, "default": 1.0}
    assert figures["changed"] == ["alpha"]
    assert verdict.status is Status.TO_JUDGE
    assert measured(Safeguards(), settings=settings_of(None, Ridge()))[0]["changed"] == []
    figures, _ = measured(Safeguards(), epsilon=3.0)
    assert figures["epsilon"] == 3.0
    assert Safeguards().measure(IndexInputs(settings={"random_state": (1, None)})).lacking is not None


def test_precedents_name_their_source_and_silence_proves_nothing():
    figures, verdict = measured(Precedents(), family="trees", task="classification")
    assert {"arXiv:2402.19232", "arXiv:2502.09396"} <= {entry["source"] for entry in figures["entries"]}
    assert verdict.status is Status.TO_JUDGE
    figures, verdict = measured(Precedents(), family="trees", task="generation")
    assert figures["entries"] == []
    assert verdict.status is Status.TO_JUDGE


def test_every_precedent_is_whole():
    for entry in table():
        assert set(entry) == {"attack", "families", "tasks", "source", "year"}
        assert set(entry["families"]) <= set(FAMILIES)
        assert entry["source"].startswith(("arXiv:", "doi:"))
        assert set(entry["tasks"]) <= {"classification", "regression", "generation"}


# All of them


def test_one_seed_gives_the_same_bytes_and_inputs_stay_untouched():
    rng = np.random.default_rng(3)
    members = records(rng.integers(0, 3, (300, 4)).astype(float))
    before = members.features.copy()
    for index in INDICES.defaults():
        given = IndexInputs(members=members, parameters=3, family="linear", epsilon=1.0, seed=5)
        first, second = (canonical_bytes(dict(index.measure(given).figures)) for _ in range(2))
        assert first == second
    np.testing.assert_array_equal(members.features, before)


def test_a_hundred_thousand_records_take_seconds():
    rng = np.random.default_rng(0)
    n = 100_000
    table_ = np.empty((n, 20), dtype=object)
    for j in range(20):
        if j < 4:
            table_[:, j] = rng.choice([f"mot{i}" for i in range(50)], n)
        elif j < 12:
            table_[:, j] = rng.integers(0, 10, n).astype(float).tolist()
        else:
            table_[:, j] = rng.normal(size=n).tolist()
    given = IndexInputs(members=records(table_), parameters=10, family="linear", epsilon=1.0)
    start = time.perf_counter()
    for index in INDICES.defaults():
        index.measure(given)
    took = time.perf_counter() - start
    assert took < 60
