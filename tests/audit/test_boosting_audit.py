"""Boosted trees audited end to end from their files: a leak is shown, none is not, and workers change nothing."""

import numpy as np
import pytest

import vidocq
from vidocq.audit.configuration import read_configuration
from vidocq.audit.execute import FINDINGS, WRONG_USAGE, run_audit
from vidocq.core.errors import ConfigurationError

xgb = pytest.importorskip("xgboost", reason='these tests need XGBoost: pip install "vidocq[xgboost]"')
lgb = pytest.importorskip("lightgbm", reason='these tests need LightGBM: pip install "vidocq[lightgbm]"')

CONFIGURATION = """
[model]
kind = "{kind}"
path = "{path}"
{parameters}
[data]
members = "members.npz"
non_members = "non_members.npz"
label = "y"
split = "randomised"
declared_by = "a test"
[plan]
suite = "quick"
references = 16
[engine]
workers = {workers}
"""
XGBOOST = "[model.parameters]\nmax_depth = 6\nlearning_rate = 0.5\n"


def written(folder, kind, *, n=300, parameters=None, workers=1, trained_on_them=True, columns=6):
    """Files of an audit of trees that learnt their members by heart, or that were trained on other records."""
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(3 * n, 6)), rng.integers(0, 3, 3 * n)
    for name, rows in (("members", slice(0, n)), ("non_members", slice(n, 2 * n))):
        np.savez(folder / f"{name}.npz", X=x[rows, :columns], y=y[rows])
    own = slice(0, n) if trained_on_them else slice(2 * n, 3 * n)
    if kind == "xgboost":
        path = folder / "m.ubj"
        xgb.XGBClassifier(n_estimators=30, max_depth=6, learning_rate=0.5, n_jobs=1).fit(x[own], y[own]).save_model(
            path
        )
    else:
        path = folder / "m.txt"
        made = lgb.LGBMClassifier(n_estimators=30, min_child_samples=2, learning_rate=0.3, n_jobs=1, verbosity=-1)
        made.fit(x[own], y[own]).booster_.save_model(path)
    given = (XGBOOST if kind == "xgboost" else "") if parameters is None else parameters
    text = CONFIGURATION.format(kind=kind, path=path.name, parameters=given, workers=workers)
    (folder / "audit.toml").write_text(text)
    return folder / "audit.toml"


def areas(outcome):
    return {a["id"]: a["auc"] for a in outcome.content["attacks"] if a["auc"]}


@pytest.mark.parametrize("kind", ["xgboost", "lightgbm"])
def test_trees_that_learnt_their_records_by_heart_are_a_leak_with_the_same_bytes_whatever_the_workers(kind, tmp_path):
    kept = []
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        outcome = run_audit(
            read_configuration(written(folder, kind, workers=workers)), folder / "out", command="a test"
        )
        assert outcome.exit_code == FINDINGS, outcome.error
        assert areas(outcome)["rmia"]["low"] > 0.8
        assert outcome.content["subject"]["kind"] == kind
        kept.append((folder / "out" / "audit.json").read_bytes())
    assert kept[0] == kept[1]


@pytest.mark.parametrize("kind", ["xgboost", "lightgbm"])
def test_trees_that_never_saw_the_members_give_no_signal(kind, tmp_path):
    outcome = run_audit(
        read_configuration(written(tmp_path, kind, trained_on_them=False)), tmp_path / "out", command="a test"
    )
    assert outcome.content["verdicts"][0]["verdict"] != "leak_shown"
    assert all(area["low"] < 0.5 < area["high"] for area in areas(outcome).values())


def test_without_parameters_xgboost_is_audited_without_references(tmp_path):
    outcome = run_audit(
        read_configuration(written(tmp_path, "xgboost", parameters="")), tmp_path / "out", command="a test"
    )
    assert "rmia" not in areas(outcome)
    assert "rmia" in {missing["id"] for missing in outcome.content["not_measured"]}


@pytest.mark.parametrize("kind", ["xgboost", "lightgbm"])
def test_what_does_not_fit_ends_before_any_work(kind, tmp_path):
    outcome = run_audit(read_configuration(written(tmp_path, kind, columns=5)), tmp_path / "out", command="a test")
    assert (outcome.exit_code, "5" in outcome.error.what) == (WRONG_USAGE, True)
    config = written(tmp_path, kind)
    path = tmp_path / ("m.ubj" if kind == "xgboost" else "m.txt")
    path.write_bytes(path.read_bytes()[:500])
    outcome = run_audit(read_configuration(config), tmp_path / "out", command="a test")
    assert (outcome.exit_code, "corrupt" in outcome.error.what) == (WRONG_USAGE, True)
    assert not (tmp_path / "out").exists()


def test_the_sections_keys_belong_to_their_kinds(tmp_path):
    config = written(tmp_path, "xgboost", parameters="")
    for line, told in (
        ('kind = "xgboost"\npath = "m.ubj"\nfactory = "a:b"', "torch"),
        ('kind = "xgboost"', "path"),
        ('kind = "sklearn"\npath = "m.skops"\nparameters = {max_depth = 2}', "parameters belong"),
    ):
        text = config.read_text()
        start, end = text.index("kind"), text.index("[data]")
        config.write_text(text[:start] + line + "\n" + text[end:])
        with pytest.raises(ConfigurationError, match=told):
            read_configuration(config)


def test_a_scikit_learn_class_of_theirs_is_audited_in_memory():
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(400, 5)), rng.integers(0, 2, 400)
    made = lgb.LGBMClassifier(n_estimators=30, min_child_samples=2, learning_rate=0.3, n_jobs=1, verbosity=-1)
    found = vidocq.audit(
        made.fit(x[:200], y[:200]),
        members=(x[:200], y[:200]),
        non_members=(x[200:], y[200:]),
        references=16,
        suite="quick",
        workers=1,
        split="randomised",
        declared_by="a test",
    )
    assert found.verdict == "leak_shown"
