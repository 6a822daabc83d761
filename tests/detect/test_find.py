"""One pass with every detector: what overlaps is settled by a rule, in order, always the same."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vidocq.core.spans import Category, Span
from vidocq.detect.catalogue import IDENTIFIERS
from vidocq.detect.find import Finder, find

from detect.cases import FOUND

CASES = [text.replace("⟦", "").replace("⟧", "") for texts in FOUND.values() for text in texts]


def kinds(text, *, categories=IDENTIFIERS):
    return [(text[s.start : s.end], s.category) for s in find(text, categories=categories)]


def test_a_number_with_a_key_beats_a_form():
    assert kinds("SIRET 732 829 320 00074") == [("732 829 320 00074", Category.SIRET)]
    assert kinds("FR76 3000 6000 0112 3456 7890 189") == [("FR76 3000 6000 0112 3456 7890 189", Category.IBAN)]
    assert kinds("TVA FR44732829320") == [("FR44732829320", Category.VAT)]


def test_the_longer_form_stays():
    url = "https://jeanne:s3cret@exemple.fr"
    assert kinds(url) == [(url, Category.SECRET)]


def test_categories_choose_detectors():
    text = "jeanne@exemple.fr, 06 12 34 56 78"
    assert [kind for _, kind in kinds(text)] == [Category.EMAIL, Category.PHONE]
    assert [kind for _, kind in kinds(text, categories={Category.PHONE})] == [Category.PHONE]
    assert kinds(text, categories=()) == []


def test_evidence_then_length_then_score_then_order():
    finder = Finder.of()
    wide = Span(0, 20, Category.PHONE, "phone", 0.9)
    strong = Span(5, 14, Category.SIREN, "siren", 0.6)
    assert finder.settled([wide, strong]) == [strong]
    assert (
        finder.settled([Span(0, 9, Category.PHONE, "phone", 0.9), Span(1, 12, Category.IP, "ip", 0.1)])[0].detector
        == "ip"
    )
    surer = Span(0, 9, Category.PHONE, "phone", 0.9)
    assert finder.settled([Span(0, 9, Category.IP, "ip", 0.8), surer]) == [surer]
    assert finder.settled([Span(0, 9, Category.IP, "ip", 0.9), surer]) == [surer]


@given(
    st.lists(st.sampled_from([*CASES, "mot", "\u200b", "é", "\n"]), max_size=8),
    st.sampled_from(["", " ", "\n", ", "]),
)
def test_spans_are_in_order_apart_and_always_the_same(pieces, between):
    text = between.join(pieces)
    spans = find(text)
    assert spans == find(text) == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) and 0 < span.score <= 1 for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


def test_nothing_in_nothing():
    assert find("") == []
    assert find("\u200b") == []
