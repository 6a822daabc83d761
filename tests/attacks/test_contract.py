"""What every attack of the catalogue promises, whatever it does inside."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import vidocq.attacks
from vidocq.attacks.blind import Blind
from vidocq.attacks.catalogue import ATTACKS, ON_LANGUAGE
from vidocq.attacks.one_run import OneRun
from vidocq.core.access import Access
from vidocq.core.errors import SignalError
from vidocq.measure.auc import auc

from made_tokens import scene_for
from synthetic import scene, seed, signals_of, trace_of

every_attack = pytest.mark.parametrize("attack", ATTACKS.defaults(), ids=lambda a: a.card.id)


def reads_tokens(attack):
    return Access.LOGPROBS in attack.card.needs


# Dossiers cite these names: none is ever taken for something else.
PUBLISHED = set(
    """blind label-gap loss lira lira-offline rmia qmia label-only loss-trace structure attribute linking
    reconstruction inversion one-run synthetic-membership synthetic-density synthetic-anonymeter lm-loss lm-zlib
    lm-min-k lm-reference lm-ez lm-window lm-combined extraction canary person-prompt divergence counterfactual
    retrieval""".split()  # noqa: SIM905 - one reads names more easily than quotes
)


def seen(attack, found, *, level=0.95):
    """AUC on the persons that a test would be counted on."""
    counted = np.ones(found.signals.n, dtype=bool)
    if attack.card.known:
        counted &= ~found.signals.known
    if attack.card.known_members:
        counted &= ~found.signals.known_members
    return auc(attack.score(found.signals, rng=seed(7))[counted], found.is_member[counted], level=level)


@every_attack
def test_a_planted_leak_is_seen(attack):
    found = scene_for(attack, rng=seed(1), leak=1.5)
    assert seen(attack, found).low > 0.58


@every_attack
def test_no_leak_gives_no_signal(attack):
    """The recipe leaks, but this target never saw the members."""
    found = scene_for(attack, rng=seed(2), leak=0.0, recipe_leak=1.5, members=2000, non_members=2000, references=16)
    area = seen(attack, found, level=0.99)
    assert area.low <= 0.5 <= area.high
    assert area.high - area.low < 0.06


@every_attack
def test_a_score_follows_its_record(attack):
    signals = scene_for(attack, rng=seed(3), leak=1.0).signals
    order = seed(4).permutation(signals.n)
    np.testing.assert_allclose(
        attack.score(signals[order], rng=seed(7)), attack.score(signals, rng=seed(7))[order], rtol=1e-9, atol=1e-9
    )


@every_attack
def test_one_seed_gives_one_result(attack):
    signals = scene_for(attack, rng=seed(5), leak=1.0).signals
    np.testing.assert_array_equal(attack.score(signals, rng=seed(7)), attack.score(signals, rng=seed(7)))


@every_attack
def test_inputs_stay_untouched_and_the_score_is_its_own(attack):
    signals = scene_for(attack, rng=seed(6), leak=1.0).signals
    before = copies_of(signals)
    scores = attack.score(signals, rng=seed(7))
    scores += 1.0
    if attack.card.stand_ins:
        stand_ins = attack.score_stand_ins(signals, np.array([0, 3]))
        stand_ins += 1.0
    after = copies_of(signals)
    for name, array in before.items():
        np.testing.assert_array_equal(after[name], array, err_msg=name)


def copies_of(signals):
    """Every array of the signals, and of what they hold of tokens."""
    held = [("", signals)] + [("target ", signals.target_tokens)] * (signals.target_tokens is not None)
    held += [(f"reference {k} ", tokens) for k, tokens in enumerate(signals.reference_tokens or ())]
    return {
        prefix + name: array.copy()
        for prefix, holder in held
        for name, array in vars(holder).items()
        if isinstance(array, np.ndarray)
    }


@pytest.mark.parametrize("attack", [a for a in ATTACKS.defaults() if not reads_tokens(a)], ids=lambda a: a.card.id)
@pytest.mark.parametrize("target", [0.0, 700.0, -700.0, 1e9])
def test_scores_are_finite_whatever_the_models_say(attack, target):
    """Models that all agree to the last bit, and a target that says something else."""
    found = scene(rng=seed(8)).signals
    signals = signals_of(
        np.full(found.n, target),
        np.zeros_like(found.reference_confidence),
        found.trained_on,
        trace=trace_of(np.full(found.n, target), gained=np.ones(found.n), rng=seed(9)),
    )
    signals = replace(
        signals,
        table=found.table,
        known=found.known,
        target_robustness=np.full(found.n, float(target > 0)),
        reference_robustness=np.full_like(found.reference_confidence, 0.5),
    )
    if attack.card.known:
        with pytest.raises(SignalError, match="no better than a constant"):
            attack.score(signals, rng=seed(7))
        return
    scores = attack.score(signals, rng=seed(7))
    assert scores.shape == (found.n,)
    assert np.isfinite(scores).all()
    assert not attack.card.stand_ins or np.isfinite(attack.score_stand_ins(signals, np.arange(5))).all()


@pytest.mark.parametrize(
    "attack",
    [a for a in ATTACKS.defaults() if a.card.stand_ins and not a.card.known_members],
    ids=lambda a: a.card.id,
)
def test_stand_ins_at_once_are_stand_ins_one_by_one(attack):
    """The priors of variances are those of all the models, which one voice among 48 hardly moves."""
    signals = scene_for(attack, rng=seed(9), leak=1.0).signals
    chosen = np.array([0, 5, 11, signals.k - 1])
    at_once = attack.score_stand_ins(signals, chosen)
    one_by_one = np.stack([attack.score(signals.standing_in(int(k)), rng=seed(7)) for k in chosen])
    assert at_once.shape == (4, signals.n)
    if attack.card.baseline:
        np.testing.assert_array_equal(at_once, one_by_one)
    np.testing.assert_allclose(at_once, one_by_one, rtol=0.05, atol=0.1)
    assert np.corrcoef(at_once.ravel(), one_by_one.ravel())[0, 1] > 0.9999


def test_the_catalogue_lists_every_attack_of_the_folder():
    folder = Path(vidocq.attacks.__file__).parent
    apart = {"blind", "blind_texts", "structure", "one_run"}
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "catalogue", "voices", "tokens"} - apart
    listed = [*ATTACKS, *ON_LANGUAGE]
    assert {kind.__module__.rpartition(".")[2] for kind in listed} == files
    assert {kind.card.id.replace("-", "_") for kind in listed} == files


def test_every_card_is_complete_in_both_languages():
    cards = [kind.card for kind in (*ATTACKS, *ON_LANGUAGE, Blind, OneRun)]
    assert len({card.id for card in cards}) == len(cards)
    assert {card.id for card in cards} <= PUBLISHED
    for card in cards:
        assert re.search(r"\(\d{4}\), arXiv:\d{4}\.\d{5}", card.source), card.id
        for text in (card.title, card.limits):
            assert text.fr.strip()
            assert text.en.strip()
            assert text.fr != text.en, card.id
        assert card.limits.fr.endswith(".")
        assert card.limits.en.endswith(".")
