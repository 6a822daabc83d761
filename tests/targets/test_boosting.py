"""Boosted trees from their own files: read as they were written, trained again as they were, refused when damaged."""

import json
import pickle
import sys

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, DataError, MissingExtra, ModelError, VidocqError
from vidocq.core.records import Records
from vidocq.targets.boosting import lightgbm as boosting_lightgbm
from vidocq.targets.boosting import probe
from vidocq.targets.boosting import xgboost as boosting_xgboost
from vidocq.targets.boosting.boosted import BoostedModel, corrupt, table_for
from vidocq.targets.boosting.lightgbm import load_lightgbm
from vidocq.targets.boosting.lightgbm_text import NotLightgbm, read_text
from vidocq.targets.boosting.xgboost import load_xgboost
from vidocq.targets.sklearn import SklearnModel, SklearnRecipe

xgb = pytest.importorskip("xgboost", reason='these tests need XGBoost: pip install "vidocq[xgboost]"')
lgb = pytest.importorskip("lightgbm", reason='these tests need LightGBM: pip install "vidocq[lightgbm]"')

GIVEN = {"max_depth": 3, "learning_rate": 0.2, "reg_lambda": 2.0}
COLUMNS = ("a", "b", "c", "d")


def table(classes, n=300, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, len(COLUMNS)))
    if classes == 0:
        return Records(x, x[:, 0] + rng.normal(size=n), COLUMNS)
    return Records(x, rng.integers(0, classes, n), COLUMNS)


def grown(library, records, **changes):
    """The estimator in the library's own scikit-learn class."""
    regression = records.labels.dtype.kind == "f"
    if library == "xgboost":
        made = (xgb.XGBRegressor if regression else xgb.XGBClassifier)(
            n_estimators=12, random_state=0, n_jobs=1, **{**GIVEN, **changes}
        )
    else:
        made = (lgb.LGBMRegressor if regression else lgb.LGBMClassifier)(
            n_estimators=12,
            num_leaves=7,
            min_child_samples=4,
            random_state=0,
            n_jobs=1,
            verbosity=-1,
            force_col_wise=True,
            **changes,
        )
    return made.fit(records.features, records.labels)


def saved(estimator, folder, suffix=None):
    if isinstance(estimator, xgb.XGBModel):
        path = folder / f"m{suffix or '.ubj'}"
        estimator.save_model(path)
        return path
    path = folder / "m.txt"
    estimator.booster_.save_model(path)
    return path


def loaded(path):
    return load_lightgbm(path) if path.suffix == ".txt" else load_xgboost(path)


def classes_of(records):
    return None if records.labels.dtype.kind == "f" else np.unique(records.labels)


WAYS = [("xgboost", ".ubj"), ("xgboost", ".json"), ("lightgbm", ".txt")]


@pytest.mark.parametrize(("library", "suffix"), WAYS)
@pytest.mark.parametrize("classes", [0, 2, 3])
def test_a_file_answers_as_the_estimator_that_wrote_it(library, suffix, classes, tmp_path):
    records = table(classes)
    estimator = grown(library, records)
    held = loaded(saved(estimator, tmp_path, suffix))
    model = BoostedModel(held.trees, classes_of(records))
    assert held.predicts_values == (classes == 0)
    np.testing.assert_allclose(model.predictions(records), estimator.predict(records.features), rtol=1e-6)
    if classes:
        told = model.probabilities(records)
        np.testing.assert_allclose(told, estimator.predict_proba(records.features), atol=1e-6)
        np.testing.assert_allclose(told.sum(axis=1), 1.0, atol=1e-12)


@pytest.mark.parametrize(("library", "suffix"), WAYS)
@pytest.mark.parametrize("classes", [0, 2, 3])
def test_the_recipe_of_a_file_trains_what_the_estimator_would(library, suffix, classes, tmp_path):
    records, others = table(classes), table(classes, seed=2)
    held = loaded(saved(grown(library, records), tmp_path, suffix))
    recipe = held.recipe(GIVEN if library == "xgboost" else None, classes_of(records))
    again = pickle.loads(pickle.dumps(recipe)).fit(others, seed=5)  # noqa: S301 - our own bytes
    wanted = BoostedModel(loaded(saved(grown(library, others), tmp_path, suffix)).trees, classes_of(records))
    if classes:
        np.testing.assert_allclose(again.probabilities(others), wanted.probabilities(others), atol=1e-12)
    np.testing.assert_array_equal(again.predictions(others), wanted.predictions(others))


