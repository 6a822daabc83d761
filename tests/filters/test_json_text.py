"""What is masked in JSON leaves JSON, streamed or whole, and nothing of a find."""

import json
import random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from vidocq.core.guarding import Action, Hit, Surface
from vidocq.core.spans import Category
from vidocq.filters.guard import Guard
from vidocq.filters.held import Held, Looked
from vidocq.filters.json_text import JsonText
from vidocq.filters.personal_data import PersonalData

GUARD = Guard(
    [PersonalData(dict.fromkeys((Category.EMAIL, Category.PHONE, Category.IBAN, Category.NIR), Action.MASK))],
    hold=128,
)
VALUES = [
    "06 12 34 56 78",
    33612345678,
    "jean.dupont@exemple.fr",
    ["jean.dupont", "@", "exemple.fr"],
    [0, 6, 1, 2, 3, 4, 5, 6, 7, 8],
    {"part": "06 12 34", "rest": "56 78"},
    'il dit "06 12 34 56 78" \\ \n é',
    "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
    "amVhbi5kdXBvbnRAZXhlbXBsZS5mcg==",
]
PLAIN = [None, True, 1.5, -2, "rien à signaler", "", [], {}, "x" * 300, "é\u2028\\", [1, 2, [3]]]
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
documents = st.recursive(
    st.sampled_from([*VALUES, *PLAIN]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["téléphone", "a", 'q"', "note"]), inner, max_size=4)
    ),
    max_leaves=20,
)


def streamed(text, seed):
    draw = random.Random(seed)
    held, said, at = GUARD.held(Surface.ARGUMENTS), [], 0
    while at < len(text):
        size = draw.choice([1, 2, 3, 7, 50])
        said.append(held.add(text[at : at + size]))
        at += size
    return "".join([*said, held.end()])


@settings(deadline=None, max_examples=25, phases=QUICK)
@given(content=documents, is_ascii=st.booleans(), indent=st.sampled_from([None, 2]), seed=st.integers(0, 2**32))
def test_json_stays_json(content, is_ascii, indent, seed):
    text = json.dumps(content, ensure_ascii=is_ascii, indent=indent)
    checked = GUARD.check(text, Surface.ARGUMENTS)
    assert streamed(text, seed) == checked.text
    if checked.blocked is not None:  # coded values in coded values: more readings than may be made
        return
    json.loads(checked.text)
    if not checked.finds:
        assert checked.text == text


@settings(deadline=None, max_examples=200, phases=QUICK)
@given(content=documents, is_ascii=st.booleans(), places=st.lists(st.tuples(st.integers(0, 400), st.integers(1, 90))))
def test_wherever_a_find_lies_json_stays_json(content, is_ascii, places):
    """Finds at any place, across strings, numbers and structure."""
    text = json.dumps({"v": content}, ensure_ascii=is_ascii)
    hits = [Hit(at, min(at + size, len(text)), "f", "k", Action.MASK) for at, size in places if at < len(text)]
    held = Held(lambda window: Looked(hits), lambda hit: "[mask]", JsonText(), hold=1024)
    said = held.add(text) + held.end()
    json.loads(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"phone": 33612345678}', '{"phone": "[téléphone]"}'),
        ('{"phone": "+33 6 12 34 56 78", "n": 3}', '{"phone": "[téléphone]", "n": 3}'),
        ('{"mail":"jean.dupont@exemple.fr"}', '{"mail":"[adresse électronique]"}'),
        (r'{"mail":"\u006aean.dupont@exemple.fr"}', '{"mail":"[adresse électronique]"}'),
        ("+33 6 12 34 56 78 {", "[téléphone] {"),
    ],
)
def test_values_give_way_to_strings(text, said):
    assert GUARD.check(text, Surface.ARGUMENTS).text == said


def test_an_answer_that_is_a_sentence_is_masked_as_one():
    said = GUARD.check("[1] Son numéro : +33 6 12 34 56 78.", Surface.ANSWER).text
    assert said == "[1] Son numéro : [téléphone]."
