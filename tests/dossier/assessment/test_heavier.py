"""What the level of risk proposes stands among the next steps until the file shows it."""

import datetime

from vidocq.core.status import Status
from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.opining import Opinion
from vidocq.dossier.schema import require_valid_assessment
from vidocq.dossier.state import State

TODAY = datetime.date(2026, 11, 25)
HIGH = {
    "datasets": [{"id": "a", "personal_data": True, "minors": True, "persons": 10**6, "origins": ["scraping"]}],
    "models": [{"id": "m"}],
}


def proposed(suite="", opinions=(), facts=HIGH):
    audit = Piece(measurement="audit", subject="models.m", status=Status.SATISFIED, suite=suite)
    state = State(facts=read_facts(facts), evidence=Evidence((audit,) if suite else ()), opinions=opinions)
    result = assess(state, [], today=TODAY)
    require_valid_assessment(result.to_dict())
    return " ".join(step.what.en for step in result.next)


def test_a_high_risk_proposes_more():
    assert "suite “thorough”" in proposed()
    assert "ethics" in proposed()


def test_what_was_done_is_not_proposed_again():
    ethics = Opinion(of="ethics", stance="in_favour", reason="r", role="committee")
    assert "suite" not in proposed(suite="thorough 1")
    assert "suite “thorough”" in proposed(suite="quick 1")
    assert "ethics" not in proposed(opinions=(ethics,))


def test_no_fact_that_raises_it_proposes_nothing_heavy():
    words = proposed(facts={"models": [{"id": "m"}]})
    assert "suite “quick”" in words
    assert "ethics" not in words
