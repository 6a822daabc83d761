"""Canaries from their draw to the bound: what leaks is shown, what does not is not, and coins are guessed once."""

import os
from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsRegressor

import vidocq
from vidocq.audit.one_run import load_draw
from vidocq.core.errors import ConfigurationError, DataError, LedgerError, SignalError
from vidocq.core.text import Lang
from vidocq.dossier.canary_draw import DRAWN, GUESSED
from vidocq.dossier.ledger import Ledger
from vidocq.measure.one_run import epsilon_lower
from vidocq.targets.memory import from_arrays

from synthetic import seed

M = 200


def canaries(n=M):
    """A feature of their own each: nothing else in the data moves its weight."""
    return np.hstack([np.zeros((n, 2)), 4.0 * np.eye(n)]), np.ones(n, dtype=int)


def draw(n=M, number=1, **changes):
    asked = {"rng": seed(number), "delta": 1e-5, "guesses": n // 2} | changes
    return vidocq.draw_canaries(*canaries(n), **asked)


def trained(drawn, *, heed=True):
    """A logistic regression on 200 ordinary records, and the canaries that the coins included."""
    rng, (x, y) = seed(7), canaries()
    usual = np.hstack([rng.normal(size=(200, 2)), np.zeros((200, M))])
    labels = (usual[:, 0] > 0).astype(int)
    kept = drawn.included if heed else np.zeros(M, dtype=bool)
    return LogisticRegression(C=10.0).fit(np.vstack([usual, x[kept]]), np.concatenate([labels, y[kept]]))


@pytest.fixture
def dossier(tmp_path):
    return f"sqlite:///{tmp_path}/dossier.db"


def test_the_example_of_the_docstring_works_and_a_model_that_remembers_reaches_the_ceiling(dossier):
    x, y = canaries()
    rng = seed(3)
    drawn = vidocq.draw_canaries(x, y, rng=rng, epsilon=4.0, delta=1e-5, dossier=dossier)
    found = vidocq.one_run(trained(drawn), drawn, dossier=dossier)
    assert found.correct == found.terms.guesses
    assert found.epsilon_low == found.ceiling > 1.5
    assert found.control < found.epsilon_low / 2
    assert found.baseline < found.epsilon_low / 2
    entry = found.to_dict()
    assert {"id", "criterion", "quantity", "estimate", "baseline", "control", "p_holm", "cost"} <= set(entry)
    assert entry["id"] == "one-run"
    assert entry["criterion"] == "singling_out"
    assert entry["estimate"]["low"] == found.epsilon_low <= entry["estimate"]["high"] == found.ceiling
    assert entry["cost"] == {"queries": M, "reference_models": 0}
    assert entry["registration"] == drawn.terms.hash


def test_a_model_that_never_saw_the_canaries_shows_nothing():
    over = 0
    for number in range(20):
        drawn = draw(number=number)
        found = vidocq.one_run(trained(drawn, heed=False), drawn)
        over += found.epsilon_low > 0
        assert found.registration is None
    assert over <= 4  # 5 % each


def test_scores_may_be_given_and_a_bound_is_that_of_the_counts():
    drawn = draw(bound="steinke")
    noise = seed(4).normal(size=M) + 2.0 * drawn.included
    found = vidocq.one_run(None, drawn, scores=noise)
    expected = epsilon_lower(M, M // 2, found.correct, delta=1e-5)
    assert found.epsilon_low == pytest.approx(expected)
    assert found.to_dict()["cost"]["queries"] == 0


def test_coins_are_fair_and_follow_the_generator():
    assert 0.4 < draw(n=2000).included.mean() < 0.6
    np.testing.assert_array_equal(draw().included, draw().included)
    assert (draw().included != draw(number=2).included).any()
    assert draw().terms == draw().terms


def test_the_number_of_guesses_stands_in_the_ledger_before_the_model_is_asked(dossier):
    drawn = draw(dossier=dossier)
    with Ledger.open(dossier) as ledger:
        (entry,) = ledger.entries(DRAWN)
        assert entry.data["draw"]["guesses"] == M // 2
        assert entry.data["draw"]["count"] == M
        assert entry.data["draw"]["delta"] == 1e-5
        assert not ledger.entries(GUESSED)
    model = trained(drawn)
    first, again = (vidocq.one_run(model, drawn, dossier=dossier) for _ in range(2))
    assert first == again  # a replay
    with Ledger.open(dossier) as ledger:
        (entry,) = ledger.entries(GUESSED)
        assert entry.data["correct"] == first.correct
        assert ledger.verify().problem is None


def test_coins_are_guessed_once(dossier):
    drawn = draw(dossier=dossier)
    vidocq.one_run(trained(drawn), drawn, dossier=dossier)
    with pytest.raises(LedgerError, match="guessed already"):
        vidocq.one_run(None, drawn, scores=seed(9).normal(size=M), dossier=dossier)


def test_another_number_of_guesses_than_the_registered_one_is_refused(dossier):
    drawn = draw(dossier=dossier)
    fewer = replace(drawn, terms=replace(drawn.terms, guesses=10))
    with pytest.raises(LedgerError, match="not registered"):
        vidocq.one_run(trained(drawn), fewer, dossier=dossier)
    with pytest.raises(ConfigurationError, match="were registered"):
        vidocq.one_run(trained(drawn), drawn)


def test_turned_coins_and_changed_canaries_are_found():
    drawn = draw()
    turned = replace(drawn, included=~drawn.included)
    swapped = replace(drawn, records=drawn.records.take(np.arange(M)[::-1]))
    for spoilt in (turned, swapped):
        with pytest.raises(DataError, match="not those that were drawn"):
            vidocq.one_run(None, spoilt, scores=np.arange(M))


def test_coins_are_kept_for_their_owner_and_found_again(tmp_path, dossier):
    drawn = draw(dossier=dossier)
    drawn.save(tmp_path / "coins.npz")
    assert os.stat(tmp_path / "coins.npz").st_mode & 0o777 == 0o600
    again = load_draw(tmp_path / "coins.npz", from_arrays(*canaries(), name="canaries"))
    assert again.terms == drawn.terms
    assert again.registered
    np.testing.assert_array_equal(again.included, drawn.included)
    with pytest.raises(DataError):
        load_draw(tmp_path / "coins.npz", from_arrays(*canaries(M - 1), name="canaries"))
    (tmp_path / "other.npz").write_bytes(b"no")
    with pytest.raises(DataError, match="cannot be read"):
        load_draw(tmp_path / "other.npz", again.records)


def test_a_regression_is_guessed_by_its_error():
    rng = seed(5)
    x, y = rng.normal(size=(M, 3)), rng.normal(size=M)
    drawn = vidocq.draw_canaries(x, y, rng=seed(1), delta=1e-5, guesses=60)
    model = KNeighborsRegressor(1).fit(x[drawn.included], y[drawn.included])
    assert vidocq.one_run(model, drawn).correct >= 58


@pytest.mark.parametrize(
    "changes",
    [
        {"guesses": 3},
        {"guesses": M + 2},
        {"guesses": None},
        {"epsilon": 2.0},
        {"delta": 0.0},
        {"level": 1.0},
        {"bound": "best"},
        {"guesses": None, "epsilon": 0.0},
    ],
)
def test_what_cannot_be_drawn_is_refused(changes):
    with pytest.raises(ConfigurationError):
        draw(**changes)


@pytest.mark.parametrize("scores", [np.zeros(3), "words", np.full(M, np.nan)])
def test_scores_that_are_not_one_number_each_are_refused(scores):
    with pytest.raises(SignalError):
        vidocq.one_run(None, draw(), scores=scores)


def test_the_sentence_says_what_was_shown_and_what_was_not():
    drawn = draw()
    shown = vidocq.one_run(None, drawn, scores=drawn.included.astype(float))
    assert shown.sentence.en.startswith("100 of 100 guesses right: epsilon exceeds ")
    assert "," in shown.sentence.fr.split("ε dépasse ")[1][:5]
    nothing = vidocq.one_run(None, drawn, scores=-drawn.included.astype(float), lang="en")
    assert str(nothing).startswith("0 of 100 guesses right: nothing is shown")
    assert nothing.lang is Lang.en
    gaussian = vidocq.one_run(None, draw(bound="f-dp-gaussian"), scores=np.zeros(M)).to_dict()["quantity"]
    assert "if the noise added is Gaussian" in gaussian["en"]
    assert "gaussien" in gaussian["fr"]
