"""Readers meet names, never paths or ids; every question says by itself what it is about."""

import datetime
import re

import pytest
from hypothesis import HealthCheck, given, settings

from vidocq.core.text import Lang
from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.assessment.said import said
from vidocq.dossier.calendar import build_calendar
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.asked import question
from vidocq.dossier.facts.names import ITEMS, asked_of, fact_name, item_name, name_in
from vidocq.dossier.file.merging import group_of
from vidocq.dossier.measurements import measurements
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.rules.catalogue import RULES
from vidocq.dossier.state import State
from vidocq.report.assessment import explained_point
from vidocq.report.decided import explained_rule
from vidocq.report.typed import command_in

from made_facts import evidence, facts

TODAY = datetime.date(2026, 11, 25)
LISTS = tuple(name for name in Facts.model_fields if group_of(Facts, name)[1])


def every_fact(group=Facts, path="", plain=""):
    """Path with an item "x" for each list, path without items, and field of every fact."""
    for name, field in group.model_fields.items():
        inner, is_list = group_of(group, name)
        if inner is not None:
            yield from every_fact(inner, f"{path}{name}.x." if is_list else f"{path}{name}.", f"{plain}{name}.")
        elif field.json_schema_extra is not None:
            yield f"{path}{name}", f"{plain}{name}", field


FACTS = list(every_fact())


@pytest.mark.parametrize(("path", "plain"), [(path, plain) for path, plain, _ in FACTS])
def test_every_fact_has_a_name(path, plain):
    group, _, name = plain.partition(".")
    own = name_in(group, name)
    for words, whole in ((own.fr, fact_name(path).fr), (own.en, fact_name(path).en)):
        assert words
        assert words != plain
        assert whole.startswith(words)
        assert ("x" in whole.removeprefix(words)) is (group in ITEMS)
        assert "." not in whole.replace("35.3", "")


def test_no_two_facts_of_a_group_have_the_same_name():
    names = [(plain.partition(".")[0], name_in(*plain.split(".", 1)).fr) for _, plain, _ in FACTS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", LISTS)
def test_lists_and_items_have_names(path):
    assert "« a »" in item_name(f"{path}.a").fr
    assert fact_name(path).fr != path


PRONOUN = re.compile(r"^(Is|Was|Does|Do|Did|Has|Have|Are|Were|Can|Will) (it|they)\b|\b(its|it|them|there)\b", re.I)
PRONOM = re.compile(r"^\S+-(il|elle|ils|elles)\b|^(Ses?|Son|Leurs?)\b")
ANSWERS_ITSELF = {"system.is_generative"}


@pytest.mark.parametrize(("path", "field"), [(path, field) for path, _, field in FACTS])
def test_a_question_stands_by_itself(path, field):
    """One about an item names it first; no other has a pronoun that stands for something said before."""
    asked = asked_of(path.rpartition(".")[0], question(field))
    for words in (asked.fr, asked.en):
        assert words.rstrip().endswith("?"), words
        assert len(words) > 15
    if path.partition(".")[0] in ITEMS:
        assert "« x »" in asked.fr.partition(" : ")[0]
        assert "“x”" in asked.en.partition(": ")[0]
    elif path not in ANSWERS_ITSELF:
        assert not PRONOM.search(asked.fr), asked.fr
        assert not PRONOUN.search(asked.en), asked.en


GROUPS = "|".join(Facts.model_fields)
PATH = re.compile(rf"\b({GROUPS}|rule|evidence)\.[a-z]")
IDS = re.compile(rf"\b({'|'.join(name for name in measurements() if '-' in name)})\b")


def unreadable(text):
    return PATH.search(text) or IDS.search(text)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts(), evidence=evidence())
def test_no_sentence_shows_a_path_or_an_id(facts, evidence):
    assessed = assess(State(facts=facts, evidence=evidence), referential().values(), today=TODAY)
    told = [words for one in assessed.decisions for words in (*one.reasons, *one.missing.values())]
    told += [
        words
        for one in assessed.points
        for each in one.standings
        for words in (*each.reasons, *each.missing.values())
    ]
    told += [step.what for step in assessed.next] + [one.words for one in assessed.questions]
    told += [said(one.used, at_most=99) for one in assessed.decisions]
    told += [event.what for event in build_calendar(assessed.state, assessed.decisions, now=TODAY).events]
    for words in set(told):
        assert not unreadable(words.fr), words.fr
        assert not unreadable(words.en), words.en


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts(), evidence=evidence())
def test_what_explain_prints_shows_a_path_only_where_one_types_it(facts, evidence):
    assessed = assess(State(facts=facts, evidence=evidence), referential().values(), today=TODAY)
    pages = [explained_point(assessed, name, lang=Lang.fr) for name in ("F0.01", "F4.1.06", "F5.02", "F13.02")]
    pages += [explained_rule(RULES[name].card, [one for one in assessed.decisions if one.rule == name], lang=Lang.fr)
              for name in RULES.ids()]  # fmt: skip
    for page in pages:
        for line in page.split("\n"):
            assert not unreadable(line.partition(" → ")[0]), line


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("vidocq dossier fact datasets.a.minors VALUE", "vidocq dossier fact datasets.a.minors VALEUR"),
        ("vidocq dossier answer F1.01 ANSWER --role ROLE", "vidocq dossier answer F1.01 RÉPONSE --role RÔLE"),
        ("vidocq scan PATH --dossier URL --dataset ID", "vidocq scan CHEMIN --dossier URL --dataset IDENTIFIANT"),
        ("vidocq audit CONFIG.toml", "vidocq audit CONFIG.toml"),
        ("vidocq dossier fact datasets.ID.minors VALUE", "vidocq dossier fact datasets.ID.minors VALEUR"),
    ],
)
def test_what_is_to_be_filled_in_is_told_in_the_readers_language(command, told):
    assert command_in(command, Lang.fr) == told
    assert command_in(command, Lang.en) == command
