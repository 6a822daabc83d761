"""A served model audited end to end: the same figures as the model behind it, stopped and gone on with, priced and refused."""

import json
import os
import shutil
import signal
import subprocess
import sys
from urllib.parse import quote

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

import vidocq
from vidocq.audit.configuration import configure, read_configuration
from vidocq.audit.execute import FINDINGS, NOT_MEASURED, WRONG_USAGE, run_audit
from vidocq.audit.plan import make_plan
from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Lang
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.registration import REGISTERED
from vidocq.engine.progress import Bar

from serving import PRIVATE, Reply, answers_of, serving

pytest.importorskip("httpx", reason='these tests need httpx: pip install "vidocq[http]"')

SIDE = 150
TRAIN = """
from sklearn.tree import DecisionTreeClassifier

def fit(X, y, seed):
    return DecisionTreeClassifier(min_samples_leaf=3, random_state=seed).fit(X, y)
"""
CONFIGURATION = """
[model]
kind = "http"
classes = [0, 1]
{fit}
[model.http]
url = "{url}"
form = "rows"
records_at = "instances"
labels = "labels"
probabilities = "probabilities"
batch_size = 40
backoff = 0.01
retries = 1
timeout = 5
headers = {{ Authorization = "Bearer ${{SERVED_TOKEN}}" }}
price = 1.5
price_per = 1000
currency = "EUR"
{http}
[data]
members = "members.npz"
non_members = "non_members.npz"
label = "y"
split = "randomised"
declared_by = "a test"
[access]
{access}
[plan]
suite = "quick"
references = {references}
[engine]
workers = 1
"""


@pytest.fixture(autouse=True)
def _token(monkeypatch):
    monkeypatch.setenv("SERVED_TOKEN", PRIVATE)
    yield
    sys.modules.pop("served_train", None)


def sides(seed=5):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2 * SIDE, 4)), rng.integers(0, 2, 2 * SIDE)
    return (x[:SIDE], y[:SIDE]), (x[SIDE:], y[SIDE:])


def leaky():
    return DecisionTreeClassifier(min_samples_leaf=3, random_state=0).fit(*sides()[0])


def project(folder, url, *, http="", access="", references=16, fit='fit = "served_train:fit"'):
    folder.mkdir(exist_ok=True)
    for name, (x, y) in zip(("members", "non_members"), sides(), strict=True):
        np.savez(folder / f"{name}.npz", X=x, y=y)
    (folder / "served_train.py").write_text(TRAIN)
    path = folder / "audit.toml"
    path.write_text(CONFIGURATION.format(url=url, http=http, access=access, references=references, fit=fit))
    return path


def ran(path, out="out", **more):
    return run_audit(read_configuration(path), path.parent / out, command="vidocq audit audit.toml", **more)


def told(path, out="out"):
    return json.loads((path.parent / out / "run.json").read_text())


def looks(path):
    with Ledger.open(f"sqlite:///{path.parent / 'dossier.db'}") as ledger:
        return len(ledger.entries(REGISTERED))


class Watched:
    """Notes what a progress is told."""

    def __init__(self):
        self.said = []

    def begin(self, title, *, total, done):
        self.said.append((title, total))

    def note(self, text):
        self.said.append(text)

    def advance(self):
        self.said.append("+")

    def end(self):
        self.said.append("end")


