"""The file by its commands, in this process: what is wrong ends with 2 and changes nothing, and values are never echoed."""

import io
import json
import tomllib
from xml.etree import ElementTree as Tree

import jsonschema
import pytest

from vidocq.cli.main import main
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.merging import keyed, listed
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.schema import assessment_schema
from vidocq.dossier.state import state

from made_points import made

FACTS = """
[system]
purpose = "triage of calls"
is_established_in_eu = true
operational_use = "single"
deployment_regimes = ["gdpr"]
[datasets.calls]
personal_data = true
special_categories = false
[models.triage]
reach = ["api"]
"""
POINTS = [
    made("F0.02", declaration=True, level="recommended"),
    made("F0.04", declaration=True),
    made("F7.04", "datasets.personal_data", per="datasets", measurements=["scan-identifiers"], declaration=True),
    made("F7.05", "datasets.special_categories", declaration=True),
    made("F7.06", "datasets.minors", declaration=True),
]


@pytest.fixture(autouse=True)
def _points(monkeypatch):
    for module in ("dossier_assess", "dossier_answer"):
        monkeypatch.setattr(f"vidocq.cli.{module}.referential", lambda: {one.id: one for one in POINTS})


@pytest.fixture
def url(tmp_path):
    (tmp_path / "facts.toml").write_text(FACTS, encoding="utf-8")
    url = f"sqlite:///{tmp_path}/dossier.db"
    assert main(["dossier", "init", "--from", str(tmp_path / "facts.toml"), "--dossier", url, "--quiet"]) == 0
    return url


def run(url, *argv):
    return main(["dossier", *argv, "--dossier", url])


def entries(url):
    with Ledger.open(url) as ledger:
        return ledger.entries()


def now(url):
    with Ledger.open(url) as ledger:
        return state(ledger)


class Typed(io.StringIO):
    def isatty(self):
        return True


def test_a_file_begins_with_a_dozen_questions(tmp_path, monkeypatch, capsys):
    answers = [
        "1",
        "oui",
        "non",
        "calls, letters",
        "oui",
        "SECRET",
        "inconnu",
        "1,moissonnage",
        "collected",
        "non",
        "",
        "",
        "",
    ]
    answers += ["n", "triage", "calls", "non"]
    monkeypatch.setattr("sys.stdin", Typed("\n".join([*answers, ""])))
    url = f"sqlite:///{tmp_path}/dossier.db"
    assert run(url, "init", "--yes", "--lang", "fr") == 0
    facts = now(url).facts
    assert (facts.system.sectors, facts.system.is_established_in_eu) == (("health",), True)
    assert (facts.system.is_general_purpose, facts.annotation.on_personal_data) == (False, False)
    calls, letters = facts.datasets
    assert (calls.id, calls.personal_data, calls.origins) == ("calls", True, ("collected", "scraping"))
    assert (calls.special_categories, calls.legal_basis) == (False, None)
    assert (letters.id, letters.personal_data, letters.origins) == ("letters", None, ("collected",))
    assert (facts.models[0].trained_on, facts.models[0].anonymity_claimed) == (("calls",), False)
    told = capsys.readouterr()
    assert "oui, non ou inconnu" in told.err
    assert "SECRET" not in told.err


def test_nobody_to_ask(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(f"sqlite:///{tmp_path}/dossier.db", "init") == 2
    assert "--template" in capsys.readouterr().err
    assert not (tmp_path / "dossier.db").exists()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_template_is_facts_once_uncommented(tmp_path, lang):
    path = tmp_path / "facts.toml"
    assert main(["dossier", "init", "--template", str(path), "--lang", lang, "--quiet"]) == 0
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    assert text.count("## * ") == 10  # the other two of the dozen ask which sets and models there are
    bare = "\n".join(line[2:] if line.startswith("# ") else line for line in text.split("\n")[3:])
    facts = read_facts(listed(keyed(tomllib.loads(bare), Facts), Facts))
    assert facts.datasets[0].scraping.deny_list is True
    assert facts.operations[0].parts[0].actor == "us"
    assert main(["dossier", "init", "--template", str(path), "--quiet"]) == 2


def test_questions_are_printed_and_nothing_made(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["dossier", "init", "--questions", "--lang", "en"]) == 0
    assert "datasets.ID.personal_data" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "value", "held"),
    [
        ("system.is_generative", "non", lambda facts: facts.system.is_generative is False),
        ("system.sectors", "health, other", lambda facts: facts.system.sectors == ("health", "other")),
        ("system.sectors", "none", lambda facts: facts.system.sectors == ()),
        ("datasets.calls.persons", "12 000", lambda facts: facts.datasets[0].persons == 12000),
        ("datasets.calls.scraping.deny_list", "yes", lambda facts: facts.datasets[0].scraping.deny_list is True),
        ("datasets.calls.retention_until", "2027-01-31", lambda facts: facts.datasets[0].retention_until.year == 2027),
        ("datasets.calls.personal_data", "unknown", lambda facts: facts.datasets[0].personal_data is None),
        ("datasets", "letters", lambda facts: [one.id for one in facts.datasets] == ["calls", "letters"]),
        ("datasets", "none", lambda facts: facts.datasets == ()),
        ("models.triage.differential_privacy_epsilon", "2,5",
         lambda facts: facts.models[0].differential_privacy_epsilon == 2.5),
        ("operations.t.parts.us.decides_means", "yes", lambda facts: facts.operations[0].parts[0].decides_means is True),
    ],
)  # fmt: skip
def test_one_fact(url, path, value, held):
    assert run(url, "fact", path, value, "--quiet") == 0
    facts = now(url).facts
    assert held(facts)
    assert facts.system.purpose == "triage of calls"


