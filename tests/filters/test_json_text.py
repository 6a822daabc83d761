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
from vidocq.filters.policy import PersonalDataSection

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


WHOLE = [
    "06 12 34 56 78",
    "+33612345678",
    "jean.dupont@exemple.fr",
    "FR76 3000 6000 0112 3456 7890 189",
    "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
    "jean point dupont arobase exemple point fr",
    "amVhbi5kdXBvbnRAZXhlbXBsZS5mcg==",
]
OTHER = [
    None,
    True,
    1,
    42,
    2.5,
    "Bonjour",
    "OK",
    "75002",
    "a_b",
    "le 3 mai",
    "fr",
    "é\u2028\\",
    "",
    "x" * 300,
    ["a", 2],
    {"b": "c"},
]
NAMES = ["to", "body", "id", "téléphone", 'q"', "n", "note", "zip"]


@settings(deadline=None, max_examples=60, phases=QUICK)
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True),
    draw=st.randoms(use_true_random=False),
    is_ascii=st.booleans(),
    shape=st.sampled_from([(None, (",", ":")), (None, (", ", ": ")), (2, None)]),
)
def test_the_other_fields_stay_wherever_a_stream_is_cut(names, draw, is_ascii, shape):
    content = {name: draw.choice(WHOLE if draw.random() < 0.3 else OTHER) for name in names}
    text = json.dumps(content, ensure_ascii=is_ascii, indent=shape[0], separators=shape[1])
    said = streamed(text, draw.randrange(1 << 32))
    assert said == GUARD.check(text, Surface.ARGUMENTS).text
    if GUARD.check(text, Surface.ARGUMENTS).blocked is not None:  # more readings than may be made
        return
    kept = json.loads(said)
    assert list(kept) == names
    for name, value in content.items():
        assert (kept[name] == value) == (value not in WHOLE)


@settings(deadline=None, max_examples=200, phases=QUICK)
@given(
    values=st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8),
    places=st.lists(st.tuples(st.integers(0, 400), st.integers(1, 90)), max_size=4),
    size=st.integers(1, 400),
)
def test_what_no_find_touches_stays_under_its_name(values, places, size):
    """Finds at any place; a name goes only where a find begins in a name, or ends in one."""
    fields = [(f"name{at}", json.dumps(f"name{at}"), json.dumps(value)) for at, value in enumerate(values)]
    text, where = "{", {}
    for name, written, value in fields:
        text += ", " * (len(text) > 1)
        where[name] = (len(text), len(text) + len(written), len(text) + len(written) + 2 + len(value))
        text += f"{written}: {value}"
    text += "}"
    hits, reached = [], 0
    for at, wide in sorted(places):
        if reached <= at < len(text):
            reached = min(at + wide, len(text))
            hits.append(Hit(at, reached, "f", "k", Action.MASK))

    def look(window):
        return Looked(hits if len(window) == len(text) else [])

    held, said = Held(look, lambda hit: "[mask]", JsonText(), hold=1 << 13), []
    said = [held.add(text[at : at + size]) for at in range(0, len(text), size)]
    kept = json.loads("".join(said) + held.end())
    assert len(kept) == len(values)
    for (name, _, _), value in zip(fields, values, strict=True):
        start, _, end = where[name]
        if not any(hit.start < end and hit.end > start for hit in hits):
            assert kept[name] == value
        if not any(_ends_in_name(text[hit.start : hit.end], hit.start, where.values()) for hit in hits):
            assert name in kept


def _ends_in_name(found, at, where):
    """Whether what is found begins or ends with a part of a name, signs aside."""
    said = [place for place, character in enumerate(found, at) if character.isalnum()]
    return bool(said) and any(start <= place < middle for start, middle, _ in where for place in (said[0], said[-1]))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"note":"x","jean.dupont@exemple.fr":2}', '{"note":"x","[adresse électronique]":2}'),
        (
            '{"jean.dupont@exemple.fr":1,"anne.martin@exemple.fr":2}',
            '{"[adresse électronique]":1,"[adresse électronique] 2":2}',
        ),
        ('{"a": "06 12 34", "b": "56 78", "n": 1}', '{"a": "[téléphone]", "b": "", "n": 1}'),
        ('["jean.dupont@exemple.fr", "Bonjour"]', '["[adresse électronique]", "Bonjour"]'),
        (
            '{"body": "Bonjour", "to": "jean.dupont@exemple.fr"}',
            '{"body": "Bonjour", "to": "[adresse électronique]"}',
        ),
    ],
)
def test_a_name_goes_only_where_it_holds_the_find(text, said):
    assert GUARD.check(text, Surface.ARGUMENTS).text == said


def test_a_first_name_in_one_piece_of_an_address_does_not_keep_the_rest():
    guard = Guard([PersonalDataSection(kind="personal-data").made(None)])
    said = guard.check('["karim", ".delmar", "re@uni", "versite-", "exemple.fr"]', Surface.ARGUMENTS).text
    assert said == '["[adresse électronique]", "", "", "", ""]'


def test_json_among_other_text_keeps_its_fields_too():
    text = 'Voici :\n```json\n{"to": "jean.dupont@exemple.fr", "body": "Bonjour"}\n```\n'
    said = GUARD.check(text, Surface.ANSWER).text
    assert said == text.replace("jean.dupont@exemple.fr", "[adresse électronique]")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("06 12 34 56 78", "[téléphone]"),
        ("+33 6 12 34 56 78 demain", "[téléphone] demain"),
        ('"Allô", 06 12 34 56 78', '"Allô", [téléphone]'),
        ("[06 12 34 56 78]", "[[téléphone]]"),
        ('"06 12 34 56 78"', '"[téléphone]"'),
        ("33612345678", '"[téléphone]"'),
        ('{"a": 1}\nou 06 12 34 56 78, merci', '{"a": 1}\nou [téléphone], merci'),
    ],
)
def test_free_text_for_a_tool_is_no_json(text, said):
    assert GUARD.check(text, Surface.ARGUMENTS).text == said


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


def test_finds_beside_each_other_stay_apart_and_so_does_what_follows():
    guard = Guard([PersonalDataSection(kind="personal-data", action=Action.REPLACE).made(None)])
    text = "Appelez le 06 12 34 56 78, jean.dupont@exemple.fr, merci"
    assert guard.check(text, Surface.ANSWER).text == "Appelez le 01 99 00 00 00, personne@exemple.invalid, merci"
    split = "jean.dup, ont@exemple.fr"
    assert "jean" not in guard.check(f"Voici : {split}", Surface.ANSWER).text