@pytest.mark.parametrize(
    "access", ["", 'outputs = "labels"\nqueries_per_record = 3', "decimals = 2", 'outputs = "top_k"\ntop_k = 1']
)
def test_its_scores_are_those_of_the_model_behind_the_address(tmp_path, access):
    import pyarrow.parquet as pq

    model = leaky()
    with serving(answers_of(model)) as served:
        path = project(tmp_path, served.url, access=access)
        there = ran(path, "served")
        requests, records = len(served.bodies), served.records
    (tmp_path / "here.py").write_text(
        "import numpy as np\nfrom served_train import fit\n\n"
        "def load():\n    held = np.load(__file__.replace('here.py', 'members.npz'))\n"
        "    return fit(held['X'], held['y'], 0)\n"
    )
    text = path.read_text()
    kept = (
        text[: text.index("[model]")] + '[model]\nkind = "callable"\nload = "here:load"\nfit = "served_train:fit"\n'
    )
    path.write_text(kept + text[text.index("[data]") :] + '[dossier]\nurl = "sqlite:///here.db"\n')
    here = ran(path, "here")
    sys.modules.pop("here", None)
    assert there.error is None
    assert here.error is None
    left, right = (pq.read_table(tmp_path / out / "scores.parquet") for out in ("served", "here"))
    assert left.equals(right)
    assert there.content["attacks"] == here.content["attacks"]
    assert there.content["verdicts"][0]["verdict"] == here.content["verdicts"][0]["verdict"]
    asked = told(path, "served")["endpoint"]
    assert (asked["queries"], asked["requests"]) == (records, requests)


def test_the_report_tells_what_was_asked_what_it_cost_and_what_was_hashed(tmp_path):
    with serving(answers_of(leaky())) as served:
        watched = Watched()
        path = project(tmp_path, served.url)
        outcome = ran(path, progress=watched)
        planned = make_plan(read_configuration(path)).content["endpoint"]
    assert outcome.exit_code == FINDINGS, outcome.error
    asked = told(path)["endpoint"]
    queries = 2 * SIDE + 32
    assert asked == {
        "queries": queries,
        "requests": 9,
        "answered": queries,
        "cost": round(1.5 * queries / 1000, 6),
        "currency": "EUR",
        "budget": None,
    }
    assert {name: planned[name] for name in ("queries", "requests", "cost")} == {
        name: asked[name] for name in ("queries", "requests", "cost")
    }
    assert watched.said[0] == ("127.0.0.1", 9)
    assert watched.said[: watched.said.index("end")].count("+") == 9
    assert "0.50 EUR" in watched.said
    assert outcome.content["subject"]["kind"] == "http"
    assert [w["code"] for w in outcome.content["warnings"]] == ["served-model"]
    pages = {lang: (path.parent / "out" / f"report.{lang}.html").read_text() for lang in Lang}
    assert "332 queries in 9 requests" in pages[Lang.en]
    assert "0.50 EUR" in pages[Lang.en]
    assert "0,50" in pages[Lang.fr]
    assert "not of the weights" in pages[Lang.en]
    everything = b"".join(f.read_bytes() for f in (tmp_path / "out").iterdir() if f.is_file())
    assert PRIVATE.encode() not in everything
    assert PRIVATE.encode() not in (tmp_path / "dossier.db").read_bytes()


def test_an_audit_that_failed_goes_on_without_asking_again_and_ends_with_the_same_bytes(tmp_path):
    right, broken = answers_of(leaky()), [True]

    def behave(i, body):
        return Reply(status=500) if broken[0] and i >= 5 else right(i, body)

    with serving(behave) as served:
        path = project(tmp_path / "stopped", served.url)
        failed = ran(path)
        assert failed.exit_code == NOT_MEASURED
        assert "answered with status 500, 2 times in a row" in str(failed.error)
        assert "so far 280 queries in 7 requests" in str(failed.error)
        assert "this look counts" in str(failed.error)
        assert not (path.parent / "out" / "audit.json").exists()
        broken[0] = False
        outcome = ran(path)
        assert outcome.exit_code == FINDINGS, outcome.error
        assert len(served.bodies) == 12  # nine batches, one of them three times, and eight records asked about again
        assert served.repeated() == 2
        asked = told(path)["endpoint"]
        assert (asked["queries"], asked["requests"], asked["answered"]) == (served.records, 12, 332)
        assert asked["resumed"] == {"records": 8, "differing": 0, "varies": False}
        assert looks(path) == 1
        assert not (path.parent / "out" / ".vidocq-work").exists()
        whole = project(tmp_path / "whole", served.url)
        ran(whole)
    assert (path.parent / "out" / "audit.json").read_bytes() == (whole.parent / "out" / "audit.json").read_bytes()


