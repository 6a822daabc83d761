"""Attacks on language models: values worked by hand, what they are silent about, and how fast they are."""

import time
from dataclasses import replace

import numpy as np
import pytest

from vidocq.attacks.catalogue import ATTACKS
from vidocq.attacks.lm_combined import LmCombined
from vidocq.attacks.lm_ez import LEAST, LmEz
from vidocq.attacks.lm_loss import LmLoss
from vidocq.attacks.lm_min_k import LmMinK
from vidocq.attacks.lm_reference import LmReference
from vidocq.attacks.lm_window import LmWindow
from vidocq.attacks.lm_zlib import LmZlib
from vidocq.audit.language.confidence import silent_signals, text_signals
from vidocq.core.access import Access
from vidocq.core.errors import SignalError
from vidocq.core.token_signals import TokenSignals
from vidocq.measure.auc import auc

from made_tokens import likely, text_scene, tokens_of
from synthetic import scene, seed

OF_TEXTS = [a for a in ATTACKS.defaults() if Access.LOGPROBS in a.card.needs]
SINGLE = [a for a in OF_TEXTS if not a.card.known_members]
every_attack = pytest.mark.parametrize("attack", OF_TEXTS, ids=lambda a: a.card.id)
every_single = pytest.mark.parametrize("attack", SINGLE, ids=lambda a: a.card.id)


def texts(*rows, base=None, top=None, mean=np.nan, spread=np.nan, zipped=None):
    """Texts from lists of log-probabilities, and of the base's."""
    lengths = [len(row) for row in rows]
    flat = np.array([x for row in rows for x in row], dtype=float)
    return TokenSignals(
        start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        logprob=flat,
        mean=np.broadcast_to(np.asarray(mean, dtype=float), flat.shape).copy(),
        spread=np.broadcast_to(np.asarray(spread, dtype=float), flat.shape).copy(),
        top=np.zeros(len(flat), dtype=bool) if top is None else np.array([x for row in top for x in row], dtype=bool),
        base=np.full(len(flat), np.nan) if base is None else np.array([x for row in base for x in row], dtype=float),
        bytes=np.array(lengths, dtype=np.int64) * 4,
        zipped=np.array(lengths if zipped is None else zipped, dtype=np.int64),
    )


def score(attack, tokens):
    return attack.score(text_signals(tokens, [], np.empty((0, tokens.n), dtype=bool)), rng=seed(0))


def test_the_loss_is_a_mean_and_zlib_a_quotient():
    tokens = texts([-1.0, -3.0], [-0.5], zipped=[8, 4])
    np.testing.assert_allclose(score(LmLoss(), tokens), [-2.0, -0.5])
    np.testing.assert_allclose(score(LmZlib(), tokens), [-0.5, -0.125])


def test_min_k_reads_the_lowest_tokens_standardised():
    tokens = texts([-5.0, -1.0, -2.0, -0.1, -4.0], [-3.0, -1.0], mean=-2.0, spread=0.5)
    # z = -6, 2, 0, 3.8, -4: two fifths of five are two; of two tokens, the lowest one.
    np.testing.assert_allclose(score(LmMinK(share=0.4), tokens), [-5.0, -2.0])
    np.testing.assert_allclose(score(LmMinK(share=0.2), tokens), [-6.0, -2.0])


def test_min_k_is_plain_where_no_more_is_served_and_tells_so():
    tokens = texts([-5.0, -1.0, -2.0, -0.1, -4.0], [-3.0, -1.0])
    assert LmMinK.plain(tokens)
    assert not LmMinK.plain(texts([-1.0], mean=-2.0, spread=1.0))
    np.testing.assert_allclose(score(LmMinK(share=0.4), tokens), [-4.5, -3.0])


def test_the_reference_is_the_mean_gain():
    tokens = texts([-1.0, -3.0], [-0.5, -0.5], base=[[-2.0, -2.5], [-0.5, -1.0]])
    np.testing.assert_allclose(score(LmReference(), tokens), [0.25, 0.25])


