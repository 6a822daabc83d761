"""Texts as detectors read them: one spelling, and the way back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidocq.detect import normalised
from vidocq.detect.catalogue import IDENTIFIERS
from vidocq.detect.find import find
from vidocq.detect.normalised import Normalised

WIDTHLESS = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("０６ １２", "06 12"),
        ("06\u00a012\u202f34\u200956", "06 12 34 56"),
        ("a\u200bb\ufeffc", "abc"),
        ("AB\u2011123\u2010CD", "AB-123-CD"),
        ("oﬃce ﬁn", "office fin"),
        ("e\u0301te\u0301", "été"),
        ("jеаn@еxemple", "jean@exemple"),  # Cyrillic е and а
        ("Москва сор", "Москва сор"),
        ("Мoсква", "Мoсква"),  # not every letter could be Latin
        ("٠٦١٢", "0612"),
        ("𝟎𝟔 𝐚", "06 a"),
        ("été — « œuvre » m² 1½", "été — « œuvre » m² 1½"),
        ("\u0301e", "\u0301e"),
        ("", ""),
        ("\ud800a\u200b", "\ud800a"),
    ],
)
def test_one_spelling(raw, text):
    assert Normalised.of(raw).text == text


@pytest.mark.parametrize("raw", ["plain text 123", "déjà vu, œuvre — “quoted”", "Москва"])
def test_what_does_not_change_is_the_same_object(raw):
    seen = Normalised.of(raw)
    assert seen.text is raw
    assert seen.origin is None


def test_one_for_one_needs_no_map():
    assert Normalised.of("06\u00a012").origin is None


@given(st.text(st.sampled_from("ab0 é\u0301\u200bﬁ１\u00a0\U0001d7ce𐍈"), max_size=40), st.data())
def test_every_place_leads_back_to_what_stood_there(raw, data):
    seen = Normalised.of(raw)
    if not seen.text:
        return
    start = data.draw(st.integers(0, len(seen.text) - 1))
    end = data.draw(st.integers(start + 1, len(seen.text)))
    first, last = seen.original(start, end)
    assert 0 <= first < last <= len(raw)
    part = Normalised.of(raw[first:last]).text
    assert seen.text[start:end] in part  # a ligature cut in two comes back whole


@given(st.text(max_size=200), st.integers(1, 7))
def test_chunks_change_nothing_but_words_cut_in_two(raw, chunk):
    raw = raw.translate(dict.fromkeys(map(ord, "АВЕКМНОРСТХаеорсухіјѕІЈЅԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")))
    whole = Normalised.of(raw)
    kept = normalised.CHUNK
    normalised.CHUNK = chunk
    try:
        cut = Normalised.of(raw)
    finally:
        normalised.CHUNK = kept
    assert cut.text == whole.text
    assert (cut.origin is None) == (whole.origin is None)
    assert whole.origin is None or np.array_equal(cut.origin, whole.origin)


VALUES = [
    "jeanne.martin@exemple.fr",
    "06 12 34 56 78",
    "+33 6 12 34 56 78",
    "1 85 05 78 006 084 91",
    "FR76 3000 6000 0112 3456 7890 189",
    "4539 1488 0343 6467",
    "732 829 320 00074",
    "AB-123-CD",
]


@given(
    st.sampled_from(VALUES),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(WIDTHLESS)), max_size=6),
    st.booleans(),
)
def test_a_value_disguised_is_found_where_it_stands(value, inserted, wide):
    disguised = value
    for drawn, sign in inserted:
        at = 1 + drawn % (len(disguised) - 1)
        disguised = disguised[:at] + sign + disguised[at:]
    if wide:
        disguised = disguised.translate(FULL_WIDTH)
    text = f"Voilà\u200b\u00a0: {disguised}, donc"
    (span,) = find(text, categories=IDENTIFIERS)
    assert text[span.start : span.end] == disguised


def test_what_it_holds_is_never_shown():
    assert "jeanne" not in repr(Normalised.of("jeanne\u200b@exemple.fr"))