def test_one_that_was_stopped_goes_on_too(tmp_path):
    class Stop(Watched):
        def advance(self):
            super().advance()
            if self.said.count("+") == 4:
                raise KeyboardInterrupt

    with serving(answers_of(leaky())) as served:
        path = project(tmp_path, served.url)
        with pytest.raises(KeyboardInterrupt):
            ran(path, progress=Stop())
        assert len(served.bodies) == 4
        assert ran(path).exit_code == FINDINGS
        assert len(served.bodies) == 10


def test_a_budget_that_does_not_suffice_is_refused_before_anything(tmp_path):
    with serving(answers_of(leaky())) as served:
        path = project(tmp_path, served.url, http="budget = 331\nper_second = 4")
        plan = make_plan(read_configuration(path))
        assert plan.content["endpoint"]["within_budget"] is False
        assert plan.content["endpoint"]["seconds"] == 2.0
        lines = "\n".join(line.en for line in plan.lines())
        assert "332 queries in 9 requests" in lines
        assert "does not suffice" in lines
        assert "at least 2 s" in lines
        outcome = ran(path)
        assert outcome.exit_code == WRONG_USAGE
        assert "needs 332 queries, and the budget is 331" in str(outcome.error)
        assert looks(path) == 0
        path = project(tmp_path, served.url, http="budget = 332")
        assert not served.bodies
        assert ran(path).exit_code == FINDINGS
        assert len(served.bodies) == 9


def test_what_failed_attempts_took_is_missing_from_the_budget_of_the_next_run(tmp_path):
    right, broken = answers_of(leaky()), [True]

    def behave(i, body):
        return Reply(status=503) if broken[0] and i >= 2 else right(i, body)

    with serving(behave) as served:
        path = project(tmp_path, served.url, http="budget = 350")
        assert ran(path).exit_code == NOT_MEASURED
        broken[0] = False
        outcome = ran(path)
        assert outcome.exit_code == WRONG_USAGE
        assert "needs 260 queries and 160 were asked before, and the budget is 350" in str(outcome.error)
        assert len(served.bodies) == 4
        assert ran(project(tmp_path, served.url, http="budget = 420")).exit_code == FINDINGS
        assert told(path)["endpoint"]["queries"] == 420 == served.records


def test_plan_needs_no_secret_and_an_audit_that_lacks_it_registers_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("SERVED_TOKEN")
    with serving(answers_of(leaky())) as served:
        path = project(tmp_path, served.url)
        assert make_plan(read_configuration(path)).content["queries"] == 2 * SIDE
        outcome = ran(path)
        assert outcome.exit_code == WRONG_USAGE
        assert "SERVED_TOKEN is not set" in str(outcome.error)
        assert looks(path) == 0
        assert not served.bodies


def test_text_reaches_the_endpoint_and_its_refusal_is_told_as_such(tmp_path):
    with serving(lambda *_: Reply({"detail": PRIVATE}, status=422)) as served:
        path = project(tmp_path, served.url, fit="")
        for name, (x, y) in zip(("members", "non_members"), sides(), strict=True):
            rows = [f"{a},{'north' if b > 0 else 'south'},{c}" for (a, b), c in zip(x[:, :2], y, strict=True)]
            (tmp_path / f"{name}.csv").write_text("a,town,y\n" + "\n".join(rows) + "\n")
        path.write_text(path.read_text().replace(".npz", ".csv").replace('form = "rows"', 'form = "objects"'))
        outcome = ran(path)
    assert outcome.exit_code == NOT_MEASURED
    assert "status 422" in str(outcome.error)
    assert "pipeline" not in str(outcome.error)
    assert PRIVATE not in str(outcome.error)
    assert served.bodies[0]["instances"][0]["town"] in {"north", "south"}