@pytest.mark.parametrize(
    "argv",
    [
        ["fact", "system.SECRET", "yes"],
        ["fact", "system", "SECRET"],
        ["fact", "datasets.calls", "SECRET"],
        ["fact", "datasets.calls.id", "SECRET"],
        ["fact", "datasets.a b.persons", "3"],
        ["fact", "system.is_generative", "SECRET"],
        ["fact", "system.sectors", "SECRET"],
        ["fact", "datasets.calls.persons", "SECRET"],
        ["fact", "datasets.calls.persons", "-4"],
        ["fact", "datasets.calls.retention_until", "SECRET"],
        ["fact", "datasets.calls.sha256", "SECRET"],
        ["fact", "system.purpose", "ask SECRET.name@example.org"],
        ["fact", "system.is_generative"],
        ["fact"],
        ["fact", "--from", "absent.toml"],
        ["answer", "F99.99", "satisfied", "--role", "DPO"],
        ["answer", "F0.02", "SECRET", "--role", "DPO"],
        ["answer", "F0.02", "satisfied"],
        ["answer", "F0.02", "satisfied", "--role", "DPO", "--note", "SECRET.name@example.org"],
        ["answer", "F0.02", "satisfied", "--role", "DPO", "--reason", "SECRET"],
        ["answer", "F0.02", "departed", "--reason", "SECRET"],
        ["answer", "F0.04", "departed", "--reason", "SECRET", "--substitute", "b", "--owner", "c"],
        ["answer", "F0.02", "departed", "--reason", "a", "--substitute", "b", "--owner", "c", "--note", "SECRET"],
        ["opinion", "dpo", "SECRET", "--reason", "a", "--role", "DPO"],
        ["opinion", "dpo", "against", "--role", "DPO"],
        ["opinion", "dpo", "against", "--role", "DPO", "--reason", "a", "--about", "models.SECRET"],
        ["answer", "F0.02", "satisfied", "--role", "DPO", "--about", "datasets.calls"],
        ["answer", "F7.04", "satisfied", "--role", "DPO", "--about", "datasets.SECRET"],
        ["answer", "F7.04", "satisfied", "--role", "DPO", "--about", "models.triage"],
        ["assess", "--fail-on", "SECRET"],
        ["assess", "--at", "SECRET"],
        ["status", "--at", "2026-13-01"],
        ["explain", "SECRET"],
    ],
)
def test_wrong_usage_changes_nothing_and_quotes_nothing(url, argv, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    before = entries(url)
    assert run(url, *argv) == 2
    told = capsys.readouterr()
    assert told.err
    assert "SECRET" not in told.err + told.out
    assert entries(url) == before


@pytest.mark.parametrize(
    "text", ["[system\nSECRET", "[system]\ntypo = 'SECRET'", "[system]\nis_generative = 'SECRET'", "datasets = 3", ""]
)
@pytest.mark.parametrize("command", ["init", "fact"])
def test_broken_toml_changes_nothing(url, tmp_path, text, command, capsys):
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    before = entries(url)
    code = run(url, command, "--from", str(path))
    told = capsys.readouterr().err
    assert "SECRET" not in told
    if text or command == "init":
        assert code == 2
        assert entries(url) == before


@pytest.mark.parametrize("command", [["status"], ["assess"], ["explain", "F0.02"], ["fact", "system.name", "x"]])
def test_a_file_that_is_not_there_is_not_made(tmp_path, command):
    assert run(f"sqlite:///{tmp_path}/none.db", *command) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_newer_file_is_an_error(url, capsys):
    with Ledger.open(url) as ledger:
        ledger.append("facts.stated", {"schema": 2, "facts": {"system": {"mood": "SECRET"}}})
    before = entries(url)
    for command in (["status"], ["assess"], ["explain", "F0.02"]):
        assert run(url, *command) == 2
        told = capsys.readouterr().err
        assert "plus récente" in told
        assert "SECRET" not in told
    assert entries(url) == before


def test_from_facts_to_an_assessment(url, tmp_path, capsys):
    path = tmp_path / "out" / "assessment.json"
    assert (
        run(url, "answer", "F0.02", "departed", "--reason", "small", "--substitute", "a look", "--owner", "CTO") == 0
    )
    assert run(url, "answer", "F0.04", "satisfied", "--role", "DPO", "--name", "Ada Lovelace") == 0
    capsys.readouterr()
    assert run(url, "assess", "--out", str(path.parent), "--lang", "en") == 3
    told = capsys.readouterr().out
    assert "vidocq scan" in told
    content = json.loads(path.read_bytes())
    jsonschema.Draft202012Validator(assessment_schema()).validate(content)
    assert {point["id"]: point["state"] for point in content["points"]} == {
        "F0.02": "DEPARTED",
        "F0.04": "SATISFIED",
        "F7.04": "NOT_MEASURED",
        "F7.05": "NOT_APPLICABLE",
        "F7.06": "INCONCLUSIVE",
    }
    assert "datasets.calls.minors" in [question["path"] for question in content["questions"]]
    assert "Ada" not in path.read_text(encoding="utf-8") + told
    again = tmp_path / "again.json"
    run(url, "assess", "--json", str(again), "--quiet")
    assert again.read_bytes() == path.read_bytes()


def test_exit_codes(url):
    assert run(url, "fact", "datasets.calls.minors", "no", "--quiet") == 0
    assert run(url, "fact", "datasets.calls.personal_data", "no", "--quiet") == 0
    assert run(url, "assess", "--quiet") == 0  # what is left is to judge
    assert run(url, "assess", "--quiet", "--fail-on", "to_judge") == 1
    assert run(url, "answer", "F0.02", "not-satisfied", "--role", "DPO", "--quiet") == 0
    assert run(url, "assess", "--quiet") == 0  # a recommendation
    assert run(url, "assess", "--quiet", "--fail-on", "not_satisfied") == 1
    assert run(url, "answer", "F0.04", "not-satisfied", "--role", "DPO", "--quiet") == 0
    assert run(url, "assess", "--quiet") == 1
    assert run(url, "assess", "--quiet", "--fail-on", "never") == 0
    assert run(url, "fact", "datasets.calls.minors", "unknown", "--quiet") == 0
    assert run(url, "assess", "--quiet") == 1  # wins over what is not settled
    assert run(url, "assess", "--quiet", "--fail-on", "inconclusive") == 3


def test_for_machines(url, tmp_path):
    run(url, "answer", "F0.04", "not-satisfied", "--role", "DPO", "--quiet")
    sarif, junit = tmp_path / "a.sarif", tmp_path / "a.xml"
    assert run(url, "assess", "--quiet", "--sarif", str(sarif), "--junit", str(junit), "--lang", "en") == 1
    log = json.loads(sarif.read_text(encoding="utf-8"))["runs"][0]
    levels = {result["partialFingerprints"]["vidocq/v1"]: result["level"] for result in log["results"]}
    assert levels == {
        "vidocq/point-not-satisfied:F0.04": "error",
        "vidocq/point-not-measured:F7.04": "note",
        "vidocq/point-inconclusive:F7.06": "note",
    }
    assert {result["ruleId"] for result in log["results"]} <= {rule["id"] for rule in log["tool"]["driver"]["rules"]}
    suite = Tree.fromstring(junit.read_text(encoding="utf-8").partition("\n")[2])  # noqa: S314
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "3")


