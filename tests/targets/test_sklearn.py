"""Estimators answer as they would to their owner; a recipe trains their like, from its seed alone."""

import json
import os
import pickle
import runpy
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.ensemble import RandomForestClassifier, VotingClassifier
from sklearn.feature_selection import SelectFromModel
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, SGDClassifier
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import DataError, MissingExtra, ModelError
from vidocq.targets.described import described
from vidocq.targets.sklearn import SklearnModel, SklearnRecipe

PRIVATE = "Jacquot"


def frame(records):
    return pd.DataFrame({name: list(records.features[:, j]) for j, name in enumerate(records.columns)})


def by_names():
    encode = ColumnTransformer([("text", OneHotEncoder(handle_unknown="ignore"), ["b"])], remainder="passthrough")
    return make_pipeline(encode, LogisticRegression(max_iter=500))


def test_a_plain_model_answers_as_it_does_itself(numbers):
    forest = RandomForestClassifier(20, random_state=0).fit(numbers.features, numbers.labels)
    model = SklearnModel(forest)
    np.testing.assert_array_equal(model.probabilities(numbers), forest.predict_proba(numbers.features))
    np.testing.assert_array_equal(model.predictions(numbers), forest.predict(numbers.features))
    assert model.classes.tolist() == [0, 1]
    assert model.gives_probabilities


def test_a_model_fitted_on_names_gets_a_frame_in_its_own_order(mixed):
    pipeline = by_names().fit(frame(mixed), mixed.labels)
    model = SklearnModel(pipeline)
    expected = pipeline.predict_proba(frame(mixed))
    np.testing.assert_array_equal(model.probabilities(mixed), expected)
    order = [3, 1, 0, 2]
    shuffled = replace(mixed, features=mixed.features[:, order], columns=tuple(mixed.columns[j] for j in order))
    np.testing.assert_array_equal(model.probabilities(shuffled), expected)
    np.testing.assert_array_equal(model.probabilities(replace(mixed, named=False)), expected)


def test_columns_that_do_not_fit_the_model_are_told(mixed, numbers, refused):
    named = SklearnModel(by_names().fit(frame(mixed), mixed.labels))
    lacking = replace(mixed, columns=("a", "B", "c", "d"))
    assert "lack: b" in refused(DataError, named.probabilities, lacking)
    narrow = replace(numbers, features=numbers.features[:, :3], columns=("a", "b", "c"))
    assert "without names" in refused(DataError, named.predictions, replace(narrow, named=False))
    plain = SklearnModel(LogisticRegression().fit(numbers.features, numbers.labels))
    assert "takes 4 columns" in refused(DataError, plain.predictions, narrow)


def test_without_pandas_the_extra_is_named(mixed, refused, monkeypatch):
    model = SklearnModel(by_names().fit(frame(mixed), mixed.labels))
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert "pip install vidocq[pandas]" in refused(MissingExtra, model.predictions, mixed)


def test_a_decision_function_is_not_taken_for_probabilities(numbers, refused):
    model = SklearnModel(LinearSVC().fit(numbers.features, numbers.labels))
    assert not model.gives_probabilities
    assert model.predictions(numbers).shape == (len(numbers),)
    assert "labels only" in refused(ModelError, model.probabilities, numbers)


def test_a_regressor_has_values_and_no_classes(numbers, refused):
    model = SklearnModel(LinearRegression().fit(numbers.features, numbers.features[:, :1]))
    assert model.classes is None
    assert model.predictions(numbers).shape == (len(numbers),)
    assert "regression" in refused(ModelError, model.probabilities, numbers)


class Liar(ClassifierMixin, BaseEstimator):
    """Answers whatever it is told to."""

    def __init__(self, answer=None):
        self.answer = answer

    def fit(self, features, labels):
        self.classes_ = np.unique(labels)
        return self

    def predict_proba(self, features):
        return self.answer(len(features))

    predict = predict_proba


def half(n):
    return np.full((n, 2), 0.5)


def fail(n):
    raise ValueError(PRIVATE)


def with_cell(value, row=3):
    def answer(n):
        table = half(n)
        table[row, 0] = value
        return table

    return answer


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda n: half(n - 1), "shape"),
        (lambda n: np.ones((n, 3)) / 3, "shape"),
        (with_cell(np.nan), "1 of 120 records are not finite, first at row 4"),
        (with_cell(np.inf), "not finite"),
        (with_cell(-0.5), "outside [0, 1]"),
        (with_cell(0.6), "do not sum to 1"),
        (lambda n: half(n).astype(str) + PRIVATE, "not a table of numbers"),
        (fail, "raised ValueError"),
        (lambda n: sys.exit(PRIVATE), "raised SystemExit"),
    ],
)
def test_answers_that_are_none_are_refused(answer, says, numbers, refused):
    model = SklearnModel(Liar(answer).fit(numbers.features, numbers.labels))
    message = refused(ModelError, model.probabilities, numbers)
    assert says in message
    assert "Liar.predict_proba" in message