def test_ez_weighs_gains_against_losses_where_the_model_errs():
    tokens = texts(
        [-1.0, -3.0, -2.0, -0.1],
        [-0.1, -0.2],
        base=[[-2.0, -2.5, -2.5, -9.0], [-1.1, -0.1]],
        top=[[False, False, False, True], [True, True]],
    )
    # Errors move by 1, -0.5 and 0.5; what is right does not count. The second text has no error: its whole is the zone.
    expected = [np.log((1.5 + LEAST) / (0.5 + LEAST)), np.log((1.0 + LEAST) / (0.1 + LEAST))]
    np.testing.assert_allclose(score(LmEz(), tokens), expected)


def test_a_text_recited_without_error_is_the_most_suspect_not_the_least():
    recited = texts([-0.01] * 20, [-3.0] * 20, base=[[-3.0] * 20, [-3.1] * 10 + [-2.9] * 10],
                    top=[[True] * 20, [False] * 20])  # fmt: skip
    first, second = score(LmEz(), recited)
    assert first > second + 3.0


def test_windows_vote_by_their_mean_gain():
    # Gains 1, -0.5, -0.8, 1: windows of two sum to 0.5, -1.3, 0.2, and of three to -0.3 and -0.3.
    tokens = texts([-1.0, -1.0, -1.0, -1.0], base=[[-2.0, -0.5, -0.2, -2.0]])
    assert score(LmWindow(narrowest=2, widest=3, count=2), tokens)[0] == pytest.approx((2 / 3 + 0) / 2, abs=1e-5)
    assert LmWindow().widths == (2, 3, 4, 5, 8, 11, 15, 21, 29, 40)


def test_windows_wider_than_a_text_are_left_out_and_one_token_is_a_window():
    tokens = texts([-1.0], [-1.0, -1.0], [-1.0, -1.0], base=[[-2.0], [-3.0, -0.5], [-1.1, -0.2]])
    np.testing.assert_allclose(score(LmWindow(), tokens), [1.0, 1.0, 0.0], atol=1e-5)


def test_where_every_window_gained_the_mean_gain_tells_texts_apart():
    tokens = texts([-1.0] * 9, [-1.0] * 9, base=[[-2.0] * 9, [-1.5] * 9])
    first, second = score(LmWindow(), tokens)
    assert first > second > 1.0 - 1e-5


@every_single
def test_a_text_without_tokens_is_given_no_more_than_any_other(attack):
    found = text_scene(rng=seed(1), leak=0.5, members=40, non_members=40, references=0).signals.target_tokens
    some = found[:5]
    with_nothing = replace(
        some,
        start=np.append(some.start, some.start[-1]),
        bytes=np.append(some.bytes, 0),
        zipped=np.append(some.zipped, 8),
    )
    scores = score(attack, with_nothing)
    assert np.isfinite(scores).all()
    assert scores[-1] <= scores[:-1].min()
    np.testing.assert_array_equal(scores[:-1], score(attack, some))


@every_single
@pytest.mark.parametrize("log_odds", [0.0, 30.0, -700.0])
def test_scores_are_finite_whatever_the_model_says(attack, log_odds):
    n = 40
    odds = np.full(n * 5, log_odds)
    tokens = tokens_of(likely(odds), [5] * n, base=likely(-odds))
    tokens = replace(tokens, mean=np.nan_to_num(tokens.mean), spread=np.zeros(n * 5))
    assert np.isfinite(score(attack, tokens)).all()
    never = replace(tokens, logprob=np.where(np.arange(n * 5) % 7 == 0, -np.inf, tokens.logprob))
    assert np.isfinite(score(attack, never)).all()


@every_attack
def test_without_tokens_it_says_that_it_cannot_speak(attack):
    for signals in (scene(rng=seed(1)).signals, silent_signals(10)):
        with pytest.raises(SignalError, match=r"log-probability of each token|known texts"):
            attack.score(signals, rng=seed(0))


@pytest.mark.parametrize("attack", [a for a in SINGLE if a.card.extra == "base"], ids=lambda a: a.card.id)
def test_without_a_base_model_it_says_so(attack):
    with pytest.raises(SignalError, match="not at hand"):
        score(attack, texts([-1.0, -2.0]))