@pytest.mark.parametrize("library", ["xgboost", "lightgbm"])
def test_references_are_trained_one_by_one_and_the_reason_is_told(library, tmp_path):
    records = table(2)
    recipe = loaded(saved(grown(library, records), tmp_path)).recipe({}, np.arange(2))
    stacking = recipe.stacking(records)
    assert (stacking.size, "bins" in stacking.because.en, "bins" in stacking.because.fr) == (1, True, True)
    on = np.random.default_rng(0).random((2, len(records))) < 0.5
    models = recipe.fit_stack(records, on, seeds=[3, 4])
    for model, row, seed in zip(models, on, [3, 4], strict=True):
        alone = recipe.fit(records.take(row), seed=seed)
        np.testing.assert_array_equal(model.probabilities(records), alone.probabilities(records))


def test_what_an_xgboost_file_keeps_of_the_training_is_taken_from_it(tmp_path):
    records = table(2)
    path = saved(grown("xgboost", records, scale_pos_weight=3.0, base_score=0.25), tmp_path)
    held = load_xgboost(path)
    assert held.held["scale_pos_weight"] == 3.0
    assert held.held["base_score"] == pytest.approx(0.25)
    assert held.recipe({"scale_pos_weight": 3, "base_score": 0.25}, np.arange(2)) is not None
    with pytest.raises(ConfigurationError, match="contradict the model file: scale_pos_weight"):
        held.recipe({"scale_pos_weight": 2}, np.arange(2))


def test_without_parameters_an_xgboost_file_has_no_recipe_and_a_lightgbm_file_has(tmp_path):
    records = table(2)
    assert load_xgboost(saved(grown("xgboost", records), tmp_path)).recipe(None, np.arange(2)) is None
    path = saved(grown("lightgbm", records), tmp_path)
    recipe = load_lightgbm(path).recipe({"learning_rate": 0.3}, np.arange(2))
    assert recipe.parameters["min_data_in_leaf"] == 4
    assert recipe.parameters["learning_rate"] == 0.3
    text = path.read_text()
    path.write_text(text[: text.index("\nparameters:")])
    assert load_lightgbm(path).recipe(None, np.arange(2)) is None


@pytest.mark.parametrize("library", ["xgboost", "lightgbm"])
def test_a_parameter_that_is_misspelt_or_names_a_file_is_refused(library, tmp_path):
    held = loaded(saved(grown(library, table(2)), tmp_path))
    for name in ("max_dpeth", "forcedsplits_filename", "machines", "process_type", "seed"):
        with pytest.raises(ConfigurationError, match=f"not taken: {name}"):
            held.recipe({name: 1}, np.arange(2))


def test_a_lightgbm_file_that_names_other_files_gives_no_recipe_silently(tmp_path):
    path = saved(grown("lightgbm", table(2)), tmp_path)
    path.write_text(path.read_text().replace("[forcedsplits_filename: ]", "[forcedsplits_filename: /etc/hosts]"))
    with pytest.raises(ConfigurationError, match="forcedsplits_filename"):
        load_lightgbm(path).recipe(None, np.arange(2))


def test_a_model_stopped_early_counts_its_best_rounds_only(tmp_path):
    records = table(2)
    made = xgb.XGBClassifier(n_estimators=40, early_stopping_rounds=3, n_jobs=1, **GIVEN)
    others = table(2, seed=9)
    made.fit(records.features, records.labels, eval_set=[(others.features, others.labels)], verbose=False)
    held = load_xgboost(saved(made, tmp_path))
    assert held.trees.rounds == made.best_iteration + 1 < held.trees.booster.num_boosted_rounds()
    model = BoostedModel(held.trees, np.arange(2))
    np.testing.assert_allclose(model.probabilities(others), made.predict_proba(others.features), atol=1e-6)


