"""One spelling for what says the same, with the way back to the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.measure.overlap.spelling import APART, places, spelt, spelt_apart

ANY = st.text(max_size=30) | st.text(alphabet="aB é\u0301\u00a0 \n’«ﬁß\u200b½\ud800İ", max_size=60)


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("L’ÉTÉ\u00a0: «\u202fÀ\u00a0bientôt\u202f»", 'l\'ete : " a bientot "'),
        ("E\u0301cole\r\n\t  ouverte", "ecole ouverte"),
        ("co\u00adopé\u200bration", "cooperation"),
        ("ﬁn — 2½ £ … ₂", "fin - 21⁄2 £ ... 2"),
        ("Straße ΑΒΓ Ωμέγα 日本", "strasse αβγ ωμεγα 日本"),
        ("\ud800", "\ufffd"),
        ("a\x1eb\x00c", "a b c"),
    ],
)
def test_the_spelling(text, spelling):
    assert spelt(text).decode() == spelling


@settings(deadline=None, max_examples=60)
@given(ANY)
def test_texts_in_plain_ascii_take_no_other_way(text):
    plain = text.encode("ascii", "ignore").decode()
    assert spelt(plain + "é") == spelt(plain) + b"e"


@settings(deadline=None, max_examples=60)
@given(ANY)
def test_spelling_twice_changes_nothing(text):
    once = spelt(text).decode()
    assert spelt(once).decode() == once


@settings(deadline=None, max_examples=60)
@given(ANY, ANY)
def test_a_text_can_be_cut_anywhere(one, other):
    left, right = spelt(one), spelt(other)
    together = left + (right[1:] if left.endswith(b" ") and right.startswith(b" ") else right)
    assert spelt(one + other) == together


@settings(deadline=None, max_examples=60)
@given(ANY)
def test_each_byte_knows_its_character(text):
    data, origin = spelt(text), places(text)
    assert len(data) == len(origin)
    assert all(0 <= place < len(text) for place in origin.tolist())
    assert origin.tolist() == sorted(origin.tolist())


def test_what_stands_between_texts_stays():
    assert spelt_apart(f"A  b{APART}é{APART}") == b"a b\x1ee\x1e"
