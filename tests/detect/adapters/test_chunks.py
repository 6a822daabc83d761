"""Chunks hold every word of a text, and finds come back to where they stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidocq.core.spans import Category
from vidocq.detect.adapters.chunks import TOKEN, chunks, over_chunks
from vidocq.detect.adapters.gliner import LABELS, TOKENS, recogniser
from vidocq.detect.adapters.model import Entity


@given(st.text(alphabet="ab -.\n", max_size=200), st.integers(1, 12), st.integers(0, 11))
def test_every_word_lies_in_a_chunk_of_bounded_length(text, tokens, overlap):
    overlap = min(overlap, tokens - 1)
    places = list(chunks(text, tokens=tokens, overlap=overlap))
    for token in TOKEN.finditer(text):
        assert any(start <= token.start() and token.end() <= end for start, end in places)
    for start, end in places:
        assert 1 <= len(TOKEN.findall(text[start:end])) <= tokens


@pytest.mark.parametrize("overlap", [-1, 5, 6])
def test_an_overlap_as_long_as_a_chunk_is_refused(overlap):
    with pytest.raises(ValueError, match="cannot overlap"):
        list(chunks("a b c", tokens=5, overlap=overlap))


class StandIn:
    """GLiNER's interface: finds `Zorvane Blum`, and like it reads the first words only."""

    def __init__(self, longest):
        self.longest = longest
        self.asked = []

    def predict_entities(self, text, labels, *, threshold):
        self.asked.append(len(TOKEN.findall(text)))
        read = [token.end() for token in TOKEN.finditer(text)][: self.longest][-1:]
        seen = text[: read[0]] if read else ""
        found = []
        at = seen.find("Zorvane Blum")
        while at >= 0:
            found.append({"start": at, "end": at + 12, "text": "Zorvane Blum", "label": "person", "score": 0.9})
            at = seen.find("Zorvane Blum", at + 1)
        assert "person" in labels
        assert 0 < threshold < 1
        return found


@pytest.mark.parametrize("longest", [384, 20, 3])
@pytest.mark.parametrize("before", [0, 1, 170, 190, 191, 192, 5000])
def test_nothing_is_cut_off_in_silence(longest, before):
    text = "mot " * before + "Zorvane Blum" + " mot" * 400 + "\nZorvane Blum"
    model = StandIn(longest)
    found = list(recogniser(model, longest=longest)(text))
    assert [text[entity.start : entity.end] for entity in found] == ["Zorvane Blum"] * 2
    assert {entity.category for entity in found} == {Category.PERSON}
    assert max(model.asked) <= min(longest, TOKENS)


def test_what_a_boundary_cuts_is_joined():
    text = "a b c d e f g h"

    def recognise(chunk):
        at = chunk.find("d")
        if at >= 0:
            yield Entity(at, min(len(chunk), at + 5), Category.PERSON, 0.5)

    found = list(over_chunks(text, recognise, tokens=4, overlap=2))
    assert [text[entity.start : entity.end] for entity in found] == ["d e f"]


def test_labels_are_categories():
    assert set(LABELS.values()) <= set(Category)
