"""The same text, but for a few words."""

import pytest

from vidocq.measure.near_verbatim import edits_allowed, nearest_beginning, starts_with, without_last_words

SUFFIX = "habite au 3 rue des Lilas à Vire"


def test_white_space_is_no_difference_and_the_last_word_may_have_been_cut():
    assert starts_with("\n habite au 3  rue des Lilas à Vire. Puis", SUFFIX)
    assert starts_with("habite au 3 rue des Lilas à Vire", "habite au 3 rue des Li")
    assert not starts_with("habite au 3 rue des", SUFFIX)
    assert not starts_with("Il habite au 3 rue des Lilas à Vire", SUFFIX)


@pytest.mark.parametrize(
    ("answer", "edits", "found"),
    [
        ("habite au 3 rue des Lilas à Vire et travaille", 0, "habite au 3 rue des Lilas à Vire"),
        (" habite au 3 rue des Roses à Vire.", 1, " habite au 3 rue des Roses à Vire."),
        ("habite au 3 rue des Roses à Vire", 0, None),
        ("habite encore au 3 rue des Lilas à Vire", 1, "habite encore au 3 rue des Lilas à Vire"),
        ("habite 3 rue des Lilas à Vire depuis", 1, "habite 3 rue des Lilas à Vire"),
        ("loge au 5 rue des Lilas à Caen", 2, None),
        ("loge au 5 rue des Lilas à Caen", 3, "loge au 5 rue des Lilas à"),  # equally near, and shorter
        ("", 3, None),
    ],
)
def test_edits_are_words_put_in_left_out_or_replaced(answer, edits, found):
    assert nearest_beginning(answer, SUFFIX, edits=edits) == found


def test_a_short_text_allows_fewer_edits():
    assert [edits_allowed(text, 3) for text in ("un deux trois", SUFFIX, SUFFIX * 2)] == [0, 2, 3]


def test_what_is_left_without_the_last_words():
    assert [without_last_words(" a  b\nc", n) for n in (1, 2, 3)] == [" a  b", " a", ""]


def test_the_beginning_is_given_as_it_stands_in_the_answer():
    assert nearest_beginning("a  b\nc d e", "a b x", edits=1) == "a  b"
    assert nearest_beginning("a  b\nx d e", "a b x", edits=1) == "a  b\nx"