@pytest.mark.parametrize("library", ["xgboost", "lightgbm"])
def test_columns_are_found_by_name_or_counted(library, tmp_path):
    pandas = pytest.importorskip("pandas")
    records = table(2)
    frame = pandas.DataFrame(records.features, columns=["a", "b b", "c", "d"])
    made = (
        xgb.XGBClassifier(n_estimators=3)
        if library == "xgboost"
        else lgb.LGBMClassifier(n_estimators=3, verbosity=-1)
    )
    made.fit(frame, records.labels)
    trees = loaded(saved(made, tmp_path)).trees
    turned = Records(records.features[:, ::-1], records.labels, ("d", "c", "b b", "a"), named=True)
    np.testing.assert_array_equal(table_for(turned, trees.columns, trees.names), records.features)
    lacking = Records(records.features, records.labels, ("a", "b b", "c", "x"), named=True)
    with pytest.raises(DataError, match="lack: d"):
        table_for(lacking, trees.columns, trees.names)
    narrow = Records(records.features[:, :3], records.labels, COLUMNS[:3])
    with pytest.raises(DataError, match="takes 4 columns, and the records have 3"):
        BoostedModel(trees, np.arange(2)).probabilities(narrow)
    with pytest.raises(DataError, match="text"):
        table_for(Records(records.features.astype(object), records.labels, COLUMNS), trees.columns, trees.names)


@pytest.mark.parametrize("library", ["xgboost", "lightgbm"])
def test_labels_that_the_model_does_not_know_are_counted_not_quoted(library, tmp_path):
    records = table(3)
    held = loaded(saved(grown(library, records), tmp_path))
    recipe = held.recipe({}, np.arange(3))
    strange = Records(records.features, np.where(np.arange(300) < 2, 7, records.labels), COLUMNS)
    with pytest.raises(DataError, match="2 of 300 records bear a label that the model does not know"):
        recipe.fit(strange, seed=1)
    with pytest.raises(ModelError, match="tells 3 classes apart, and 2 are given"):
        BoostedModel(held.trees, np.arange(2))


@pytest.mark.parametrize(("library", "suffix"), WAYS)
@pytest.mark.parametrize("damage", ["empty", "cut", "noise"])
def test_a_damaged_file_is_refused(library, suffix, damage, tmp_path):
    path = saved(grown(library, table(2)), tmp_path, suffix)
    whole = path.read_bytes()
    noise = np.random.default_rng(0).integers(0, 256, 4000, dtype=np.uint8).tobytes()
    path.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "noise": noise}[damage])
    with pytest.raises(ModelError, match=r"corrupt|empty"):
        loaded(path)


def test_another_kind_of_file_and_an_absent_one_are_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="not a kind of XGBoost file"):
        load_xgboost(tmp_path / "m.pkl")
    for load, name in ((load_xgboost, "m.json"), (load_lightgbm, "m.txt")):
        with pytest.raises(ModelError, match="cannot be opened"):
            load(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("left_children", 99_999),  # outside the tree
        ("right_children", 0),  # back to the root: a walk without end
        ("split_indices", 4),  # a column that there is not
        ("split_conditions", "NaN"),
    ],
)
def test_forged_trees_of_xgboost_are_refused_before_they_are_walked(name, value, tmp_path):
    path = saved(grown("xgboost", table(2)), tmp_path, ".json")
    written = json.loads(path.read_text())
    written["learner"]["gradient_booster"]["model"]["trees"][1][name][0] = value
    path.write_text(json.dumps(written))
    with pytest.raises(ModelError, match="corrupt"):
        load_xgboost(path)


def test_json_nested_without_end_is_refused_before_xgboost_parses_it(tmp_path):
    path = tmp_path / "m.json"
    path.write_text('{"learner": ' + "[" * 200_000)
    with pytest.raises(ModelError, match="not JSON"):
        load_xgboost(path)


