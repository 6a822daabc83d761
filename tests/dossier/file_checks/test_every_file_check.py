"""What holds for every check of the file: it never raises, never guesses, and its reason is whole in both languages."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidocq.core.status import Status
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file_checks.card import File
from vidocq.dossier.file_checks.catalogue import FILE_CHECKS, pieces_of_file
from vidocq.dossier.rules.catalogue import decide_all

from made_facts import evidence, facts, without

THOROUGH = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
each_check = pytest.mark.parametrize("check", FILE_CHECKS.defaults(), ids=lambda check: check.card.id)
TODAY = datetime.date(2026, 11, 25)


def file_of(facts, evidence=None, today=TODAY):
    known = evidence or Evidence()
    return File(facts=facts, evidence=known, decisions=decide_all(facts, known), today=today)


@each_check
def test_its_card_says_what_it_compares(check):
    card = check.card
    assert card.id.startswith("file-")
    assert all(text.fr and text.en for text in (card.title, card.compares, card.limits))


@each_check
def test_nothing_known_satisfies_nothing(check):
    assert all(one.status is not Status.SATISFIED for one in check.look(file_of(Facts())))


@THOROUGH
@given(facts=facts(), evidence=evidence(), today=st.dates())
def test_no_facts_break_a_check(facts, evidence, today):
    file = file_of(facts, evidence, today)
    for check in FILE_CHECKS.defaults():
        found = list(check.look(file))
        assert found == list(check.look(file))
        for one in found:
            assert one.reason.fr
            assert one.reason.en
            assert "{" not in one.reason.fr + one.reason.en


@THOROUGH
@given(facts=facts(), evidence=evidence())
def test_a_fact_taken_away_never_makes_it_satisfied(facts, evidence):
    content = facts.model_dump(mode="json", exclude_none=True)
    before = {(one.measurement, one.subject): one for one in pieces_of_file(file_of(facts, evidence))}
    decisions = decide_all(facts, evidence)
    contradicting = {path for one in decisions for path in one.contradicting}
    paths = {path for one in decisions for path in one.used if path.partition(".")[0] in content} - contradicting
    for path in sorted(paths)[:15]:
        poorer = read_facts(without(content, path))
        for one in pieces_of_file(file_of(poorer, evidence)):
            was = before.get((one.measurement, one.subject))
            if was is not None and one.status is Status.SATISFIED:
                assert was.status is Status.SATISFIED, f"{one.measurement} without {path}"
