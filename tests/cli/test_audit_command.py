"""`vidocq audit`: what stays after a failure, which findings stop it, and how looks are spent."""

import json
import math

import numpy as np
import pytest

from vidocq.cli.main import main
from vidocq.measure.looks import error_of_look

from workshop import configure, data


def read(folder):
    return json.loads((folder / "audit.json").read_bytes())


def verdict(folder):
    return read(folder)["verdicts"][0]


@pytest.fixture
def project(tmp_path):
    data(tmp_path)
    return tmp_path


def run(*words):
    return main([*map(str, words), "--quiet"])


# Looks


def test_a_second_look_spends_its_share_and_a_replay_spends_nothing(project):
    first = configure(project, "first.toml", references=20)
    second = configure(project, "second.toml", references=20, plan="seed = 2")
    run("audit", first, "--out", project / "one")
    run("audit", second, "--out", project / "two")
    run("audit", first, "--out", project / "again")
    run("audit", second, "--out", project / "again two")
    assert [verdict(project / name)["look"] for name in ("one", "two", "again", "again two")] == [1, 2, 1, 2]
    assert math.isclose(verdict(project / "one")["error"], 0.05 * 6 / math.pi**2)
    assert math.isclose(verdict(project / "two")["error"], error_of_look(2))
    assert (project / "one" / "audit.json").read_bytes() == (project / "again" / "audit.json").read_bytes()
    assert (project / "two" / "audit.json").read_bytes() == (project / "again two" / "audit.json").read_bytes()
    replayed = [json.loads((project / name / "run.json").read_bytes())["replayed"] for name in ("one", "again")]
    assert replayed == [False, True]


def test_a_later_look_pays_with_wider_bounds(project):
    configure(project, references=20)
    for seed in (1, 2):
        run("audit", project / "audit.toml", "--out", project / str(seed), "--seed", seed)
    wide = [next(r for a in read(project / s)["attacks"] if a["id"] == "label-gap" for r in a["rates"]) for s in "12"]
    assert wide[0]["tpr"] == wide[1]["tpr"]
    assert wide[1]["risk"]["high"] > wide[0]["risk"]["high"]
    assert wide[1]["risk"]["level"] > wide[0]["risk"]["level"]


def test_a_query_that_fails_after_registration_says_that_the_look_counts(project, capsys):
    (project / "served.py").write_text(
        "class Served:\n"
        "    classes_ = [0, 1]\n"
        "    def predict_proba(self, X):\n"
        "        raise RuntimeError('the server is down')\n"
        "    def predict(self, X):\n"
        "        raise RuntimeError('the server is down')\n"
        "def load():\n"
        "    return Served()\n"
    )
    path = configure(project)
    path.write_text(path.read_text().replace('path = "leaky.skops"', 'kind = "callable"\nload = "served:load"'))
    path.write_text(path.read_text().replace('trusted_types = ["sklearn.tree._tree.Tree"]\n', ""))
    assert run("audit", path, "--out", project / "out") == 3
    said = capsys.readouterr().err
    assert "this look counts (number 1 at these members)" in said
    assert "the server is down" not in said
    assert not (project / "out").exists()


# What stays


def test_a_folder_made_for_nothing_does_not_stay(project, capsys):
    path = configure(project, data='person = "nobody"')
    assert run("audit", path, "--out", project / "deep" / "out") == 2
    assert not (project / "deep").exists()
    assert "nobody" in capsys.readouterr().err


def test_a_folder_that_was_there_stays(project):
    path = configure(project)
    (project / "out").mkdir()
    path.write_text(path.read_text().replace("leaky.skops", "absent.skops"))
    assert run("audit", path, "--out", project / "out") == 2
    assert (project / "out").is_dir()


def test_a_folder_made_for_a_model_that_is_refused_in_time_does_not_stay(project):
    members = (project / "members.csv").read_text()
    (project / "non_members.csv").write_text(members)  # everybody stands on both sides
    path = configure(project)
    assert run("audit", path, "--out", project / "out") == 2
    assert not (project / "out").exists()


# Numbers in the configuration


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("prior = true", "plan.prior: a number is needed here, not true or false"),
        ("seed = true", "plan.seed: a number is needed here, not true or false"),
        ("prior = nan", "plan.prior: a finite number is needed here"),
        ("prior = inf", "plan.prior: a finite number is needed here"),
        ('prior = "0.1"', "plan.prior: a number is needed here, not text"),
        ("alphas = [0.01, 0.1, true]", "not true or false"),
        ("alphas = [0.01, 0.1, nan]", "a finite number is needed here"),
    ],
)
def test_what_is_no_number_is_refused(project, line, said, capsys):
    path = configure(project, plan=line)
    assert run("audit", path, "--out", project / "out") == 2
    assert said in capsys.readouterr().err


