"""What is registered before the first question changes with all that decides what is asked and what counts."""

from dataclasses import replace

import pytest

from vidocq.audit.language.divergence import DivergenceOptions
from vidocq.audit.language.person_templates import Templates
from vidocq.audit.language.persons import PersonsOptions
from vidocq.audit.language.retrieval import RetrievalOptions
from vidocq.core.canonical import content_hash
from vidocq.core.text import Lang

OWN = Templates(templates=Templates.read().templates[:2])


@pytest.mark.parametrize(
    ("options", "other"),
    [
        (PersonsOptions(), {"queries": 3}),
        (PersonsOptions(), {"controls": 1}),
        (PersonsOptions(), {"form": "chat"}),
        (PersonsOptions(), {"system": "Soyez bref."}),
        (PersonsOptions(), {"langs": (Lang.en,)}),
        (PersonsOptions(), {"templates": OWN}),
        (DivergenceOptions(), {"queries": 3}),
        (DivergenceOptions(), {"at_least": 50}),
        (DivergenceOptions(), {"around": 4}),
        (DivergenceOptions(), {"openings": ("Fiche",)}),
        (DivergenceOptions(), {"langs": (Lang.en,)}),
        (DivergenceOptions(form="chat"), {"system": "Soyez bref."}),
        (RetrievalOptions(reader="a"), {"reader": "b"}),
        (RetrievalOptions(reader="a"), {"quoted": 3}),
        (RetrievalOptions(reader="a"), {"langs": (Lang.en,)}),
    ],
)
def test_a_change_is_told(options, other):
    first, second = options.described(), replace(options, **other).described()
    assert content_hash(first) == content_hash(options.described())
    assert content_hash(first) != content_hash(second)