def test_explained(url, capsys, tmp_path):
    assert run(url, "explain", "F7.05", "--lang", "en") == 0
    assert "sensitive data (set “calls”) = no" in capsys.readouterr().out
    assert run(url, "explain", "regime", "--lang", "en", "--json", str(tmp_path / "r.json")) == 0
    told = capsys.readouterr().out
    assert "GDPR" in told
    assert "regimes of deployment" in told
    assert json.loads((tmp_path / "r.json").read_text())[0]["value"] == "gdpr"


def test_status_now_and_before_there_was_anything(url, capsys):
    assert run(url, "opinion", "dpo", "with-reservations", "--reason", "retention", "--role", "DPO", "--quiet") == 0
    assert run(url, "status", "--lang", "en") == 0
    told = capsys.readouterr().out
    assert "1 opinion" in told
    assert entries(url)[-1].hash in told
    assert run(url, "status", "--at", "2020-01-01", "--lang", "en") == 0
    assert "0 fact(s)" in capsys.readouterr().out


def test_a_result_that_cannot_be_written_is_told(url, tmp_path, capsys):
    nowhere = str(tmp_path / "facts.toml" / "x.json")
    for argv in (["status"], ["explain", "F0.02"], ["fact", "system.name", "x"]):
        assert run(url, *argv, "--json", nowhere, "--quiet") == 3
        assert "ne peut pas être écrit" in capsys.readouterr().err
    assert run(url, "assess", "--json", nowhere, "--quiet") == 2