def test_a_failing_model_tells_file_and_line_only(numbers, refused):
    model = SklearnModel(Liar(fail).fit(numbers.features, numbers.labels))
    message = refused(ModelError, model.predictions, numbers)
    assert "(test_sklearn.py, line " in message
    assert os.sep + "test_sklearn" not in message
    wide = SklearnModel(Liar(half).fit(numbers.features, numbers.labels))
    assert "shape" in refused(ModelError, wide.predictions, numbers)


def test_what_is_no_fitted_model_is_refused(numbers, refused):
    assert "not fitted" in refused(ModelError, SklearnModel, LogisticRegression())
    assert "cannot predict" in refused(ModelError, SklearnModel, StandardScaler().fit(numbers.features))
    assert "neither" in refused(ModelError, SklearnModel, KMeans(2).fit(numbers.features))
    several = DecisionTreeClassifier().fit(numbers.features, np.column_stack([numbers.labels] * 2))
    assert "several" in refused(ModelError, SklearnModel, several)
    assert "cloning" in refused(ModelError, SklearnRecipe, object())


RECIPES = {
    "forest": RandomForestClassifier(5, n_jobs=2, warm_start=True, random_state=3),
    "pipeline": make_pipeline(StandardScaler(), SGDClassifier(loss="log_loss")),
    "calibrated": CalibratedClassifierCV(DecisionTreeClassifier(max_depth=3), cv=3),
    "search": GridSearchCV(
        DecisionTreeClassifier(), {"max_depth": [1, 3]}, cv=StratifiedKFold(3, shuffle=True), n_jobs=2
    ),
    "vote": VotingClassifier(
        [("a", DecisionTreeClassifier(splitter="random")), ("b", LogisticRegression())], voting="soft"
    ),
}


@pytest.mark.parametrize("estimator", RECIPES.values(), ids=RECIPES)
def test_a_recipe_follows_from_its_seed_alone(estimator, numbers):
    recipe = SklearnRecipe(estimator)
    half_of_them = numbers.take(np.arange(0, len(numbers), 2))
    first = recipe.fit(half_of_them, seed=5).probabilities(numbers)
    np.random.default_rng().random(3)
    travelled = pickle.loads(pickle.dumps(recipe))  # noqa: S301 - our own bytes
    np.testing.assert_array_equal(first, travelled.fit(half_of_them, seed=5).probabilities(numbers))
    assert not hasattr(estimator, "classes_")


@pytest.mark.parametrize("name", ["forest", "pipeline", "vote"])
def test_another_seed_gives_another_model(name, numbers):
    recipe = SklearnRecipe(RECIPES[name])
    part = numbers.take(np.arange(60))
    first, second = (recipe.fit(part, seed=seed).probabilities(numbers) for seed in (1, 2))
    assert not np.array_equal(first, second)


def test_every_random_state_and_number_of_jobs_is_set(numbers):
    chatty = make_pipeline(StandardScaler(), RECIPES["search"], memory="cache", verbose=True)
    fitted = SklearnRecipe(chatty).fit(numbers, seed=9).estimator
    params = fitted.get_params(deep=True)
    assert params["gridsearchcv__n_jobs"] == 1
    assert params["memory"] is None
    assert not params["verbose"]
    states = [params["gridsearchcv__estimator__random_state"], params["gridsearchcv__cv"].random_state]
    assert all(isinstance(state, int) for state in states)
    assert len(set(states)) == 2
    assert RECIPES["search"].cv.random_state is None


def test_a_regressor_is_trained_again(numbers):
    records = replace(numbers, labels=numbers.features @ np.arange(4.0))
    model = SklearnRecipe(Ridge().fit(records.features, records.labels)).fit(records, seed=1)
    assert model.classes is None
    np.testing.assert_allclose(model.predictions(records), records.labels, atol=0.5)


def test_a_reference_that_missed_a_class_still_answers_about_it(numbers):
    labels = np.array(["x", "y", "z"])[np.arange(120) % 3]
    target = LogisticRegression().fit(numbers.features, labels)
    without = replace(numbers, labels=labels).take(labels != "y")
    answers = SklearnRecipe(target).fit(without, seed=1).probabilities(numbers)
    assert answers.shape == (120, 3)
    assert (answers[:, 1] == 0).all()
    np.testing.assert_allclose(answers.sum(axis=1), 1)


def test_labels_take_the_targets_own_kind(numbers):
    target = LogisticRegression().fit(numbers.features, numbers.labels.astype(bool))
    model = SklearnRecipe(target).fit(numbers, seed=1)
    assert model.estimator.classes_.dtype == bool