# Combined


def test_weighed_together_scores_beat_each_on_texts_it_was_not_shown():
    found = text_scene(rng=seed(4), leak=0.25, members=1500, non_members=1500, references=0)
    signals, counted = found.signals, ~(found.signals.known | found.signals.known_members)
    together = auc(LmCombined().score(signals, rng=seed(0))[counted], found.is_member[counted]).value
    alone = [auc(a.score(signals, rng=seed(0))[counted], found.is_member[counted]).value for a in SINGLE]
    assert together > max(alone) - 0.01
    assert together > 0.75


def test_it_learns_from_nobody_but_the_known():
    found = text_scene(rng=seed(5), leak=0.4, references=0)
    signals = found.signals
    unknown = ~(signals.known | signals.known_members)
    first = LmCombined().score(signals, rng=seed(0))
    twisted = replace(
        signals,
        target_tokens=replace(signals.target_tokens, zipped=np.where(unknown, 9, signals.target_tokens.zipped)),
    )
    second = LmCombined().score(twisted, rng=seed(0))
    np.testing.assert_array_equal(first[~unknown], second[~unknown])
    assert (first[unknown] != second[unknown]).any()


def test_weights_are_never_negative_and_even_where_nothing_is_taught():
    from vidocq.attacks.lm_combined import _weights

    rng = seed(6)
    table, is_member = rng.normal(size=(400, 4)), np.arange(400) < 200
    table[is_member, 0] += 2.0
    table[is_member, 1] -= 2.0  # a score that falls with membership is noise to whoever knows that it should rise
    weights, _ = _weights(table, is_member, shrinkage=10.0)
    assert (weights >= 0).all()
    assert weights[0] > 1.0 > weights[1] == 0.0
    weights, even = _weights(rng.normal(size=(400, 4)), is_member, shrinkage=1e6)
    np.testing.assert_allclose(weights, 0.25, atol=1e-3)
    assert abs(even) < 0.1


def test_too_few_known_texts_teach_nothing():
    signals = text_scene(rng=seed(7), members=60, non_members=60, references=0).signals
    with pytest.raises(SignalError, match="fewer than 30"):
        LmCombined().score(signals, rng=seed(0))


def test_without_a_base_the_scores_that_need_none_are_combined():
    found = text_scene(rng=seed(8), leak=1.0, references=0, spread=0.3)
    tokens = found.signals.target_tokens
    bare = replace(found.signals, target_tokens=replace(tokens, base=np.full_like(tokens.base, np.nan)))
    scores = LmCombined().score(bare, rng=seed(0))
    counted = ~(bare.known | bare.known_members)
    assert auc(scores[counted], found.is_member[counted]).low > 0.7


def test_a_stand_in_is_scored_by_the_weights_learnt_on_the_target():
    found = text_scene(rng=seed(9), leak=0.5, references=8)
    stand_ins = LmCombined().score_stand_ins(found.signals, np.array([0, 5]))
    for row, k in zip(stand_ins, (0, 5), strict=True):
        had = found.signals.trained_on[k]
        assert row.shape == (found.signals.n,)
        assert row[had].mean() > row[~had].mean() + 0.5
    same = replace(found.signals, reference_tokens=(found.signals.target_tokens,) * 8)
    np.testing.assert_allclose(
        LmCombined().score_stand_ins(same, np.array([3]))[0], LmCombined().score(same, rng=seed(0))
    )


def test_ten_thousand_texts_are_scored_in_about_a_second():
    """All attacks together, 1.28 million tokens: well under a second of processor time, with room for a busy machine."""
    n = 10_000
    odds = seed(0).normal(size=n * 128)
    tokens = tokens_of(likely(odds), [128] * n, base=likely(odds - 0.1))
    signals = text_signals(tokens, [], np.empty((0, n), dtype=bool))
    at = np.arange(n)
    signals = replace(signals, known=at < 1500, known_members=at >= n - 1500)
    begun = time.process_time()
    for attack in OF_TEXTS:
        attack.score(signals, rng=seed(0))
    assert time.process_time() - begun < 4.0