@pytest.mark.parametrize(
    ("line", "forged"),
    [
        ("left_child=", "left_child=77 "),
        ("left_child=", "left_child=-77 "),
        ("right_child=", "right_child=0 "),
        ("split_feature=", "split_feature=4 "),
        ("decision_type=", "decision_type=1 "),
        ("leaf_value=", "leaf_value=inf "),
        ("num_leaves=", "num_leaves=9"),
        ("num_cat=", "num_cat=x"),
    ],
)
def test_forged_trees_of_lightgbm_never_reach_its_parser(line, forged, tmp_path):
    text = saved(grown("lightgbm", table(2)), tmp_path).read_text()
    read_text(text)
    at = text.index(line, text.index("Tree=1"))
    end = min(text.index(" ", at), text.index("\n", at))  # the first value of the line
    skip = 1 if text[end] == " " else 0
    with pytest.raises(NotLightgbm):
        read_text(text[:at] + forged + text[end + skip :])


def test_a_lightgbm_file_cut_after_a_tree_is_not_taken_for_a_smaller_model(tmp_path):
    text = saved(grown("lightgbm", table(2)), tmp_path).read_text()
    with pytest.raises(NotLightgbm, match="cut short"):
        read_text(text[: text.index("Tree=5")])


def test_categories_and_other_objectives_are_refused_with_a_way_out(tmp_path):
    pandas = pytest.importorskip("pandas")
    records = table(2)
    frame = pandas.DataFrame(
        {"a": records.features[:, 0], "k": pandas.Categorical(np.array(["u", "v"])[records.labels])}
    )
    path = saved(lgb.LGBMClassifier(n_estimators=2, verbosity=-1).fit(frame, records.labels), tmp_path)
    with pytest.raises(ModelError, match="categories"):
        load_lightgbm(path)
    path = saved(xgb.XGBClassifier(n_estimators=2, enable_categorical=True).fit(frame, records.labels), tmp_path)
    with pytest.raises(ModelError, match=r"categories|does not hold together"):
        load_xgboost(path)
    booster = xgb.train({"objective": "binary:hinge"}, xgb.DMatrix(records.features, records.labels), 2)
    booster.save_model(tmp_path / "h.json")
    with pytest.raises(ConfigurationError, match="objective"):
        load_xgboost(tmp_path / "h.json")


@pytest.mark.parametrize(("library", "load"), [("xgboost", load_xgboost), ("lightgbm", load_lightgbm)])
def test_a_missing_library_is_named_with_the_extra_that_brings_it(library, load, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=f"{library} is not installed") as told:
        load(tmp_path / "m.json")
    assert f"vidocq[{library}]" in told.value.fix


@pytest.mark.parametrize("library", ["xgboost", "lightgbm"])
def test_the_scikit_learn_classes_are_cloned_on_one_thread_and_in_silence(library, capfd):
    records = table(3)
    made = xgb.XGBClassifier(n_estimators=3) if library == "xgboost" else lgb.LGBMClassifier(n_estimators=3)
    estimator = made.fit(records.features, records.labels)
    capfd.readouterr()
    recipe = SklearnRecipe(estimator)
    again = recipe.fit(records, seed=4)
    assert capfd.readouterr().out == ""
    assert again.estimator.get_params()["n_jobs"] == 1
    np.testing.assert_allclose(
        again.probabilities(records), SklearnModel(estimator).probabilities(records), atol=1e-12
    )
    assert estimator.get_params()["n_jobs"] is None


def damaged(whole, rng):
    """A file with a few of its bytes changed, taken out, doubled, or moved, and its lines too."""
    content = bytearray(whole)
    for _ in range(rng.integers(1, 5)):
        at, way = int(rng.integers(len(content) - 8)), rng.integers(6)
        if way == 0:
            content[at] = int(rng.integers(256))
        elif way == 1:
            del content[at : at + int(rng.integers(1, 40))]
        elif way == 2:
            content[at:at] = content[at : at + int(rng.integers(1, 40))]
        elif way == 3:
            content[at:at] = rng.choice([b"\r", b"\n", b"\0", b"=", b" ", b"9", b"-", b"e99", b"\x85"])
        elif way == 4:
            lines = bytes(content).split(b"\n")
            lines.insert(int(rng.integers(len(lines) + 1)), lines[int(rng.integers(len(lines)))])
            content = bytearray(b"\n".join(lines))
        else:
            digits = [i for i in range(at, min(at + 200, len(content))) if 48 <= content[i] < 58]
            for i in digits[:2]:
                content[i] = int(rng.integers(48, 58))
    return bytes(content)