def test_a_run_killed_while_an_answer_was_awaited_goes_on(tmp_path):
    right, process = answers_of(leaky()), []

    def behave(i, body):
        if i == 4 and process:
            os.kill(process[0].pid, signal.SIGKILL)
            return Reply(drop=True)
        return right(i, body)

    with serving(behave) as served:
        path = project(tmp_path, served.url)
        command = [
            sys.executable,
            "-c",
            "from vidocq.cli.main import run; run()",
            "audit",
            str(path),
            "--out",
            str(tmp_path / "out"),
        ]
        environment = {**os.environ, "PYTHONPATH": str(vidocq.__path__[0]).removesuffix("vidocq")}
        process.append(
            subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        assert process[0].wait(timeout=60) == -signal.SIGKILL
        process.clear()
        assert len(served.bodies) == 5
        assert ran(path).exit_code == FINDINGS
        assert len(served.bodies) == 11  # nine batches, the one whose answer never came, and some asked about again
    assert told(path)["endpoint"]["queries"] == served.records


def test_without_a_recipe_there_are_no_references(tmp_path):
    with serving(answers_of(leaky())) as served:
        outcome = ran(project(tmp_path, served.url, fit=""))
    assert outcome.exit_code in {NOT_MEASURED, FINDINGS}, outcome.error
    assert outcome.content["references"] == 0
    assert {a["id"] for a in outcome.content["not_measured"]} >= {"rmia", "lira-offline"}


def test_another_version_is_another_registration(tmp_path):
    with serving(answers_of(leaky())) as served:
        path = project(tmp_path, served.url, http='version = "1"')
        first = ran(path, "a").content
        path = project(tmp_path, served.url, http='version = "2"')
        second = ran(path, "b").content
    assert first["inputs"]["model"] != second["inputs"]["model"]
    assert [c["verdicts"][0]["look"] for c in (first, second)] == [1, 2]


def test_from_python_as_from_a_file():
    members, others = sides()
    model = LogisticRegression().fit(*members)
    asked = {"members": members, "non_members": others, "references": 0, "suite": "quick", "workers": 1}
    with serving(answers_of(model)) as served:
        endpoint = vidocq.Endpoint(url=served.url, price=vidocq.Price(amount=0.01, currency="EUR", of="requests"))
        mapping = vidocq.HttpMapping(form="rows", records_at="instances", probabilities="probabilities")
        found = vidocq.audit(vidocq.HttpModel(endpoint, mapping, classes=[0, 1]), **asked)
    here = vidocq.audit(model, **asked)
    assert found.performed.asked["cost"] == 0.04
    np.testing.assert_array_equal(found.scores("loss"), here.scores("loss"))


def test_the_bar_shows_the_cost_beside_the_count():
    import io

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    stream = Terminal()
    bar = Bar(stream=stream)
    bar.begin("127.0.0.1", total=2, done=0)
    bar.note("0.50 EUR")
    bar.advance()
    bar.end()
    assert "1/2" in stream.getvalue()
    assert stream.getvalue().rstrip().endswith("0.50 EUR\x1b[K")


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ({"kind": "http"}, "[model.http]"),
        ({"kind": "http", "http": {"url": "https://example.org", "price": 1.0}}, "price and currency"),
        ({"kind": "http", "http": {"url": "https://example.org", "timeout": 0}}, "model.http.timeout"),
        ({"kind": "http", "http": {"url": "https://example.org", "headers": {"X": 1}}}, "model.http.headers"),
        ({"path": "a.skops", "http": {"url": "https://example.org"}}, "[model.http]"),
        ({"path": "a.skops", "classes": [0, 1]}, "classes"),
    ],
)
def test_what_does_not_fit_is_told_by_its_key(tmp_path, model, said):
    content = {"model": model, "data": {"members": "a.csv", "non_members": "b.csv", "label": "y"}}
    with pytest.raises(ConfigurationError) as caught:
        configure(content, base=tmp_path, where="audit.toml")
    assert said in str(caught.value)


