"""The overview shows what was tested, what failed to speak, and what nobody tested."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


from samples import deployed, leak, no_leak

from vidocq.attacks.catalogue import ATTACKS, ON_LANGUAGE
from vidocq.core.access import Access
from vidocq.core.text import Lang
from vidocq.report.matrix import matrix
from vidocq.report.typography import plain, polished


def cells(audit, head, lang=Lang.en):
    table = matrix(audit, lang)
    names = [column.name for column in table.columns[1:]]
    (row,) = next(group.rows for group in table.groups if group.head == head)
    return dict(zip(names, row, strict=True))


def test_an_attack_that_ran_tells_its_largest_bound_and_nothing_of_other_criteria():
    audit = leak()
    lira = next(a for a in audit["attacks"] if a["id"] == "lira")
    highest = max(r["risk"]["high"] for r in lira["rates"])
    told = cells(audit, lira["title"]["en"])
    assert told["Singling out"].startswith("risk at most ")
    assert f"{100 * highest:.0f}"[:1] in told["Singling out"]
    assert {told[c] for c in ("Linkability", "Inference", "Extraction")} == {"–"}


def test_baselines_are_not_shown_as_protection():
    heads = {group.head for group in matrix(leak(), Lang.en).groups}
    assert not heads & {kind.card.title.en for kind in ATTACKS if kind.card.baseline}


def test_each_attack_of_the_catalogue_has_its_row_whatever_the_suite():
    audit = leak()
    audit["attacks"] = [a for a in audit["attacks"] if a["id"] == "lira"]
    for card in (kind.card for kind in ATTACKS if Access.LOGPROBS not in kind.card.needs):
        if not card.baseline and card.id != "lira":
            assert cells(audit, plain(polished(card.title.en, Lang.en)))["Singling out"] == "not tested"


def test_a_language_model_has_the_rows_of_the_attacks_on_it():
    heads = [group.head for group in matrix(deployed(), Lang.en).groups]
    shared = {"rmia", "lira-offline", "lira"}
    on_text = {kind.card.id for kind in ON_LANGUAGE}
    for card in (kind.card for kind in (*ATTACKS, *ON_LANGUAGE)):
        reads = card.id in shared | on_text or Access.LOGPROBS in card.needs
        assert (plain(polished(card.title.en, Lang.en)) in heads) is (reads and not card.baseline)
    assert "Linking of records" not in heads


def test_an_attack_that_could_not_speak_is_not_measured():
    audit = no_leak()
    lira = next(a for a in audit["attacks"] if a["id"] == "lira")
    lira["measured"] = False
    assert cells(audit, lira["title"]["en"])["Singling out"] == "not measured"


@pytest.mark.parametrize(
    ("head", "criterion"),
    [
        ("Attribute inference", "Inference"),
        ("Linking of records", "Linkability"),
        ("Labels only, by changing the record", "Singling out"),
    ],
)
def test_what_nobody_tested_is_an_open_cell(head, criterion):
    assert cells(leak(), head)[criterion] == "not tested"


def test_direct_evidence_stands_out():
    audit = leak()
    audit["results"] = [
        {"id": "structure", "criterion": "singling_out", "direct": True},
        {"id": "structure", "criterion": "inference", "direct": False},
    ]
    told = cells(audit, "Reading the model's file, no query")
    assert told["Singling out"] == "direct evidence (1 figure below)"
    assert told["Inference"] == "measured (1 figure below)"
    audit["results"] *= 2
    told = cells(audit, "Lecture du fichier du modèle, sans requête", Lang.fr)
    assert told["Individualisation"] == "preuve directe (2 chiffres, plus bas)"
