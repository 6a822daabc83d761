"""The scale of risk: each fact counts for one, a missing one lowers nothing for good, and heavier levels propose more."""

import pytest
from hypothesis import HealthCheck, given, settings

from vidocq.cli.main import main
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.risk import COUNTS, RiskLevel, risk

from made_facts import facts

SET = {"id": "a", "personal_data": True}


def of(system=None, impact=None, model=None, **dataset):
    content = {"system": system or {}, "impact": impact or {}, "datasets": [{**SET, **dataset}]}
    return risk(read_facts({**content, "models": [{"id": "m", **(model or {})}]}))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("sensitive", {"special_categories": True}),
        ("sensitive", {"offences": True}),
        ("vulnerable", {"minors": True}),
        ("many", {"persons": 100_000}),
        ("many", {"impact": {"large_scale": True}}),
        ("unexpected", {"origins": ["scraping"]}),
        ("stakes", {"system": {"ai_act_class": "high_risk"}}),
        ("generative", {"model": {"is_generative": True}}),
        ("reach", {"model": {"exposed_to_third_parties": True}}),
        ("vulnerability", {"model": {"vulnerability": {"is_known": True}}}),
    ],
)
def test_each_fact_counts_for_one(name, given):
    assert of(**given).counts == (name,)
    assert of(**given).level is RiskLevel.RAISED


def test_every_fact_of_the_scale_is_tested():
    assert of(persons=99_999).counts == ()
    assert len(COUNTS) == 8


@pytest.mark.parametrize(
    ("count", "level", "suite", "others"),
    [
        (0, RiskLevel.LOW, "suite-quick", set()),
        (2, RiskLevel.RAISED, "suite-standard", set()),
        (3, RiskLevel.HIGH, "suite-thorough", {"dpia", "ethics"}),
        (5, RiskLevel.VERY_HIGH, "suite-thorough", {"dpia", "ethics", "third-party"}),
    ],
)
def test_levels_and_what_they_propose(count, level, suite, others):
    raising = [
        {"minors": True},
        {"persons": 10**6},
        {"origins": ["scraping"]},
        {"special_categories": True},
        {"system": {"has_high_stakes": True}},
    ]
    found = of(**{key: value for one in raising[:count] for key, value in one.items()})
    assert found.level is level
    assert {measure.id for measure in found.measures} == {suite, *others}


def test_sensitive_data_in_open_weights_is_very_high():
    assert of(special_categories=True, model={"open_weights": True}).level is RiskLevel.VERY_HIGH
    assert of(special_categories=False, model={"open_weights": True}).level is RiskLevel.RAISED


def test_nothing_known_is_at_least_low():
    found = risk(Facts())
    assert found.level is RiskLevel.LOW
    assert found.is_least


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts())
def test_no_facts_break_it(facts):
    found = risk(facts)
    assert set(found.counts) <= set(COUNTS)
    assert found.measures
    assert not set(found.used) & set(found.missing)


def test_the_command(tmp_path, capsys):
    url = f"sqlite:///{tmp_path}/dossier.db"
    content = tmp_path / "facts.toml"
    content.write_text("[datasets.a]\npersonal_data = true\nminors = true\n", encoding="utf-8")
    assert main(["dossier", "init", "--from", str(content), "--dossier", url, "--quiet"]) == 0
    assert main(["dossier", "explain", "risk", "--dossier", url, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "> 2." in out
    assert "suite “standard”" in out
