"""What a predictive model answers, made coarser: no more is told than the policy says, in whatever shape it comes."""

import pytest

from vidocq.filters.policy import PredictionsSection
from vidocq.serve.predictions import coarser

TABLE = {"a": 0.123, "b": 0.623, "c": 0.254}
LIST = [0.123, 0.623, 0.254]
RANKED = [{"label": "a", "score": 0.123}, {"label": "b", "score": 0.623}, {"label": "c", "score": 0.254}]


@pytest.mark.parametrize(
    ("terms", "table", "listed", "ranked"),
    [
        ({"decimals": 1}, {"a": 0.1, "b": 0.6, "c": 0.3}, [0.1, 0.6, 0.3], [("a", 0.1), ("b", 0.6), ("c", 0.3)]),
        ({"top_k": 2}, {"b": 0.623, "c": 0.254}, [0.0, 0.623, 0.254], [("b", 0.623), ("c", 0.254)]),
        ({"top_k": 1, "decimals": 1}, {"b": 0.6}, [0.0, 0.6, 0.0], [("b", 0.6)]),
        ({"labels_only": True}, {"b": None}, [0.0, 1.0, 0.0], [("b", None)]),
    ],
)
def test_every_shape_of_probabilities_is_made_coarser(terms, table, listed, ranked):
    section = PredictionsSection(**terms)
    told = coarser({"predictions": [TABLE, LIST, RANKED]}, section)["predictions"]
    assert told == [table, listed, [{"label": label, "score": score} for label, score in ranked]]


def test_what_is_no_probability_is_rounded_or_left_out():
    answer = {"prediction": 3, "margin": 2.71828, "name": "b", "yes": True, "none": None}
    assert coarser(answer, PredictionsSection(decimals=2)) == answer | {"margin": 2.72}
    assert coarser(answer, PredictionsSection(labels_only=True)) == answer | {"margin": None}
    assert coarser(answer, PredictionsSection()) == answer


def test_answers_stay_untouched():
    before = {"p": dict(TABLE)}
    coarser(before, PredictionsSection(labels_only=True))
    assert before == {"p": TABLE}