def stands_damage(library, suffix, folder, *, times, seed):
    """Every damaged file is refused in our words, or read and answers; how many were refused."""
    path = saved(grown(library, table(2)), folder, suffix)
    whole, rng, refused, records = path.read_bytes(), np.random.default_rng(seed), 0, table(2, n=20)
    for _ in range(times):
        path.write_bytes(damaged(whole, rng))
        try:
            assert BoostedModel(loaded(path).trees, np.arange(2)).probabilities(records).shape == (20, 2)
        except VidocqError:
            refused += 1
    return refused


@pytest.mark.parametrize(("library", "suffix"), WAYS)
def test_no_damaged_file_ends_the_process(library, suffix, tmp_path):
    assert stands_damage(library, suffix, tmp_path, times=7, seed=1) > 0


@pytest.mark.slow
@pytest.mark.parametrize(("library", "suffix"), WAYS)
def test_no_file_of_many_damaged_ones_ends_the_process(library, suffix, tmp_path):
    assert stands_damage(library, suffix, tmp_path, times=120, seed=2) > 10


@pytest.mark.parametrize(
    ("line", "forged"),
    [
        ("num_leaves=", "num_leaves=7\rnum_leaves=99"),  # two lines for LightGBM
        ("num_leaves=", "num_leaves=7\nnum_leaves =99"),
        ("num_leaves=", "num_leaves=7\nnum_leaves=7"),
        ("num_leaves=", "num_leaves=7\x0bnum_cat=0"),  # one for LightGBM, two for Python
        ("num_leaves=", "num_leaves=7\u2028num_cat=0"),
        ("max_feature_idx=", "max_feature_idx=3\nmax_feature_idx=9999"),
        ("num_class=", "num_class=9"),
        ("objective=", "objective=multiclass num_class:9"),
        ("left_child=", "left_child=1_0 2 3"),
        ("[max_depth:", "[max_depth]"),
        ("[max_depth:", "max_depth: 3]"),
        ("[max_depth:", "[max_depth:3]"),
        ("[max_depth:", "[max_depth: 3]\n[max_depth: 4]"),
        ("end of parameters", "end"),
        ("parameters:", "parameter:"),
    ],
)
def test_what_lightgbm_would_read_otherwise_than_we_do_is_refused(line, forged, tmp_path):
    text = saved(grown("lightgbm", table(2)), tmp_path).read_text()
    at = text.index(line)
    text = text[:at] + forged + text[text.index("\n", at) :]
    with pytest.raises(NotLightgbm):
        read_text(text)


def test_line_ends_of_another_system_are_taken(tmp_path):
    path = saved(grown("lightgbm", table(2)), tmp_path)
    before = load_lightgbm(path).trees.margins(table(2).features)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    np.testing.assert_array_equal(load_lightgbm(path).trees.margins(table(2).features), before)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("import os; os.abort()", "ends the process"),
        ("while True: pass", "within 1 seconds"),
        ("held = bytearray(1 << 40)", "ends the process"),
    ],
)
def test_a_file_that_fells_or_holds_up_its_reader_is_refused(body, said, tmp_path, monkeypatch):
    (tmp_path / "falling_child.py").write_text(body)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(probe, "CHILD", "falling_child")
    monkeypatch.setattr(probe, "SECONDS", 1)
    with pytest.raises(ModelError, match=said):
        probe.require_opened(b"any", tmp_path / "m.ubj", "xgboost")


def test_nothing_is_opened_here_that_was_not_opened_apart(tmp_path, monkeypatch):
    def fell(content, path, library):
        raise corrupt(path, "it ends the process")

    for library, module in (("xgboost", boosting_xgboost), ("lightgbm", boosting_lightgbm)):
        path = saved(grown(library, table(2)), tmp_path)
        monkeypatch.setattr(module, "require_opened", fell)
        with pytest.raises(ModelError, match="it ends the process"):
            loaded(path)
