"""A trace of training from the trainer's loop to the verdict, by keyword and by configuration."""

import json
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from sklearn.neural_network import MLPClassifier

import vidocq
from vidocq.attacks.blind import Blind
from vidocq.audit.configuration import read_configuration
from vidocq.audit.execute import run_audit
from vidocq.audit.plan import make_plan
from vidocq.audit.schema import audit_schema
from vidocq.audit.suite import SUITES
from vidocq.core.errors import ConfigurationError, DataError, SignalError

SIDE = 300


@dataclass(frozen=True, kw_only=True)
class FewTrees(Blind):
    trees: int = 3


@pytest.fixture(autouse=True)
def _a_suite_that_reads_traces(monkeypatch):
    quick = SUITES["quick"]
    monkeypatch.setitem(SUITES, "quick", replace(quick, attacks=(*quick.attacks, "loss-trace")))
    monkeypatch.setattr("vidocq.audit.examine.Blind", FewTrees)


@pytest.fixture(scope="module")
def overfitted():
    """Noise learned by heart in 80 epochs: (model, members, non_members, trace)."""
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2 * SIDE, 6)), rng.integers(0, 2, 2 * SIDE)
    model = MLPClassifier((64,), learning_rate_init=0.03, random_state=0)
    trace = vidocq.LossTrace(x, y)
    for _ in range(80):
        model.partial_fit(x[:SIDE], y[:SIDE], classes=[0, 1])
        trace.ask(model)
    return model, (x[:SIDE], y[:SIDE]), (x[SIDE:], y[SIDE:]), trace


def audited(overfitted, **changes):
    model, members, non_members, trace = overfitted
    asked = {"suite": "quick", "references": 0, "workers": 1, "trace": trace} | changes
    return vidocq.audit(model, members=members, non_members=non_members, **asked).to_dict()


def test_a_trace_is_read_and_registered(overfitted, tmp_path):
    from jsonschema import validate

    content = audited(overfitted, dossier=f"sqlite:///{tmp_path}/d.db")
    (found,) = [a for a in content["attacks"] if a["id"] == "loss-trace"]
    assert found["auc"]["low"] > 0.6
    assert found["cost"]["queries"] == 0
    assert content["inputs"]["trace"] == overfitted[3].saved().hash
    validate(content, audit_schema())


def test_a_file_serves_as_well(overfitted, tmp_path):
    overfitted[3].save(tmp_path / "trace.npz")
    assert audited(overfitted, trace=tmp_path / "trace.npz") == audited(overfitted)


def test_without_a_trace_the_attack_is_not_asked_for_and_nothing_else_changes(overfitted):
    content = audited(overfitted, trace=None)
    assert "loss-trace" not in {a["id"] for a in content["attacks"]}
    assert "loss-trace" not in content["suite"]["attacks"]  # nobody asked for it, so that nothing is missing
    assert "loss-trace" not in {a["id"] for a in content["not_measured"]}
    assert "trace" not in content["inputs"]


def test_a_trace_of_other_records_is_refused(overfitted):
    model, members, _, _ = overfitted
    half = vidocq.LossTrace(*members)
    for _ in range(4):
        half.ask(model)
    with pytest.raises(DataError, match="300 of 600 records have no trace"):
        audited(overfitted, trace=half)
    with pytest.raises(SignalError, match="no epoch"):
        audited(overfitted, trace=vidocq.LossTrace(*members))


def test_a_short_trace_is_not_measured(overfitted):
    model, members, non_members, _ = overfitted
    short = vidocq.LossTrace(np.vstack([members[0], non_members[0]]), np.concatenate([members[1], non_members[1]]))
    for _ in range(3):
        short.ask(model)
    absent = {a["id"]: json.dumps(a) for a in audited(overfitted, trace=short)["not_measured"]}
    assert "fewer than 4 epochs" in absent["loss-trace"]


def test_a_suite_that_reads_no_trace_refuses_one(overfitted, monkeypatch):
    bare = replace(SUITES["quick"], attacks=("blind", "loss", "lira-offline"))
    monkeypatch.setitem(SUITES, "quick", bare)
    with pytest.raises(ConfigurationError, match="no attack of the suite 'quick' reads a trace"):
        audited(overfitted)


def written(folder, overfitted, *, trace):
    _, members, non_members, logged = overfitted
    for name, (x, y) in (("members", members), ("non_members", non_members)):
        pd.DataFrame(x, columns=[f"c{i}" for i in range(x.shape[1])]).assign(y=y).to_parquet(
            folder / f"{name}.parquet"
        )
    logged.save(folder / "trace.npz")
    (folder / "made.py").write_text(
        "import numpy as np\nfrom sklearn.linear_model import LogisticRegression\n"
        "def load():\n    rng = np.random.default_rng(0)\n"
        "    return LogisticRegression().fit(rng.normal(size=(50, 6)), np.arange(50) % 2)\n"
    )
    (folder / "audit.toml").write_text(
        '[model]\nkind = "callable"\nload = "made:load"\n[data]\nmembers = "members.parquet"\n'
        f'non_members = "non_members.parquet"\nlabel = "y"\n{trace}\n[plan]\nsuite = "quick"\nreferences = 0\n'
        "[engine]\nworkers = 1\n"
    )
    return read_configuration(folder / "audit.toml")


def test_the_configuration_names_the_file(overfitted, tmp_path):
    configuration = written(tmp_path, overfitted, trace='trace = "trace.npz"')
    assert "loss-trace" in make_plan(configuration).content["attacks"]
    outcome = run_audit(configuration, tmp_path / "out", command="test")
    assert outcome.error is None
    assert outcome.content["inputs"]["trace"] == overfitted[3].saved().hash
    assert "loss-trace" in {a["id"] for a in outcome.content["attacks"]}


def test_a_plan_says_that_no_losses_were_logged(overfitted, tmp_path):
    plan = make_plan(written(tmp_path, overfitted, trace="")).content
    assert {"id": "loss-trace"}.items() <= next(a for a in plan["not_run"] if a["id"] == "loss-trace").items()
    assert "logged" in next(a for a in plan["not_run"] if a["id"] == "loss-trace")["en"]


def test_a_file_that_is_no_trace_stops_it_before_any_work(overfitted, tmp_path):
    configuration = written(tmp_path, overfitted, trace='trace = "made.py"')
    outcome = run_audit(configuration, tmp_path / "out", command="test")
    assert outcome.exit_code == 2
    assert "the trace cannot be read" in str(outcome.error)
