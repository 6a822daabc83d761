"""Signals of tokens follow their texts, and those of reference models their models."""

import numpy as np

from vidocq.core.access import Access
from vidocq.core.token_signals import joined

from made_tokens import likely, text_scene, tokens_of
from synthetic import seed

NAMES = ("logprob", "mean", "spread", "top", "base")


def some(lengths=(3, 0, 2, 4)):
    logprob = likely(seed(1).normal(size=sum(lengths)))
    return tokens_of(logprob, lengths, base=logprob - 1.0)


def of(tokens, text):
    return {name: getattr(tokens, name)[tokens.start[text] : tokens.start[text + 1]] for name in NAMES}


def test_sums_are_over_each_text_whatever_stands_around_it():
    tokens = some()
    expected = [tokens.logprob[:3].sum(), 0.0, tokens.logprob[3:5].sum(), tokens.logprob[5:].sum()]
    np.testing.assert_allclose(tokens.per_text(tokens.logprob), expected)
    order = np.array([3, 1, 0, 2])
    shuffled = tokens[order]
    np.testing.assert_array_equal(shuffled.per_text(shuffled.logprob), tokens.per_text(tokens.logprob)[order])
    assert tokens.owner.tolist() == [0, 0, 0, 2, 2, 3, 3, 3, 3]
    assert tokens.per_text(np.ones(9, dtype=bool)).tolist() == [3, 0, 2, 4]


def test_texts_are_taken_in_the_order_asked_and_joined_again():
    tokens = some()
    parts = [tokens[[2, 0]], tokens[np.array([False, True, False, True])]]
    assert [part.n for part in parts] == [2, 2]
    whole = joined(parts)
    for place, text in enumerate((2, 0, 1, 3)):
        for name, values in of(whole, place).items():
            np.testing.assert_array_equal(values, of(tokens, text)[name])
        assert whole.bytes[place] == tokens.bytes[text]
        assert whole.zipped[place] == tokens.zipped[text]


def test_signals_carry_the_tokens_of_every_model():
    signals = text_scene(rng=seed(2), members=40, non_members=40, references=6).signals
    rows = np.array([5, 70, 3])
    chosen = signals[rows]
    assert chosen.target_tokens.n == 3
    np.testing.assert_array_equal(
        of(chosen.reference_tokens[4], 1)["top"], of(signals.reference_tokens[4], 70)["top"]
    )
    fewer = signals.only(np.array([True, False, False, True, False, False]))
    assert fewer.reference_tokens == (signals.reference_tokens[0], signals.reference_tokens[3])
    assert signals.only(np.array([], dtype=np.int64)).reference_tokens == ()
    stand_in = signals.standing_in(2)
    assert stand_in.target_tokens is signals.reference_tokens[2]
    assert len(stand_in.reference_tokens) == stand_in.k == 5
    assert stand_in.known_members is None  # nobody knows the members of a reference model
    assert not (stand_in.known & signals.trained_on[2]).any()


def test_log_probabilities_make_a_confidence_and_text_does_not():
    granted = Access.granted_by("logprobs")
    assert Access.PROBABILITIES in granted
    assert Access.granted_by("text") == Access.TEXT
    assert Access.LOGPROBS in Access.granted_by("weights")
    assert Access.LOGPROBS not in Access.granted_by("probabilities")