def test_labels_that_the_target_does_not_know_are_counted_and_not_shown(numbers, refused):
    recipe = SklearnRecipe(LogisticRegression().fit(numbers.features, numbers.labels))
    odd = replace(numbers, labels=np.where(np.arange(120) < 118, "0", PRIVATE))
    message = refused(DataError, recipe.fit, odd, seed=1)
    assert "120 of 120" in message
    assert "labels are text, the model's classes whole numbers" in message


def test_training_that_fails_tells_no_value(numbers, refused):
    one = replace(numbers, labels=np.zeros(120, dtype=np.int64))
    assert "raised ValueError" in refused(ModelError, SklearnRecipe(LogisticRegression()).fit, one, seed=1)


def test_a_recipe_fitted_on_names_trains_on_names(mixed):
    for estimator in (by_names().fit(frame(mixed), mixed.labels), by_names()):
        model = SklearnRecipe(estimator).fit(mixed, seed=1)
        assert tuple(model.estimator.feature_names_in_) == mixed.columns
    text = make_column_selector(dtype_exclude=float)
    chosen = make_pipeline(ColumnTransformer([("t", OneHotEncoder(), text)]), LogisticRegression())
    assert SklearnRecipe(chosen).fit(mixed, seed=1).estimator[0].transformers_[0][2] == ["b"]


def test_parts_that_are_already_fitted_are_refused(numbers, refused):
    fitted = LogisticRegression().fit(numbers.features, numbers.labels)
    for estimator in (
        CalibratedClassifierCV(FrozenEstimator(fitted)),
        make_pipeline(SelectFromModel(fitted, prefit=True), LogisticRegression()),
    ):
        assert "already fitted" in refused(ModelError, SklearnRecipe, estimator)


def test_a_recipe_is_described_by_what_changes_it():
    table = np.arange(1000.0)
    base = SklearnRecipe(RandomForestClassifier(5)).describe()
    canonical_bytes(base)
    assert base == SklearnRecipe(RandomForestClassifier(5, random_state=4, n_jobs=3)).describe()
    assert base != SklearnRecipe(RandomForestClassifier(6)).describe()
    assert base != SklearnRecipe(RandomForestClassifier(5), classes=np.array(["x", PRIVATE])).describe()
    assert base["versions"]["sklearn"]
    weighted = SklearnRecipe(RandomForestClassifier(class_weight={0: 1.0, 1: np.float64(2)})).describe()
    assert weighted != base
    held = SklearnRecipe(make_pipeline(FunctionTransformer(lambda x, shift=table: x), RandomForestClassifier()))
    assert "0x" not in json.dumps(held.describe())


def test_descriptions_tell_code_and_values_apart():
    def scaled(by):
        return lambda x: x * by

    class Kernel:
        def __init__(self, width):
            self.width = width

        def __call__(self, x):
            return x / self.width

    values = [
        scaled(2),
        scaled(3),
        lambda x: x * 2,
        lambda x: x + 2,
        Kernel(1),
        Kernel(2),
        np.arange(3),
        np.arange(4),
    ]
    values += [
        float("inf"),
        2**60,
        (1, 2),
        {1, 2},
        {1: 2},
        {"1": 2},
        np.dtype("f4"),
        b"x",
        np.sum,
        len,
        None,
        range(3),
    ]
    values += [np.array(["x", None], dtype=object), slice(1, 2), np.random.RandomState(1).get_state(), scaled]
    told = [canonical_bytes([described(value)]) for value in values]
    assert len(set(told)) == len(told)
    assert described(scaled(2)) == described(scaled(2))
    assert described(Kernel(1)) == described(Kernel(1))
    assert described({"u", "v", "w"}) == described({"w", "v", "u"})
    loop = [1]
    loop.append(loop)
    assert described(loop) == [1, {"again": 1}]


def test_what_cannot_be_described_is_refused(refused, tmp_path):
    with (tmp_path / "f").open("w") as stream:
        assert "raised TypeError" in refused(ModelError, described, stream)


PROGRAM = """
import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score, make_scorer
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from vidocq.core.canonical import content_hash
from vidocq.targets.sklearn import SklearnRecipe

forest = RandomForestClassifier(class_weight={0: 1, 1: 2})
search = GridSearchCV(forest, {"max_depth": [1, 2]}, cv=StratifiedKFold(3), scoring=make_scorer(f1_score))
chosen = FunctionTransformer(lambda x: x in {"p", "q", "r"}, kw_args={"x": {"u", "v", "w"}})
print(content_hash(SklearnRecipe(make_pipeline(chosen, FunctionTransformer(np.log1p), search)).describe()))
"""


def test_a_description_is_the_same_in_another_process(tmp_path, capsys):
    (tmp_path / "program.py").write_text(PROGRAM)
    runpy.run_path(str(tmp_path / "program.py"), run_name="__main__")
    there = subprocess.run(
        [sys.executable, tmp_path / "program.py"],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout == capsys.readouterr().out
