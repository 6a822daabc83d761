"""However a text is cut into pieces, what is let go of is the same, and nothing of a find is among it."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.guarding import Action, Hit, Surface
from vidocq.core.spans import Category
from vidocq.filters import held as module
from vidocq.filters.guard import Guard
from vidocq.filters.held import Held, Looked
from vidocq.filters.personal_data import STRUCTURED, PersonalData

PHRASES = [
    "Le dossier sera examiné demain. ",
    "Il n'y a rien à faire de plus pour le moment, sinon attendre une réponse.\n",
    "See you there! ",
    "12 pages, 3 annexes ; ",
    "aGVsbG8gd29ybGQsIGhvdyBhcmUgeW91IHRvZGF5Pw== ",
    "x" * 70 + " ",
]
PLANTED = [
    "06 12 34 56 78",
    "jean.dupont@exemple.fr",
    "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
    "FR76 3000 6000 0112 3456 7890 189",
    "0\n6\n1\n2\n3\n4\n5\n6\n7\n8",
    "amVhbi5kdXBvbnRAZXhlbXBsZS5mcg==",
]
GUARD = Guard([PersonalData(dict.fromkeys((Category.EMAIL, Category.PHONE, Category.IBAN), Action.MASK))], hold=128)


def in_pieces(guard, text, sizes):
    held, let_go, at = guard.held(Surface.ANSWER), [], 0
    while at < len(text):
        size = next(sizes)
        let_go.append(held.add(text[at : at + size]))
        at += size
    return "".join([*let_go, held.end()]), held


@settings(deadline=None, max_examples=60)
@given(
    parts=st.lists(st.sampled_from([*PHRASES, *[f"{value} . " for value in PLANTED]]), min_size=1, max_size=14),
    seed=st.integers(0, 2**32),
)
def test_a_streamed_text_is_filtered_as_a_whole_one(parts, seed):
    text = "".join(parts)
    draw = random.Random(seed)
    sizes = iter(lambda: draw.choice([1, 1, 2, 3, 5, 17, 64, 300]), 0)
    streamed, held = in_pieces(GUARD, text, sizes)
    whole = GUARD.check(text, Surface.ANSWER)
    assert streamed == whole.text
    assert tuple(held.finds) == whole.finds


@pytest.mark.parametrize("value", PLANTED)
def test_no_cut_lets_anything_of_a_find_through(value):
    text = f"{PHRASES[0] * 8}Voici : {value} . {PHRASES[1] * 6}"
    for first in range(1, len(text), 3):
        streamed, _ = in_pieces(GUARD, text, iter([first, *[7] * len(text)]))
        bare = "".join(c for c in value if c.isalnum())
        said = "".join(c for c in streamed if c.isalnum())
        assert all(bare[at : at + 6] not in said for at in range(len(bare) - 5))


def test_clean_text_comes_out_as_it_went_in():
    text = PHRASES[0] * 3 + PHRASES[1] * 40
    assert GUARD.check(text, Surface.ANSWER) == type(GUARD.check("", Surface.ANSWER))(text, (), None)


def block_at(word):
    def look(window):
        at = window.find(word)
        return Looked([] if at < 0 else [Hit(at, at + len(word), "f", "k", Action.BLOCK)])

    return look


def test_what_is_blocked_ends_the_text_where_it_begins():
    held = Held(block_at("STOP"), lambda hit: "#", hold=64)
    assert held.add("a" * 300 + "STOP" + "b" * 300) + held.end() == "a" * 300
    assert held.blocked == Hit(300, 304, "f", "k", Action.BLOCK)
    assert held.add("more") == held.end() == ""


def test_a_find_that_reaches_the_end_of_a_window_is_waited_for():
    def look(window):
        at = window.find("<")
        end = window.find(">")
        return Looked([] if at < 0 else [Hit(at, len(window) if end < 0 else end + 1, "f", "k", Action.MASK)])

    held = Held(look, lambda hit: "#", hold=64)
    text = "a" * 100 + "<" + "v" * 2000 + ">" + "b" * 100
    said = "".join(held.add(text[at : at + 9]) for at in range(0, len(text), 9)) + held.end()
    assert said == "a" * 100 + "#" + "b" * 100
    assert not any(find.late for find in held.finds)


def test_a_run_of_codes_that_never_ends_is_blocked(monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 4096)
    held = Held(lambda _: Looked([]), lambda hit: "#", hold=64)
    said = "".join(held.add("A1b2" * 8) for _ in range(400)) + held.end()
    assert said == ""
    assert held.blocked is not None


LONG_ADDRESS = "jean.dupont.martin.et.fils@exemple-de-domaine.fr"
WIDE = [
    " ".join(f"{ord(c):08b}" for c in LONG_ADDRESS),
    "".join(f"&#{ord(c)};" for c in LONG_ADDRESS),
    "".join(f"\\u{ord(c):04x}" for c in LONG_ADDRESS),
]


@pytest.mark.parametrize("said", WIDE)
def test_a_value_said_in_many_characters_is_held_back_as_a_whole(said):
    guard = Guard([PersonalData(dict.fromkeys(STRUCTURED, Action.MASK))])
    for lead in range(0, 400, 29):
        text = f"{(PHRASES[0] * 20)[:lead]} ({said}). {PHRASES[1]}"
        streamed, held = in_pieces(guard, text, iter(lambda: 4, 0))
        assert held.finds
        assert not any(find.late for find in held.finds)
        assert said[:60] not in streamed


def test_of_a_find_wider_than_what_is_held_back_the_rest_is_written_over_and_it_is_told():
    def look(window):
        at, end = window.find("<"), window.find(">")
        return Looked([] if at < 0 or end < 0 else [Hit(at, end + 1, "f", "k", Action.MASK)])

    held = Held(look, lambda hit: "#", hold=64)
    text = "a" * 100 + "<" + "mots " * 30 + ">" + "b" * 100
    said = "".join(held.add(character) for character in text) + held.end()
    assert said.endswith("#" + "b" * 100)
    assert [find.late for find in held.finds] == [True]


def test_a_window_of_many_readings_is_followed_by_a_longer_step():
    sizes = []

    def look(window):
        sizes.append(len(window))
        return Looked([], read=200 * len(window))

    held = Held(look, lambda hit: "#")
    for _ in range(5000):
        held.add("mot ")
    assert sum(sizes) < 2 * 20_000


def test_a_long_run_of_codes_is_looked_through_a_few_times_only():
    seen = []

    def look(window):
        seen.append(len(window))
        return Looked([])

    held = Held(look, lambda hit: "#")
    text = "A1b2" * 5000 + " fin. " * 100
    said = "".join(held.add(text[at : at + 4]) for at in range(0, len(text), 4)) + held.end()
    assert said == text
    assert sum(seen) < 8 * len(text)


def test_memory_stays_bounded_over_a_long_text():
    held = GUARD.held(Surface.ANSWER)
    for _ in range(2000):
        held.add(PHRASES[1])
        assert len(held._text) < 2048
