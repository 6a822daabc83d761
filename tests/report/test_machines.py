"""What machines read: JUnit XML and SARIF, well formed whatever the words, and saying what the audit says."""

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from samples import SAMPLES, inconclusive, leak, minimal, no_leak, run

from vidocq.core.text import Lang
from vidocq.report.junit import junit_xml
from vidocq.report.sarif import sarif_log

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", SAMPLES)
def test_counts_are_those_of_the_cases(name, lang):
    suite = Tree.fromstring(junit_xml(SAMPLES[name](), name="audit.toml", lang=lang))  # noqa: S314 - our own page
    cases = suite.findall("testcase")
    assert suite.tag == "testsuite"
    assert int(suite.get("tests")) == len(cases) > 0
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))
    assert all(case.get("classname").startswith("vidocq.") and case.get("name") for case in cases)


@pytest.mark.parametrize(
    ("audit", "outcome"), [(leak(), "failure"), (no_leak(), "system-out"), (inconclusive(), "skipped")]
)
def test_a_verdict_fails_passes_or_is_skipped(audit, outcome):
    suite = Tree.fromstring(junit_xml(audit, name="audit.toml", lang=Lang.en))  # noqa: S314 - our own page
    (verdict,) = suite.findall("testcase[@classname='vidocq.verdict']")
    assert [child.tag for child in verdict] == [outcome]


def suite_of(audit, **more):
    return Tree.fromstring(junit_xml(audit, name="a.toml", lang=Lang.en, **more))  # noqa: S314 - our own page


@pytest.mark.parametrize(("direct", "outcome"), [(True, "failure"), (False, "system-out")])
def test_what_the_file_holds_is_a_case_of_its_own(direct, outcome):
    audit = minimal()
    found = {
        "id": "structure",
        "criterion": "singling_out",
        "quantity": {"fr": "part retrouvée", "en": "share found"},
        "estimate": {"value": 1.0, "low": 0.976, "high": 1.0, "level": 0.95, "n": 150},
        "control": {"value": 0.0, "low": 0.0, "high": 0.024, "level": 0.95, "n": 150},
        "p": 1e-9,
        "p_holm": 2e-9,
        "direct": direct,
    }
    audit["results"] = [found, found | {"quantity": {"fr": "indice", "en": "sign"}, "p": None, "p_holm": None}]
    (case,) = suite_of(audit).findall("testcase[@classname='vidocq.structure']")  # a sign is no test
    assert case.get("name") == "share found"
    assert [child.tag for child in case] == [outcome]
    assert "100.0" in case[0].text
    assert suite_of(audit).get("failures") == ("1" if direct else "0")


def test_what_was_not_measured_is_skipped_once_with_its_reason():
    audit = leak()
    (attack,) = [a for a in audit["attacks"] if a["id"] == "label-gap"]
    attack["measured"] = False
    for tested in attack["rates"]:
        tested["measured"] = False
    audit["not_measured"] = [
        {"id": name, "reason": {"fr": f"raison de {name}", "en": f"reason of {name}"}}
        for name in ("label-gap", "panel")
    ]
    skipped = {}
    for case in suite_of(audit).findall("testcase"):
        for mark in case.findall("skipped"):
            skipped.setdefault(mark.get("message"), []).append(case.get("classname"))
    assert skipped["reason of label-gap"] == ["vidocq.label-gap"]
    assert skipped["reason of panel"] == ["vidocq.not-measured"]


def test_when_it_ran_is_told_if_it_is_known():
    suite = suite_of(leak(), run=run())
    assert (suite.get("timestamp"), suite.get("time")) == ("2026-11-22T13:55:00", "609.20")
    assert suite_of(leak()).get("timestamp") is None
    assert suite_of(leak(), run={}).get("time") is None


def test_hostile_words_stay_words():
    audit = leak()
    audit["verdicts"][0]["reasons"] = [
        {"code": "x", "fr": "x", "en": ']]><testcase name="forged"/> \x00\x1b[31m & "'}
    ]
    text = junit_xml(audit, name='a"<b>\x00.toml', lang=Lang.en)
    suite = Tree.fromstring(text)  # noqa: S314 - our own page
    assert suite.get("name") == 'a"<b>.toml'
    assert not suite.findall("testcase[@name='forged']")
    assert "\x1b" not in text
    assert "\x1b" not in json.dumps(sarif_log(audit, uri="a.toml", lang=Lang.en), ensure_ascii=False)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sarif_log_has_what_the_standard_requires(name):
    log = sarif_log(SAMPLES[name](), uri="audit.toml", lang=Lang.fr)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert run["tool"]["driver"]["name"] == "Vidocq"
    assert run["results"]
    for result in run["results"]:
        assert result["ruleId"] in rules
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "audit.toml"
    prints = [result["partialFingerprints"]["vidocq/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    assert not any("None" in mark for mark in prints)


def test_levels_follow_the_verdict():
    levels = [
        sarif_log(a, uri="a", lang=Lang.en)["runs"][0]["results"][0]["level"]
        for a in (leak(), inconclusive(), no_leak())
    ]
    assert levels == ["error", "warning", "note"]


def test_the_workflow_uses_options_that_exist_and_uploads_nothing_personal():
    import typer.main

    from vidocq.audit.outputs import PERSONAL
    from vidocq.cli.main import app
    from vidocq.cli.on_demand import all_commands

    text = (ROOT / "examples" / "ci" / "vidocq.yml").read_text(encoding="utf-8")
    commands = all_commands(typer.main.get_command(app))
    used = re.findall(r"vidocq (audit|purge) ([^\n]+)", text)
    assert [name for name, _ in used] == ["audit", "purge"]
    for name, rest in used:
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known
    uploaded = text[text.index("upload-artifact") :]
    assert not any(name in uploaded for name in PERSONAL)
    assert text.index("vidocq purge") < text.index("upload-artifact")


def test_the_workflow_starts_no_ledger_unasked_and_shows_only_what_is_there():
    text = (ROOT / "examples" / "ci" / "vidocq.yml").read_text(encoding="utf-8")
    steps = text[text.index("    steps:") :].split("\n      - ")
    (saved,) = [step for step in steps if "cache/save" in step]
    assert "github.ref_name == github.event.repository.default_branch" in saved  # a pull request's cache is its own
    assert "env.LEDGER == ''" in saved
    (shown,) = [step for step in steps if "upload-sarif" in step]
    assert "hashFiles('audit/vidocq.sarif') != ''" in shown
    assert "head.repo.full_name == github.repository" in shown
    verified = [n for n, step in enumerate(steps) if "vidocq dossier verify" in step]
    audited = next(n for n, step in enumerate(steps) if "vidocq audit" in step)
    assert verified[0] < audited < verified[-1]
    assert "!inputs.new_ledger" in steps[verified[0]]