def test_whole_numbers_are_numbers(project):
    path = configure(project)
    path.write_text(path.read_text().replace("tolerance_average = 0.05", "tolerance_average = 0"))
    assert main(["plan", str(path), "--quiet"]) == 0


# Utility and answers that vary


def test_utility_is_told_with_its_interval(audited):
    told = read(audited / "leaky")["utility"]
    assert told["measure"] == "accuracy"
    assert told["members"]["value"] > 0.7 > told["non_members"]["value"]
    assert told["gap"]["value"] == pytest.approx(told["members"]["value"] - told["non_members"]["value"])
    assert told["gap"]["low"] > 0
    assert told["loss"]["members"]["value"] < told["loss"]["non_members"]["value"]
    assert read(audited / "gentle")["utility"]["gap"]["low"] < 0.2


def test_a_model_that_answers_alike_is_asked_again_and_nothing_is_said(audited):
    content = read(audited / "leaky")
    assert content["repeated"] == {"records": 32, "differing": 0, "queries": 32}
    assert content["warnings"] == []


UNSTEADY = """
import numpy as np

class Unsteady:
    classes_ = np.array([0, 1])
    asked = 0
    def predict_proba(self, X):
        type(self).asked += len(X)
        rng = np.random.default_rng(type(self).asked)
        p = rng.uniform(0.2, 0.8, len(X))
        return np.column_stack([1 - p, p])
    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)

def load():
    return Unsteady()
"""


def test_answers_that_vary_are_told_and_the_queries_counted(project, capsys):
    (project / "unsteady.py").write_text(UNSTEADY)
    path = configure(project)
    path.write_text(path.read_text().replace('path = "leaky.skops"', 'kind = "callable"\nload = "unsteady:load"'))
    path.write_text(path.read_text().replace('trusted_types = ["sklearn.tree._tree.Tree"]\n', ""))
    assert main(["audit", str(path), "--out", str(project / "out"), "--lang", "en"]) == 3
    content = read(project / "out")
    assert content["repeated"] == {"records": 32, "differing": 32, "queries": 32}
    assert [w["code"] for w in content["warnings"]] == ["answers-vary"]
    assert "Caution: The model does not always answer alike: 32 of 32" in capsys.readouterr().out
    for lang, said in (("fr", "ne répond pas toujours"), ("en", "does not always answer alike")):
        assert said in (project / "out" / f"report.{lang}.html").read_text()


def test_the_junit_file_says_when_the_audit_ran(project):
    run("audit", configure(project, references=0), "--out", project / "out", "--junit", project / "tests.xml")
    told = json.loads((project / "out" / "run.json").read_bytes())
    suite = (project / "tests.xml").read_text(encoding="utf-8").partition("<testcase")[0]
    assert f'timestamp="{told["started"].removesuffix("Z")}"' in suite
    assert f'time="{told["seconds"]["total"]:.2f}"' in suite


# --fail-on


@pytest.mark.parametrize(
    ("model", "asked", "code"),
    [
        ("leaky", None, 1),
        ("leaky", "leak_shown", 1),
        ("leaky", "inconclusive", 0),
        ("leaky", "never", 0),
        ("gentle", None, 3),
        ("gentle", "leak_shown", 0),
        ("gentle", "leak_shown,inconclusive", 3),
        ("gentle", "none", 0),
    ],
)
def test_fail_on_narrows(audited, model, asked, code):
    words = [] if asked is None else ["--fail-on", asked]
    assert run("audit", audited / f"{model}.toml", "--out", audited / model, *words) == code


@pytest.mark.parametrize("asked", ["worse", "leak_shown,never", "", "everything"])
def test_fail_on_that_means_nothing_is_wrong_usage(audited, asked, capsys):
    assert run("audit", audited / "leaky.toml", "--out", audited / "not made", "--fail-on", asked) == 2
    assert "--fail-on" in capsys.readouterr().err
    assert not (audited / "not made").exists()


# scores.parquet


def test_persons_with_several_records_are_numbered_in_the_scores(tmp_path):
    import pyarrow.parquet as pq

    data(tmp_path, side=100, persons=True)
    path = configure(tmp_path, data='person = "who"', references=20)
    run("audit", path, "--out", tmp_path / "out")
    table = pq.read_table(tmp_path / "out" / "scores.parquet")
    person = np.array(table["person"])
    assert len(person) == 400
    assert (np.bincount(person) == 2).all()
    assert {b"records", b"points", b"delete_after"} <= set(table.schema.metadata)