@pytest.mark.parametrize("batch_size", [40, 3])
def test_answers_of_a_model_trained_again_meanwhile_are_never_mixed_with_those_before(tmp_path, batch_size):
    before, after, state = answers_of(leaky()), answers_of(LogisticRegression().fit(*sides(seed=6)[0])), ["right"]

    def behave(i, body):
        if state[0] == "right" and i >= 120 // batch_size:
            return Reply(status=500)
        return before(i, body) if state[0] == "right" else after(i, body)

    with serving(behave) as served:
        path = project(tmp_path, served.url)
        path.write_text(path.read_text().replace("batch_size = 40", f"batch_size = {batch_size}"))
        assert ran(path).exit_code == NOT_MEASURED
        state[0] = "retrained"
        for _ in range(2):  # asking again does not wear it down
            refused = ran(path)
            assert refused.exit_code == NOT_MEASURED
            assert "of 8 records otherwise than before the audit was stopped" in str(refused.error)
            assert "remove the folder .vidocq-work" in str(refused.error)
        shutil.rmtree(tmp_path / "out" / ".vidocq-work")
        outcome = ran(path)
        assert outcome.error is None
        assert "resumed" not in told(path)["endpoint"]
        assert looks(path) == 1


def test_an_endpoint_that_never_answers_alike_is_gone_on_with_and_that_is_recorded(tmp_path):
    right, broken = answers_of(leaky()), [True]

    def behave(i, body):
        if broken[0] and i >= 5:
            return Reply(status=500)
        found = right(i, body)
        noise = np.random.default_rng(i).uniform(0, 0.01, len(body["instances"]))
        found.content["probabilities"] = [[n, 1 - n] for n in noise.tolist()]
        return found

    with serving(behave) as served:
        path = project(tmp_path, served.url)
        assert ran(path).exit_code == NOT_MEASURED
        broken[0] = False
        assert ran(path).error is None
    assert told(path)["endpoint"]["resumed"] == {"records": 8, "differing": 8, "varies": True}
    assert told(path)["endpoint"]["queries"] == served.records


def test_secrets_of_an_address_reach_no_file_no_error_and_no_log(tmp_path, monkeypatch, caplog):
    """One from the environment, and one under a name that tells nothing."""
    monkeypatch.setenv("SERVED_KEY", f"{PRIVATE}&é")
    caplog.set_level(0)
    with serving(answers_of(leaky())) as served:
        url = served.url + "/${SERVED_KEY}?api_key=${SERVED_KEY}&k=Vautrin"
        path = project(tmp_path, url)
        outcome = ran(path)
        assert outcome.error is None
        assert {quote(f"{PRIVATE}&é", safe="")} == {
            p.partition("api_key=")[2].partition("&")[0] for p in served.paths
        }
    with serving(lambda *_: Reply(status=400)) as served:
        failed = ran(project(tmp_path / "b", served.url + "?api_key=${SERVED_KEY}&k=Vautrin"))
        assert failed.exit_code == NOT_MEASURED
    files = [f for f in tmp_path.rglob("*") if f.is_file() and f.name not in ("audit.toml",)]
    everything = b"".join(f.read_bytes() for f in files) + f"{failed.error!r}{failed.error}{caplog.text}".encode()
    assert b"run.json" in b"".join(str(f).encode() for f in files)
    for secret in (PRIVATE, "Vautrin"):
        assert secret.encode() not in everything
    assert "HTTP Request" in caplog.text


@pytest.mark.parametrize("query", ["api_key=Jacquot", "a=1&X-Amz-Signature=Jacquot", "code=Jacquot", "sig=Jacquot"])
def test_a_secret_written_out_in_an_address_is_refused_unquoted(query):
    with pytest.raises(ConfigurationError, match="written out") as refused:
        vidocq.Endpoint(url=f"https://example.org/predict?{query}")
    assert PRIVATE not in str(refused.value)
    assert vidocq.Endpoint(url="https://example.org/predict?postcode=1&model=v2")


@pytest.mark.parametrize("url", ["https://Jacquot:x@example.org/", "https://${HOST}/p", "https://u@example.org/"])
def test_an_address_with_a_name_or_a_host_from_the_environment_is_refused_unquoted(tmp_path, url):
    with pytest.raises(ConfigurationError) as refused:
        vidocq.Endpoint(url=url)
    assert PRIVATE not in str(refused.value)
    outcome = ran(project(tmp_path, url))
    assert outcome.exit_code == WRONG_USAGE
    assert PRIVATE not in str(outcome.error)
