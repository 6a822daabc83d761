"""Citations as a French reader writes them; English is left as it is."""

import re

import pytest

from vidocq.core.text import Lang
from vidocq.dossier.rules.catalogue import RULES
from vidocq.report.words.citation import citation


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("GDPR, art. 6(1)(f); CNIL, AI how-to sheets 8 and 8bis (June 2025)", "RGPD, art. 6.1.f; CNIL, fiches IA 8 et 8bis (juin 2025)"),
        ("GDPR, art. 44 to 49; CJEU, C-311/18", "RGPD, art. 44 à 49; CJUE, C-311/18"),
        ("EDPB, Opinion 28/2024", "CEPD, avis 28/2024"),
    ],
)  # fmt: skip
def test_citation(english, french):
    assert citation(english, Lang.fr) == french
    assert citation(english, Lang.en) == english


@pytest.mark.parametrize("rule", RULES.defaults(), ids=lambda rule: rule.card.id)
def test_no_english_is_left_in_the_source_of_a_rule(rule):
    assert not re.search(r"GDPR|EDPB|CJEU|sheet|Opinion|Guidelines| and |\d\(", citation(rule.card.source, Lang.fr))
