"""However a text is cut into pieces, what is let go of is the same, and nothing of a find is among it."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.guarding import Action, Hit, Surface
from vidocq.core.spans import Category
from vidocq.filters import held as module
from vidocq.filters.guard import Guard
from vidocq.filters.held import Held
from vidocq.filters.personal_data import PersonalData

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
        return [] if at < 0 else [Hit(at, at + len(word), "f", "k", Action.BLOCK)]

    return look


def test_what_is_blocked_ends_the_text_where_it_begins():
    held = Held(block_at("STOP"), lambda hit, _: "#", hold=64)
    assert held.add("a" * 300 + "STOP" + "b" * 300) + held.end() == "a" * 300
    assert held.blocked == Hit(300, 304, "f", "k", Action.BLOCK)
    assert held.add("more") == held.end() == ""


def test_a_find_that_reaches_the_end_of_a_window_is_waited_for():
    def look(window):
        at = window.find("<")
        end = window.find(">")
        return [] if at < 0 else [Hit(at, len(window) if end < 0 else end + 1, "f", "k", Action.MASK)]

    held = Held(look, lambda hit, _: "#", hold=64)
    text = "a" * 100 + "<" + "v" * 2000 + ">" + "b" * 100
    said = "".join(held.add(text[at : at + 9]) for at in range(0, len(text), 9)) + held.end()
    assert said == "a" * 100 + "#" + "b" * 100
    assert held.late == 0


def test_a_run_of_codes_that_never_ends_is_blocked(monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 4096)
    held = Held(lambda _: [], lambda hit, _: "#", hold=64)
    said = "".join(held.add("A1b2" * 8) for _ in range(400)) + held.end()
    assert said == ""
    assert held.blocked is not None


def test_memory_stays_bounded_over_a_long_text():
    held = GUARD.held(Surface.ANSWER)
    for _ in range(2000):
        held.add(PHRASES[1])
        assert len(held._text) < 2048
