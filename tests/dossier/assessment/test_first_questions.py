"""A dozen facts must be enough to see what applies."""

import datetime
import sys

import pytest

from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.choices import CHOICES
from vidocq.dossier.file.first import FIRST, first_slots
from vidocq.dossier.file.merging import keyed, listed, merge
from vidocq.dossier.file.valued import stating
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.state import State

TODAY = datetime.date(2026, 11, 25)
HOSPITAL = {
    "system.sectors": "health",
    "system.is_established_in_eu": "yes",
    "system.is_general_purpose": "no",
    "datasets": "visits",
    "datasets.visits.personal_data": "yes",
    "datasets.visits.origins": "own_reuse",
    "datasets.visits.special_categories": "yes",
    "datasets.visits.legal_basis": "public_task",
    "annotation.on_personal_data": "no",
    "models": "triage",
    "models.triage.trained_on": "visits",
    "models.triage.anonymity_claimed": "no",
}
CHATBOT = HOSPITAL | {
    "system.sectors": "other",
    "system.is_general_purpose": "yes",
    "datasets.visits.origins": "scraping, user_conversations",
    "datasets.visits.special_categories": "no",
    "datasets.visits.legal_basis": "legitimate_interest",
    "annotation.on_personal_data": "yes",
    "models.triage.anonymity_claimed": "yes",
}
NOTHING_PERSONAL = HOSPITAL | {"datasets.visits.personal_data": "no", "datasets.visits.special_categories": "no"}


def settled(answers):
    """Points of which it is known whether they apply."""
    content = {}
    slots = list(first_slots({"datasets": ["visits"], "models": ["triage"]}))
    assert {slot.path for slot in slots} == set(HOSPITAL)
    for slot in slots:
        if slot.path in answers:
            merge(content, keyed(stating(slot, answers[slot.path]), Facts))
    facts = read_facts(listed(content, Facts))
    found = assess(State(facts=facts), referential().values(), today=TODAY)
    return [one for one in found.points if not one.missing]


@pytest.mark.parametrize(
    ("name", "answers"), [("hospital", HOSPITAL), ("chatbot", CHATBOT), ("nothing personal", NOTHING_PERSONAL)]
)
def test_a_dozen_facts_settle_most_points(name, answers, capsys):
    assert len(FIRST) == 12
    before, after = len(settled({})), len(settled(answers))
    with capsys.disabled():
        sys.stdout.write(
            f"\n{name}: {len(FIRST)} answers settle whether {after} of {len(referential())} points apply; {before} do without\n"
        )
    assert after >= 0.65 * len(referential())
    assert after > 3 * before


def test_each_of_them_settles_something():
    """Without it, fewer points are settled for one of the three."""
    for path in HOSPITAL:
        if "." in path and path != "system.is_established_in_eu":  # lists are named; the other decides the regime
            assert any(
                len(settled({key: value for key, value in answers.items() if key != path})) < len(settled(answers))
                for answers in (HOSPITAL, CHATBOT, NOTHING_PERSONAL)
            ), path


def test_their_choices_are_shown_in_words():
    choices = {choice for slot in first_slots({"datasets": ["d"], "models": ["m"]}) for choice in slot.choices}
    assert choices == set(CHOICES)
    assert (
        len({words.fr for words in CHOICES.values()}) == len({words.en for words in CHOICES.values()}) == len(choices)
    )
