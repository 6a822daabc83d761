"""Every fixed word of the facts has words of its own in both languages, and is understood by them."""

import pytest

from vidocq.core.text import Text
from vidocq.dossier.assessment.said import said
from vidocq.dossier.facts import Facts
from vidocq.dossier.file.choices import CHOICES, OF_FACT, words_of
from vidocq.dossier.file.chosen import chosen_words
from vidocq.dossier.file.merging import group_of
from vidocq.dossier.file.valued import slot_at, stating


def slots(group=Facts, path=""):
    """Every fact with fixed words, one item standing for those of a list."""
    for name, field in group.model_fields.items():
        inner, is_list = group_of(group, name)
        if inner is not None:
            yield from slots(inner, f"{path}{name}.x." if is_list else f"{path}{name}.")
        elif field.json_schema_extra is not None:
            slot = slot_at(f"{path}{name}")
            if slot.choices:
                yield slot


SLOTS = list(slots())


def test_all_facts_with_fixed_words_are_looked_at():
    assert {
        "system.sectors",
        "datasets.x.information.told",
        "actors.x.transfer_tool",
        "models.x.indices.repetition",
    } <= {slot.path for slot in SLOTS}


@pytest.mark.parametrize("slot", SLOTS, ids=lambda slot: slot.path)
def test_each_choice_has_words_and_is_understood_by_them(slot):
    fact = slot.steps[-1]
    words = [words_of(choice, fact=fact) for choice in slot.choices]
    assert len({one.fr for one in words}) == len({one.en for one in words}) == len(slot.choices)
    for choice, shown in zip(slot.choices, words, strict=True):
        assert "_" not in shown.fr + shown.en
        for typed in (shown.fr, shown.en, choice):
            if slot.kind == "choices" and "," in typed:
                continue  # commas set several apart
            found = stating(slot, typed)
            for step in slot.steps:
                found = found[step]
            assert found in (choice, [choice]), typed


def test_no_words_are_kept_for_what_no_fact_takes():
    used = {(slot.steps[-1], choice) for slot in SLOTS for choice in slot.choices}
    assert {choice for fact, choice in used if fact not in OF_FACT} == set(CHOICES)
    for fact, words in OF_FACT.items():
        assert {choice for name, choice in used if name == fact} == set(words)


def test_choices_are_cited_in_words_and_nothing_else_is():
    used = {"datasets.d.origins": ["scraping", "third_party"], "system.name": "scraping", "models.m.reach": ["api"]}
    assert said(used).fr == (
        "origines (jeu « d ») = moissonnage + acquis auprès d'un tiers, nom du système = scraping, "
        "accès au modèle (modèle « m ») = API"
    )
    assert chosen_words("operations.o.kind", "host") == Text(fr="hébergement", en="hosting")
    assert chosen_words("actors.a.places", "host") == Text(fr="hébergeur", en="host")
    assert chosen_words("operations.o.kind", "training") is None
    names = [(slot.steps[0], slot.steps[-1]) for slot in SLOTS]
    assert len(names) == len(set(names))
